import type { FaultRule } from '../../sandbox';
import {
	deliveredTo,
	errorOf,
	jsonOf,
	people,
	personUrl,
	run,
	sendBodies,
	toLead,
	toProfile,
	useSandbox,
} from './support';

/** How one fault must end, for the one message of a run. */
interface Row {
	fault: FaultRule;
	delivery: 'sent' | 'notSent' | 'uncertain';
	/** How often the message was put to SendPilot. */
	calls: number;
	reason?: string;
	says?: RegExp;
}

const ROWS: Row[] = [
	{ fault: { fault: 'delay', ms: 20 }, delivery: 'sent', calls: 1 },
	{ fault: { fault: 'unsuccessful' }, delivery: 'notSent', calls: 1, reason: 'declined' },
	{
		fault: { fault: 'unsuccessful', status: 200 },
		delivery: 'notSent',
		calls: 1,
		reason: 'declined',
	},
	...[400, 402, 405, 409, 410, 413, 415, 422, 451].map(
		(status): Row => ({
			fault: { fault: 'status', status, message: ['message is odd', 'so is senderId'] },
			delivery: 'notSent',
			calls: 1,
			reason: 'invalid',
			says: /message is odd; so is senderId/,
		}),
	),
	{
		fault: status(403, 'Sender is warming up'),
		delivery: 'notSent',
		calls: 1,
		reason: 'forbidden',
	},
	{ fault: status(404, 'Lead not found'), delivery: 'notSent', calls: 1, reason: 'notFound' },
	{ fault: status(401, 'Unauthorized'), delivery: 'notSent', calls: 1, reason: 'unauthorized' },
	{ fault: { fault: 'rateLimited', retryAfter: 0 }, delivery: 'sent', calls: 2 },
	{
		fault: { fault: 'rateLimited', retryAfter: new Date(Date.now() + 500).toUTCString() },
		delivery: 'sent',
		calls: 2,
	},
	{
		fault: { fault: 'rateLimited', retryAfter: 0, times: Infinity },
		delivery: 'notSent',
		calls: 3,
		reason: 'rateLimited',
	},
	{
		fault: { fault: 'rateLimited', retryAfter: 61 },
		delivery: 'notSent',
		calls: 1,
		reason: 'rateLimited',
		says: /61 seconds/,
	},
	{ fault: { fault: 'rateLimited' }, delivery: 'notSent', calls: 1, reason: 'rateLimited' },
	{ fault: { fault: 'dailyQuota' }, delivery: 'notSent', calls: 1, reason: 'dailyQuota' },
	{ fault: { fault: 'deliveredThen500' }, delivery: 'uncertain', calls: 1, reason: 'serverError' },
	{ fault: { fault: 'lostThen500' }, delivery: 'uncertain', calls: 1, reason: 'serverError' },
	...[408, 499, 500, 502, 503, 504, 520, 599].map(
		(code): Row => ({
			fault: status(code, 'Something broke'),
			delivery: 'uncertain',
			calls: 1,
			reason: 'serverError',
		}),
	),
	{ fault: { fault: 'resetBeforeDelivery' }, delivery: 'uncertain', calls: 1, reason: 'lost' },
	{ fault: { fault: 'resetAfterDelivery' }, delivery: 'uncertain', calls: 1, reason: 'lost' },
	{ fault: { fault: 'hang' }, delivery: 'uncertain', calls: 1, reason: 'timeout' },
	{ fault: { fault: 'hang', delivered: true }, delivery: 'uncertain', calls: 1, reason: 'timeout' },
	{ fault: { fault: 'html' }, delivery: 'uncertain', calls: 1, reason: 'serverError' },
	{
		fault: { fault: 'html', status: 200, delivered: true },
		delivery: 'uncertain',
		calls: 1,
		reason: 'unreadable',
	},
	{ fault: { fault: 'brokenJson' }, delivery: 'uncertain', calls: 1, reason: 'unreadable' },
	{ fault: { fault: 'empty' }, delivery: 'uncertain', calls: 1, reason: 'unreadable' },
	{ fault: redirect(301), delivery: 'notSent', calls: 1, reason: 'redirected' },
	{ fault: redirect(302), delivery: 'uncertain', calls: 1, reason: 'redirected' },
	{ fault: redirect(303), delivery: 'uncertain', calls: 1, reason: 'redirected' },
	{ fault: redirect(307), delivery: 'notSent', calls: 1, reason: 'redirected' },
	{ fault: redirect(308), delivery: 'notSent', calls: 1, reason: 'redirected' },
];

function status(code: number, message: string): FaultRule {
	return { fault: 'status', status: code, message };
}

function redirect(code: number): FaultRule {
	return { fault: 'redirect', status: code, location: '/v1/inbox/send' };
}

const use = useSandbox();
const QUICK = { options: { timeout: 1 } };

describe('each answer of SendPilot has its own end', () => {
	it.each(ROWS.map((row) => ({ ...row, name: JSON.stringify(row.fault) })))(
		'$name ends as $delivery after $calls call(s)',
		async ({ fault, delivery, calls, reason, says }) => {
			use.sandbox.inject(fault);
			const finished = await run(use.sandbox, people(1), {
				parameters: toProfile(QUICK),
				onError: 'continueRegularOutput',
			});
			expect(sendBodies(use.sandbox)).toHaveLength(calls);

			const [item] = jsonOf(finished);
			if (delivery === 'sent') {
				expect(item).toMatchObject({ success: true, status: 'sent' });
				expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
				return;
			}
			expect(item).toMatchObject({ details: { delivery, reason, itemIndex: 0 } });
			expect(item.error).toMatch(
				delivery === 'notSent' ? /^Message not sent: / : /^Message may have been sent: /,
			);
			expect(`${item.error} ${JSON.stringify(item.details)}`).toMatch(says ?? /./);
			if (delivery === 'notSent') expect(deliveredTo(use.sandbox)).toEqual([]);
		},
	);

	it.each(ROWS.filter(({ delivery }) => delivery !== 'sent'))(
		'$fault.fault says the same in the error of a run that stops ($reason)',
		async ({ fault, delivery, calls, says }) => {
			use.sandbox.inject(fault);
			const finished = await run(use.sandbox, people(3), { parameters: toProfile(QUICK) });
			expect(sendBodies(use.sandbox)).toHaveLength(calls);
			const error = errorOf(finished);
			expect(error).toMatchObject({ name: 'NodeApiError', itemIndex: 0 });
			expect(error?.message).toMatch(
				delivery === 'notSent' ? /^Message not sent: / : /^Message may have been sent: /,
			);
			expect(error?.description).toContain('not tried: 1–2');
			expect(`${error?.message} ${error?.description}`).toMatch(says ?? /./);
		},
	);
});

describe('a SendPilot that cannot be reached', () => {
	it('is tried three times, and then the message is not sent', async () => {
		const sendPilotApi = { apiKey: 'key', baseUrl: 'http://127.0.0.1:1' };
		const settings = { credentials: { sendPilotApi } };
		const finished = await run(use.sandbox, people(1), { parameters: toProfile() }, settings);
		expect(errorOf(finished)).toMatchObject({
			message: 'Message not sent: SendPilot could not be reached',
			description: expect.stringContaining('ECONNREFUSED'),
		});
	});
});

describe('a refused API key', () => {
	it('is met by one call and no more, whatever number of items', async () => {
		const sendPilotApi = { apiKey: 'wrong', baseUrl: use.sandbox.url };
		const finished = await run(
			use.sandbox,
			people(5),
			{
				parameters: toProfile({ options: { parallelSenders: 1 } }),
				onError: 'continueRegularOutput',
			},
			{ credentials: { sendPilotApi } },
		);
		expect(use.sandbox.requests).toHaveLength(1);
		expect(jsonOf(finished).map(({ details }) => Object(details).reason)).toEqual(
			Array(5).fill('unauthorized'),
		);
		expect(jsonOf(finished)[4].error).toMatch(/An earlier message of this run/);
	});

	it('never shows in errors, output or execution data', async () => {
		const apiKey = 'sp_live_very_secret_key';
		const settings = { credentials: { sendPilotApi: { apiKey, baseUrl: use.sandbox.url } } };
		const stopped = await run(use.sandbox, people(1), { parameters: toProfile() }, settings);
		expect(errorOf(stopped)?.message).toMatch(/does not accept the API key/);
		expect(JSON.stringify(stopped)).not.toContain(apiKey);
	});

	it('is used without the white space around it', async () => {
		const sendPilotApi = { apiKey: ` ${use.sandbox.apiKey}\n`, baseUrl: use.sandbox.url };
		const settings = { credentials: { sendPilotApi } };
		await run(use.sandbox, people(1), { parameters: toProfile() }, settings);
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
	});
});

describe('the credential', () => {
	it.each(['/', '///', '/v1', '/v1/'])('forgives a base URL that ends in %s', async (ending) => {
		const sendPilotApi = { apiKey: use.sandbox.apiKey, baseUrl: use.sandbox.url + ending };
		const settings = { credentials: { sendPilotApi } };
		await run(use.sandbox, people(1), { parameters: toProfile() }, settings);
		expect(use.sandbox.requests.map(({ path }) => path)).toEqual(['/v1/inbox/send']);
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
	});

	it('is read once, however many items there are', async () => {
		const finished = await run(use.sandbox, people(25), { parameters: toProfile() });
		expect(use.sandbox.delivered).toHaveLength(25);
		expect(finished.credentialReads).toBe(1);
	});

	it.each(['', 'not a url', 'ftp://example.com'])(
		'with the base URL "%s" stops the run before any call, with the way out',
		async (baseUrl) => {
			const settings = { credentials: { sendPilotApi: { apiKey: 'key', baseUrl } } };
			const finished = await run(use.sandbox, people(2), { parameters: toProfile() }, settings);
			expect(errorOf(finished)).toMatchObject({
				name: 'NodeOperationError',
				message: expect.stringContaining('not a web address'),
				description: expect.stringContaining('https://api.sendpilot.ai'),
			});
		},
	);
});

describe('a daily quota', () => {
	it("ends that sender's turn without further calls, and leaves the others alone", async () => {
		const senders = [
			'sender_casper',
			'sender_casper',
			'sender_casper',
			'sender_casper',
			'sender_alex',
		];
		const finished = await run(
			use.sandbox,
			people(5, (index) => ({ sender: senders[index] })),
			{ parameters: toProfile(), onError: 'continueRegularOutput' },
		);
		expect(deliveredTo(use.sandbox).sort()).toEqual([0, 1, 4].map(personUrl));
		expect(sendBodies(use.sandbox)).toHaveLength(4);
		expect(jsonOf(finished).map(({ details }) => Object(details).reason)).toEqual([
			undefined,
			undefined,
			'dailyQuota',
			'dailyQuota',
			undefined,
		]);
	});
});

describe('reading the lead before a message', () => {
	const leads = (lead: string) => [{ lead }];
	const onRead: FaultRule = { fault: 'lostThen500', path: '/v1/leads', method: 'GET' };

	it('is tried again, as nothing is sent by it', async () => {
		use.sandbox.inject({ ...onRead, times: 2 });
		await run(use.sandbox, leads('lead_jane'), { parameters: toLead() });
		expect(use.sandbox.delivered).toHaveLength(1);
	});

	it('that fails in the end says that the message was not sent', async () => {
		use.sandbox.inject({ ...onRead, times: Infinity });
		const finished = await run(use.sandbox, leads('lead_jane'), { parameters: toLead() });
		expect(errorOf(finished)?.message).toMatch(
			/^Message not sent: The lead could not be read\. SendPilot answered with a server error/,
		);
		expect(use.sandbox.delivered).toHaveLength(0);
	});

	it.each([
		['lead_opaque', /no usable LinkedIn profile URL/],
		['lead_ines', /names no sender for this lead/],
		['lead_nobody', /The lead could not be read\. .*Lead not found/],
	])('of %s tells what is missing', async (lead, says) => {
		const finished = await run(use.sandbox, leads(lead), { parameters: toLead() });
		expect(errorOf(finished)?.message).toMatch(says);
		expect(use.sandbox.delivered).toHaveLength(0);
	});

	it('is not begun after a 400 that speaks of something else', async () => {
		use.sandbox.inject({ fault: 'status', status: 400, message: ['leadId must be a string'] });
		await run(use.sandbox, leads('lead_jane'), { parameters: toLead() });
		expect(use.sandbox.requests).toHaveLength(1);
	});
});
