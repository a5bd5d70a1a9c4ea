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

/** How one fault must end, for the one message of a run that it does not keep from being sent. */
interface Row {
	fault: FaultRule;
	/** How often the message is put to SendPilot. */
	calls: number;
	/** What the item says of it. */
	reason: string;
	/** How many messages really go out, whatever the answer says. */
	out?: number;
	says?: RegExp;
}

const SENT_IN_THE_END: Array<Omit<Row, 'reason'>> = [
	{ fault: { fault: 'delay', ms: 20 }, calls: 1 },
	{ fault: { fault: 'rateLimited', retryAfter: 0 }, calls: 2 },
	{ fault: { fault: 'rateLimited', retryAfter: 0, times: 2 }, calls: 3 },
	{
		fault: { fault: 'rateLimited', retryAfter: new Date(Date.now() + 500).toUTCString() },
		calls: 2,
	},
];

const NOT_SENT: Row[] = [
	{ fault: { fault: 'unsuccessful' }, calls: 1, reason: 'declined' },
	{ fault: { fault: 'unsuccessful', status: 200 }, calls: 1, reason: 'declined' },
	...[400, 402, 405, 409, 410, 413, 415, 422, 451].map((code) => ({
		fault: status(code, ['message is odd', 'so is senderId']),
		calls: 1,
		reason: 'invalid',
		says: /message is odd; so is senderId/,
	})),
	...[
		'Recipient is not a 1st-degree connection of this LinkedIn account',
		'You are not connected to this recipient',
		'The recipient must be a first-degree connection',
	].map((said) => ({
		fault: status(400, said),
		calls: 1,
		reason: 'notFirstDegree',
		says: /invitation.*Connection Request Accepted/,
	})),
	...['The sender account is not connected', 'Account is not connected to LinkedIn'].map(
		(said) => ({
			fault: status(400, said),
			calls: 1,
			reason: 'invalid',
			says: /check that the sender/,
		}),
	),
	{ fault: status(403, 'Sender is warming up'), calls: 1, reason: 'forbidden', says: /warming up/ },
	{ fault: status(404, 'Lead not found'), calls: 1, reason: 'notFound', says: /Lead not found/ },
	{ fault: status(401, 'Unauthorized'), calls: 1, reason: 'unauthorized' },
	{
		fault: { fault: 'rateLimited', retryAfter: 0, times: Infinity },
		calls: 3,
		reason: 'rateLimited',
	},
	{
		fault: { fault: 'rateLimited', retryAfter: 61 },
		calls: 1,
		reason: 'rateLimited',
		says: /61 seconds/,
	},
	{ fault: { fault: 'rateLimited' }, calls: 1, reason: 'rateLimited' },
	{ fault: { fault: 'dailyQuota' }, calls: 1, reason: 'dailyQuota' },
	...[301, 307, 308].map((code) => ({ fault: redirect(code), calls: 1, reason: 'redirected' })),
];

const UNCERTAIN: Row[] = [
	{ fault: { fault: 'deliveredThen500' }, calls: 1, reason: 'serverError', out: 1 },
	{ fault: { fault: 'lostThen500' }, calls: 1, reason: 'serverError' },
	...[408, 499, 500, 502, 503, 504, 520, 599].map((code) => ({
		fault: status(code, 'Something broke'),
		calls: 1,
		reason: 'serverError',
		says: /Something broke/,
	})),
	{ fault: { fault: 'resetBeforeDelivery' }, calls: 1, reason: 'lost' },
	{ fault: { fault: 'resetAfterDelivery' }, calls: 1, reason: 'lost', out: 1 },
	{ fault: { fault: 'hang' }, calls: 1, reason: 'timeout' },
	{ fault: { fault: 'hang', delivered: true }, calls: 1, reason: 'timeout', out: 1 },
	{ fault: { fault: 'html' }, calls: 1, reason: 'serverError' },
	{
		fault: { fault: 'html', status: 200, delivered: true },
		calls: 1,
		reason: 'unreadable',
		out: 1,
	},
	{ fault: { fault: 'brokenJson' }, calls: 1, reason: 'unreadable', out: 1 },
	{ fault: { fault: 'empty' }, calls: 1, reason: 'unreadable', out: 1 },
	...[302, 303].map((code) => ({ fault: redirect(code), calls: 1, reason: 'redirected' })),
];

function status(code: number, message: string | string[]): FaultRule {
	return { fault: 'status', status: code, message };
}

function redirect(code: number): FaultRule {
	return { fault: 'redirect', status: code, location: '/v1/inbox/send' };
}

/** Gives the rows names that a reader of the results understands. */
function named<R extends { fault: FaultRule }>(rows: R[]) {
	return rows.map((row) => ({ ...row, name: JSON.stringify(row.fault) }));
}

const use = useSandbox();
const QUICK = { options: { timeout: 1 } };
const [NOT_SENT_TEXT, UNCERTAIN_TEXT] = [/^Message not sent: /, /^Message may have been sent: /];

it.each(named(SENT_IN_THE_END))(
	'$name: the message is sent, once, by call $calls',
	async ({ fault, calls }) => {
		use.sandbox.inject(fault);
		const finished = await run(use.sandbox, people(1), { parameters: toProfile(QUICK) });
		expect(jsonOf(finished)).toEqual([expect.objectContaining({ success: true, status: 'sent' })]);
		expect(sendBodies(use.sandbox)).toHaveLength(calls);
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
	},
);

describe.each([
	{
		delivery: 'notSent',
		rows: NOT_SENT,
		text: NOT_SENT_TEXT,
		nextOfItem:
			/run the workflow again with only the items whose error starts with "Message not sent"|leave this person out here/,
		nextOfRun: /it is safe to run the workflow again/,
	},
	{
		delivery: 'uncertain',
		rows: UNCERTAIN,
		text: UNCERTAIN_TEXT,
		nextOfItem: /Check the conversation.*Only if the message is not there/,
		nextOfRun: /Check the conversation.*Only if the message is not there/,
	},
])('$delivery', ({ delivery, rows, text, nextOfItem, nextOfRun }) => {
	it.each(named(rows))(
		'$name: the item says $reason, after $calls call(s)',
		async ({ fault, calls, reason, out = 0, says = /./ }) => {
			use.sandbox.inject(fault);
			const finished = await run(use.sandbox, people(1), {
				parameters: toProfile(QUICK),
				onError: 'continueRegularOutput',
			});
			expect(sendBodies(use.sandbox)).toHaveLength(calls);
			expect(deliveredTo(use.sandbox)).toHaveLength(out);
			const [item] = jsonOf(finished);
			expect(item).toMatchObject({ details: { delivery, reason, itemIndex: 0 } });
			expect(item.error).toMatch(text);
			expect(item.details).toMatchObject({ description: expect.stringMatching(nextOfItem) });
			expect(`${item.error} ${JSON.stringify(item.details)}`).toMatch(says);
		},
	);

	it.each(named(rows))(
		'$name: the error of a run that stops says the same ($reason)',
		async ({ fault, calls, out = 0, says = /./ }) => {
			use.sandbox.inject(fault);
			const finished = await run(use.sandbox, people(3), { parameters: toProfile(QUICK) });
			expect(sendBodies(use.sandbox)).toHaveLength(calls);
			expect(deliveredTo(use.sandbox)).toHaveLength(out);
			const error = errorOf(finished);
			expect(error).toMatchObject({ name: 'NodeApiError', itemIndex: 0 });
			expect(error?.message).toMatch(text);
			expect(error?.description).toContain('2 not tried (items 1–2). ');
			expect(error?.description).toMatch(nextOfRun);
			expect(`${error?.message} ${error?.description}`).toMatch(says);
		},
	);
});

describe('a SendPilot that cannot be reached', () => {
	it('is tried three times, and the message is not sent', async () => {
		const sendPilotApi = { apiKey: 'key', baseUrl: 'http://127.0.0.1:1' };
		const settings = { credentials: { sendPilotApi } };
		const finished = await run(use.sandbox, people(1), { parameters: toProfile() }, settings);
		expect(errorOf(finished)).toMatchObject({
			message: 'Message not sent: SendPilot could not be reached',
			description: expect.stringContaining('ECONNREFUSED'),
		});
	});
});

describe('a wait that SendPilot asks for', () => {
	const withWait = (maxRateLimitWait: number) => ({
		parameters: toProfile({ options: { maxRateLimitWait } }),
		onError: 'continueRegularOutput' as const,
	});

	it.each([
		{ asked: 0, cap: 0, calls: 2 },
		{ asked: 1, cap: 0, calls: 1 },
		{ asked: 1, cap: 0.9, calls: 1 },
		{ asked: 61, cap: 60, calls: 1 },
	])('of $asked s, with the cap at $cap s, ends after $calls call(s)', async (row) => {
		use.sandbox.inject({ fault: 'rateLimited', retryAfter: row.asked });
		await run(use.sandbox, people(1), withWait(row.cap));
		expect(sendBodies(use.sandbox)).toHaveLength(row.calls);
		expect(use.sandbox.delivered).toHaveLength(row.calls - 1);
	});

	it('is waited out if it is within the cap', async () => {
		use.sandbox.inject({ fault: 'rateLimited', retryAfter: 1 });
		await run(use.sandbox, people(1), withWait(1));
		const [refused, taken] = use.sandbox.requests;
		// Timers may fire up to a millisecond early.
		expect(taken.startedAt - refused.endedAt!).toBeGreaterThanOrEqual(998);
		expect(use.sandbox.delivered).toHaveLength(1);
	});

	it("that is too long ends that sender's turn, and leaves the others alone", async () => {
		use.sandbox.inject({ fault: 'rateLimited', retryAfter: 2, senderId: 'sender_bianca' });
		const senders = ['sender_bianca', 'sender_alex', 'sender_bianca'];
		const items = people(3, (index) => ({ sender: senders[index] }));
		const finished = await run(use.sandbox, items, withWait(1));
		expect(sendBodies(use.sandbox)).toHaveLength(2);
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(1)]);
		expect(jsonOf(finished).map(({ details }) => Object(details).reason)).toEqual([
			'rateLimited',
			undefined,
			'rateLimited',
		]);
		expect(jsonOf(finished)[2].error).toMatch(
			/An earlier message failed for a reason that also applies here/,
		);
	});
});

describe('a refused API key', () => {
	it('costs one call, however many items there are', async () => {
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
		expect(jsonOf(finished)[4].error).toMatch(
			/An earlier message failed for a reason that also applies here/,
		);
	});

	it('never shows in errors, output or execution data', async () => {
		const apiKey = 'sp_live_very_secret_key';
		const settings = { credentials: { sendPilotApi: { apiKey, baseUrl: use.sandbox.url } } };
		const stopped = await run(use.sandbox, people(1), { parameters: toProfile() }, settings);
		expect(errorOf(stopped)?.message).toMatch(/does not accept the API key/);
		expect(JSON.stringify(stopped)).not.toContain(apiKey);
	});

	it('is left out of what SendPilot says about it', async () => {
		use.sandbox.inject({
			fault: 'status',
			status: 401,
			message: `The key ${use.sandbox.apiKey} was revoked`,
		});
		const finished = await run(use.sandbox, people(1), { parameters: toProfile() });
		expect(errorOf(finished)?.message).toContain('The key [API key] was revoked');
		expect(JSON.stringify(finished.data)).not.toContain(`The key ${use.sandbox.apiKey}`);
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

	it('is repeated, because it sends nothing', async () => {
		use.sandbox.inject({ ...onRead, times: 2 });
		await run(use.sandbox, leads('lead_jane'), { parameters: toLead() });
		expect(use.sandbox.delivered).toHaveLength(1);
	});

	it('says that the message was not sent if it keeps failing', async () => {
		use.sandbox.inject({ ...onRead, times: Infinity });
		const finished = await run(use.sandbox, leads('lead_jane'), { parameters: toLead() });
		expect(errorOf(finished)?.message).toMatch(
			/^Message not sent: The lead could not be read\. SendPilot answered with a server error/,
		);
		expect(use.sandbox.delivered).toHaveLength(0);
	});

	it.each([
		['lead_opaque', /no usable LinkedIn profile URL/],
		['lead_ines', /This lead has no sender in SendPilot/],
		['lead_nobody', /The lead could not be read\. .*Lead not found/],
	])('of %s tells what is missing', async (lead, says) => {
		const finished = await run(use.sandbox, leads(lead), { parameters: toLead() });
		expect(errorOf(finished)?.message).toMatch(says);
		expect(use.sandbox.delivered).toHaveLength(0);
	});

	it('is not started after a 400 about something else', async () => {
		use.sandbox.inject({ fault: 'status', status: 400, message: ['leadId must be a string'] });
		await run(use.sandbox, leads('lead_jane'), { parameters: toLead() });
		expect(use.sandbox.requests).toHaveLength(1);
	});
});
