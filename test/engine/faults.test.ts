import type { FaultRule } from '../../sandbox';
import { SENDERS_PATH } from '../../sendpilot/contract/sender';
import {
	changesOf,
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

const use = useSandbox();

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
		const [refused, taken] = changesOf(use.sandbox);
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
		expect(use.sandbox.requests.map(({ path }) => path)).toEqual([SENDERS_PATH]);
		expect(jsonOf(finished).map(({ details }) => Object(details).reason)).toEqual(
			Array(5).fill('unauthorized'),
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
		expect(changesOf(use.sandbox).map(({ path }) => path)).toEqual(['/v1/inbox/send']);
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
	it("ends that sender's turn before a call that would fail, and leaves the others alone", async () => {
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
		expect(sendBodies(use.sandbox)).toHaveLength(3);
		expect(jsonOf(finished).map(({ details }) => Object(details).reason)).toEqual([
			undefined,
			undefined,
			'limit',
			'limit',
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
		expect(changesOf(use.sandbox)).toHaveLength(1);
	});
});
