import { DateTime } from 'luxon';
import { NO_SCOPES_KEY } from '../../../sandbox';
import { resumable } from '../support';
import {
	BY_LEAD,
	INVITE,
	named,
	resultOf,
	useOutreach,
	WAYS,
	type Outreach,
	type Way,
} from './ways';

const use = useOutreach();

const sentToday = (way: Way) =>
	way.kind === 'message' ? 'messagesSentToday' : 'invitationsSentToday';

/** When today is over both for SendPilot, which counts by UTC, and in n8n's default time zone. */
const endOfDay = () =>
	Math.max(
		...['utc', 'America/New_York'].map((zone) =>
			DateTime.now().setZone(zone).plus({ days: 1 }).startOf('day').toMillis(),
		),
	);

const withoutScopes = ({ sandbox }: Outreach) => ({
	credentials: { sendPilotApi: { apiKey: NO_SCOPES_KEY, baseUrl: sandbox.url } },
});

describe.each(named(WAYS))('Max per Sender and Run: %s', (_name, way) => {
	it('leaves out what is over it, and says that the next run can go on now', async () => {
		const outreach = use(way);
		const { output, failed } = await outreach.send(outreach.people(4), {
			safety: { maxPerRun: 2 },
		});
		expect(outreach.reached).toEqual([0, 1]);
		expect(output).toHaveLength(2);
		expect(failed).toMatchObject(
			[2, 3].map((itemIndex) => ({
				error: expect.stringMatching(/Max per Sender and Run: 2 \w+s counted, 2 allowed$/),
				details: { delivery: 'notSent', reason: 'limit', itemIndex },
			})),
		);
		const { nextAllowedAt } = failed[0].details as { nextAllowedAt: string };
		expect(Date.parse(nextAllowedAt)).toBeLessThanOrEqual(Date.now());
	});

	it('lets the next run go on where this one has ended', async () => {
		const outreach = use(way);
		for (let count = 0; count < 3; count++) {
			await outreach.send(outreach.people(5), { safety: { maxPerRun: 2, blockedItems: 'output' } });
		}
		expect(outreach.reached).toEqual([0, 1, 2, 3, 4]);
	});

	it('leaves the fields of an item as they are, so that the next round sends its text', async () => {
		const outreach = use(way);
		const settings = {
			options: { includeInputFields: true },
			safety: { maxPerRun: 1, blockedItems: 'output' },
		};
		const items = outreach.people(2, () => ({ message: 'Shall we talk?' }));
		const { output } = await outreach.send(items, settings);
		expect(output[1]).toMatchObject({ ...items[1], success: false, details: { reason: 'limit' } });
		const next = await outreach.send([output[1]], settings);
		expect(outreach.reached).toEqual([0, 1]);
		expect(next.output).toMatchObject([{ success: true }]);
		expect(next.output[0]).not.toHaveProperty('details');
	});

	it('counts each sender by itself', async () => {
		const outreach = use(way);
		outreach.lead(1).senderId = outreach.lead(3).senderId = 'sender_bianca';
		const senders = ['sender_alex', 'sender_bianca'];
		const items = outreach.people(4, (number) => ({ sender: senders[number % 2] }));
		await outreach.send(items, { safety: { maxPerRun: 1 } });
		expect([...outreach.reached].sort()).toEqual([0, 1]);
	});

	it('holds over all tries of a run', async () => {
		const outreach = use(way);
		const { error } = await outreach.send(outreach.people(4), {
			safety: { maxPerRun: 2 },
			...{ onError: 'stopWorkflow', retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(error?.message).toContain('Max per Sender and Run');
		expect(outreach.reached).toEqual([0, 1]);
	});

	it('counts what is uncertain, and not what was refused', async () => {
		const outreach = use(way);
		outreach.fault('deliveredThen500');
		outreach.sandbox.inject({
			...{ fault: 'status', status: 400, message: 'No' },
			...{ method: 'POST', path: '/v1/inbox', recipient: 'person-1' },
		});
		await outreach.send(outreach.people(4), { safety: { maxPerRun: 2, checkInbox: false } });
		expect(outreach.reached).toEqual([0, 2]);
	});
});

describe.each(named(WAYS))('Max per Sender and Day: %s', (_name, way) => {
	it('leaves out what is over it until SendPilot counts anew', async () => {
		const outreach = use(way);
		const { output } = await outreach.send(outreach.people(4), {
			safety: { maxPerDay: 3, blockedItems: 'output' },
		});
		expect(outreach.reached).toEqual([0, 1, 2]);
		const details = { reason: 'limit', left: 0, nextAllowedAt: expect.any(String) };
		expect(output.slice(3)).toMatchObject([{ success: false, details }]);
		expect(Date.parse(Object(output[3].details).nextAllowedAt)).toBe(endOfDay());
	});

	it('counts what SendPilot says was sent today', async () => {
		const outreach = use(way);
		outreach.sandbox.seed.senders[0][sentToday(way)] = 2;
		const { failed } = await outreach.send(outreach.people(3), { safety: { maxPerDay: 3 } });
		expect(outreach.reached).toEqual([0]);
		expect(failed[0].error).toMatch(/Max per Sender and Day: 3 \w+s counted, 3 allowed$/);
	});

	it('counts what earlier executions have sent, even if SendPilot does not', async () => {
		const outreach = use(way);
		await outreach.send(outreach.people(2), { safety: { maxPerDay: 3 } });
		outreach.sandbox.seed.senders[0][sentToday(way)] = 0;
		const { failed } = await outreach.send(outreach.people(6).slice(2), {
			safety: { maxPerDay: 3 },
		});
		expect(outreach.reached).toEqual([0, 1, 2]);
		expect(failed).toHaveLength(3);
	});

	it('counts what executions without a limit have sent, as SendPilot does', async () => {
		const outreach = use(way);
		await outreach.send(outreach.people(2));
		await outreach.send(outreach.people(6).slice(2), { safety: { maxPerDay: 3 } });
		expect(outreach.reached).toEqual([0, 1, 2]);
	});

	it('holds for executions at the same time', async () => {
		const outreach = use(way);
		const runs = [0, 1, 2, 3].map(async (run) => {
			const items = outreach.people(12).slice(run * 3, run * 3 + 3);
			return await outreach.send(items, { safety: { maxPerDay: 5 } });
		});
		const results = await Promise.all(runs);
		expect(outreach.reached).toHaveLength(5);
		expect(results.flatMap(({ output }) => output)).toHaveLength(5);
		expect(results.flatMap(({ failed }) => failed)).toMatchObject(
			Array.from({ length: 7 }, () => ({ details: { reason: 'limit' } })),
		);
	});

	it('does not count twice what is tried again, and holds', async () => {
		const outreach = use(way);
		outreach.sandbox.inject({
			...{ fault: 'status', status: 400, message: 'No' },
			...{ method: 'POST', path: '/v1/inbox', recipient: 'person-1' },
		});
		const run = { safety: { maxPerDay: 3 }, onError: 'stopWorkflow' } as const;
		const { finished } = await outreach.send(outreach.people(5), run);
		expect(outreach.reached).toEqual([0]);
		const settings = { mode: 'retry', resume: resumable(finished) } as const;
		const { error } = await outreach.send(outreach.people(5), { ...run, settings });
		expect(error?.message).toContain('Max per Sender and Day');
		expect(outreach.reached).toEqual([0, 1, 2]);
	});

	it('holds without the scope for quotas, too', async () => {
		const outreach = use(way);
		const settings = withoutScopes(outreach);
		const safety = { maxPerDay: 3, blockedItems: 'output' };
		await outreach.send(outreach.people(2), { safety, settings });
		const { output } = await outreach.send(outreach.people(5), { safety, settings });
		expect(outreach.reached).toEqual([0, 1, 2]);
		const details = Object(output.at(-1)!.details);
		expect(details).toMatchObject({ reason: 'limit', left: 0 });
		expect(Date.parse(details.nextAllowedAt)).toBeGreaterThan(Date.now());
	});

	it('sends nothing while n8n cannot count', async () => {
		const outreach = use(way);
		const { n8n, result } = await outreach.begin(outreach.people(2), {
			safety: { maxPerDay: 3, repeats: 'sendAgain' },
		});
		n8n.database.processedData.failNext(1_000, new Error('disk full'));
		const { failed } = resultOf(await result);
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([
			{ details: { delivery: 'notSent', reason: 'historyUnavailable' } },
			{ details: { delivery: 'notSent' } },
		]);
	});

	// Each counts what SendPilot says, or its own history if that is more; but the history knows nothing of what was
	// sent elsewhere, and SendPilot's count is as old as the start of the execution.
	it('holds for executions at the same time, if others have sent before', async () => {
		const outreach = use(way);
		outreach.sandbox.seed.senders[0][sentToday(way)] = 3;
		const runs = [0, 1].map(async (run) => {
			const items = outreach.people(10).slice(run * 5, run * 5 + 5);
			return await outreach.send(items, { safety: { maxPerDay: 5 } });
		});
		await Promise.all(runs);
		expect(outreach.reached).toHaveLength(2);
	});
});

describe('the sender of a lead', () => {
	it.each([{ maxPerRun: 1 }, { maxPerDay: 1 }])(
		'has limits (%j), if nothing else needs the lead',
		async (limit) => {
			const outreach = use(BY_LEAD);
			await outreach.send(outreach.people(3), { safety: { ...limit, skipLeadStatuses: [] } });
			expect(outreach.reached).toEqual([0]);
		},
	);
});

describe('Connection Request → Send', () => {
	it("has SendPilot's own limit of a day, where SendPilot says it", async () => {
		const outreach = use(INVITE);
		const [alex] = outreach.sandbox.seed.senders;
		alex.invitationsSentToday = alex.dailyInvitationLimit - 1;
		const { failed } = await outreach.send(outreach.people(3), { safety: { maxPerDay: 1_000 } });
		expect(outreach.posts).toHaveLength(1);
		expect(failed).toMatchObject([
			{ details: { reason: 'limit', left: 0 } },
			{ details: { reason: 'limit', left: 0 } },
		]);
	});
});
