import { LEAD_WAYS, named, PROFILE_WAYS, useOutreach, leadId, type Way } from './ways';

const use = useOutreach();

const ENDING = ['UNSUBSCRIBED', 'BLOCKED', 'IRRELEVANT', 'SKIPPED'];

/** Ways to a profile name the lead under Safety. */
function having(way: Way) {
	const outreach = use(way);
	const safety = way.isByLead ? {} : { recipientLead: '={{ $json.of }}' };
	const people = (count: number) => outreach.people(count, (number) => ({ of: leadId(number) }));
	return { outreach, people, safety };
}

describe.each(named([...LEAD_WAYS, ...PROFILE_WAYS]))('Skip Lead Statuses: %s', (_name, way) => {
	it.each(ENDING)('leaves out a lead that is %s, by default', async (status) => {
		const { outreach, people, safety } = having(way);
		outreach.lead(0).status = status;
		const { failed } = await outreach.send(people(2), { safety });
		expect(outreach.reached).toEqual([1]);
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining(`the lead is ${status}`),
				details: {
					...{ delivery: 'notSent', reason: 'leadStatus' },
					...{ leadId: leadId(0), leadStatus: status },
				},
			},
		]);
	});

	it('leaves out a lead with the label Not Interested, and puts it on the output if wanted', async () => {
		const { outreach, people, safety } = having(way);
		outreach.lead(0).customLeadStatus = 'NOT_INTERESTED';
		const { output } = await outreach.send(people(1), {
			safety: { ...safety, blockedItems: 'output' },
		});
		expect(outreach.posts).toEqual([]);
		expect(output).toMatchObject([
			{ success: false, details: { reason: 'leadStatus', leadStatus: 'NOT_INTERESTED' } },
		]);
	});

	it('leaves out the statuses that were chosen, and no others', async () => {
		const { outreach, people, safety } = having(way);
		outreach.lead(0).status = 'DONE';
		outreach.lead(1).status = 'UNSUBSCRIBED';
		await outreach.send(people(3), { safety: { ...safety, skipLeadStatuses: ['DONE'] } });
		expect(outreach.reached).toEqual([1, 2]);
	});

	it('notices a status that changes between two messages', async () => {
		const { outreach, people, safety } = having(way);
		outreach.after(1, () => Object.assign(outreach.lead(1), { status: 'UNSUBSCRIBED' }));
		await outreach.send(people(3), { safety, options: { minDelay: 0.05 } });
		expect(outreach.reached).toEqual([0, 2]);
	});

	it('reaches nobody whose lead cannot be read, whatever is sent unchecked', async () => {
		const { outreach, people, safety } = having(way);
		outreach.sandbox.inject({
			...{ fault: 'status', status: 403, message: 'Forbidden resource' },
			...{ path: '/v1/leads', method: 'GET', times: Infinity },
		});
		const { failed } = await outreach.send(people(1), {
			safety: { ...safety, stopIfReplied: true, ifUnchecked: 'send' },
		});
		expect(outreach.reached).toEqual([]);
		expect(failed).toMatchObject([{ details: { delivery: 'notSent' } }]);
	});
});

describe.each(named(PROFILE_WAYS))('Recipient Lead: %s', (_name, way) => {
	it('must be the recipient', async () => {
		const outreach = use(way);
		const { failed } = await outreach.send(outreach.people(1), {
			safety: { recipientLead: leadId(5) },
		});
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining('Recipient Lead is somebody else'),
				details: { leadId: leadId(5) },
			},
		]);
	});

	it('is read only if it is given', async () => {
		const outreach = use(way);
		outreach.lead(0).status = 'UNSUBSCRIBED';
		await outreach.send(outreach.people(1));
		expect(outreach.reached).toEqual([0]);
		expect(outreach.reads).toEqual(['/v1/inbox/senders']);
	});
});
