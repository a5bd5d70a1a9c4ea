import type { FaultRule } from '../../../sandbox';
import { useLine } from './support';

const use = useLine();
const parameters = { options: { includeLeadDetails: true } };
const JANE = {
	name: 'Jane Doe',
	firstName: 'Jane',
	lastName: 'Doe',
	title: 'CTO',
	company: 'Acme',
	email: 'jane.doe@example.com',
};

/** Makes a fault affect the call that reads the lead. */
function whereLeadIsRead<Fault extends FaultRule>(fault: Fault): Fault {
	return { path: '/v1/leads/', ...fault };
}

describe('Include Lead Details', () => {
	it('adds the name, title, company and email address of the lead', async () => {
		const line = await use.open({ parameters });
		await line.send('reply.received');
		const [[item]] = await line.started();
		expect(item).toMatchObject({ eventType: 'reply.received', lead: JANE });
		expect(item).not.toHaveProperty('leadProblem');
	});

	it('returns null for what SendPilot does not know yet', async () => {
		const line = await use.open({ parameters });
		await line.send({ eventType: 'message.sent', data: { leadId: 'lead_opaque' } });
		const nothing = Object.fromEntries(Object.keys(JANE).map((field) => [field, null]));
		expect(await line.started()).toMatchObject([[{ lead: nothing }]]);
	});

	it('adds nothing to an event without a lead, and makes no call', async () => {
		const line = await use.open({ parameters });
		await line.send('campaign.started');
		const [[item]] = await line.started();
		expect(item).not.toHaveProperty('lead');
		expect(use.sandbox.requests).toEqual([]);
	});

	it('makes no call for a repeat or a rejected delivery', async () => {
		const line = await use.open({ parameters });
		await line.send({ eventType: 'message.sent', eventId: 'evt_1' }, { times: 5 });
		await line.send('message.sent', { signature: 'forged' });
		expect(use.sandbox.requests).toHaveLength(1);
	});

	it('is off by default', async () => {
		const line = await use.open();
		await line.send('reply.received');
		expect((await line.started())[0][0]).not.toHaveProperty('lead');
		expect(use.sandbox.requests).toEqual([]);
	});

	it('tries again if the fault may be temporary', async () => {
		use.sandbox.inject(whereLeadIsRead({ fault: 'status', status: 503, message: 'Busy' }));
		const line = await use.open({ parameters });
		await line.send('reply.received');
		expect(await line.started()).toMatchObject([[{ lead: JANE }]]);
	});

	it.each<[FaultRule, RegExp]>([
		[{ fault: 'status', status: 404, message: 'Lead not found' }, /Lead not found \(HTTP 404\)/],
		[{ fault: 'status', status: 401, message: 'Unauthorized' }, /API key/],
		[{ fault: 'status', status: 500, message: 'No', times: Infinity }, /server error/],
		[{ fault: 'brokenJson' }, /does not look like one from SendPilot/],
		[{ fault: 'html', status: 200 }, /does not look like one from SendPilot/],
		[{ fault: 'rateLimited', retryAfter: 60 }, /rate limiting requests/],
		[{ fault: 'resetBeforeDelivery', times: Infinity }, /connection broke/],
		[{ fault: 'hang', times: Infinity }, /did not answer in time/],
	])('never costs the event: %j', async (fault, says) => {
		use.sandbox.inject(whereLeadIsRead(fault));
		const line = await use.open({ parameters });
		expect(await line.send('reply.received')).toEqual([200]);
		expect(await line.started()).toEqual([
			[
				expect.objectContaining({
					text: expect.stringContaining('Tuesday'),
					lead: null,
					leadProblem: expect.stringMatching(says),
				}),
			],
		]);
	});

	it('never costs the event, even if the credential was deleted after publishing', async () => {
		const line = await use.open({ parameters });
		delete line.credentials.sendPilotApi;
		expect(await line.send('reply.received')).toEqual([200]);
		expect(await line.started()).toMatchObject([[{ lead: null, leadProblem: expect.any(String) }]]);
	});

	it('never mistakes one lead for another', async () => {
		const line = await use.open({ parameters });
		await line.send({ eventType: 'reply.received', data: { leadId: '../campaigns?limit=1' } });
		expect(await line.started()).toMatchObject([[{ lead: null }]]);
	});
});
