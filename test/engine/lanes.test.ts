import type { OnError } from 'n8n-workflow';
import {
	begin,
	changesOf,
	deliveredTo,
	jsonOf,
	people,
	personUrl,
	run,
	toLead,
	toProfile,
	useSandbox,
} from './support';

const use = useSandbox();
const SENDERS = ['sender_alex', 'sender_bianca', 'sender_casper'];

beforeEach(() => {
	use.sandbox.seed.senders[2].dailyMessageLimit = 100;
	use.sandbox.inject({ fault: 'delay', ms: 15, times: Infinity });
});

const threeSenders = (count: number) =>
	people(count, (index) => ({ sender: SENDERS[index % SENDERS.length] }));

describe('messages of one sender', () => {
	it('go out one after another, in the order of the items', async () => {
		await run(use.sandbox, people(8), { parameters: toProfile() });
		expect(deliveredTo(use.sandbox)).toEqual(people(8).map((_, index) => personUrl(index)));
		expect(use.sandbox.peakSends()).toBe(1);
	});
});

describe('messages of different senders', () => {
	it.each([
		[1, 1],
		[2, 2],
		[3, 3],
		[10, 3],
	])(
		'with Parallel Senders %i go out side by side, %i at one time',
		async (parallelSenders, peak) => {
			const parameters = toProfile({ options: { parallelSenders } });
			const finished = await run(use.sandbox, threeSenders(9), { parameters });
			expect(use.sandbox.peakSends()).toBe(peak);
			for (const sender of SENDERS) {
				expect(use.sandbox.peakSends(sender)).toBe(1);
				const own = use.sandbox.delivered.filter(({ senderId }) => senderId === sender);
				const order = own.map(({ recipientLinkedinUrl }) => recipientLinkedinUrl);
				expect(order).toEqual(
					threeSenders(9)
						.filter((item) => item.sender === sender)
						.map(({ url }) => url),
				);
			}
			expect(jsonOf(finished).map(({ recipientLinkedinUrl }) => recipientLinkedinUrl)).toEqual(
				threeSenders(9).map(({ url }) => url),
			);
		},
	);

	it('go out two at a time by default', async () => {
		await run(use.sandbox, threeSenders(9), { parameters: toProfile() });
		expect(use.sandbox.peakSends()).toBe(2);
	});

	it('come one after another if SendPilot chooses any of the senders', async () => {
		const leads = ['lead_jane', 'lead_yuki', 'lead_tom', 'lead_omar'];
		await run(
			use.sandbox,
			leads.map((lead) => ({ lead })),
			{ parameters: toLead() },
		);
		expect(use.sandbox.peakSends()).toBe(1);
		expect(use.sandbox.delivered.map(({ leadId }) => leadId)).toEqual(leads);
	});
});

describe('a long list', () => {
	/** Sends texts that say when their item was read, and gives that of the last one and when the first call came. */
	const times = async (onError: OnError) => {
		const message = '={{ "Hello " + Date.now() }}';
		// So many that the first ones are claimed before all are read.
		await run(use.sandbox, threeSenders(150), { onError, parameters: toProfile({ message }) });
		expect(new Set(deliveredTo(use.sandbox)).size).toBe(150);
		const last = use.sandbox.delivered.find(
			({ recipientLinkedinUrl }) => recipientLinkedinUrl === personUrl(149),
		);
		return {
			firstCall: changesOf(use.sandbox)[0].startedAt,
			lastRead: Number(last?.message.split(' ').at(-1)),
		};
	};

	it('is checked as a whole before the first call, if the node stops on errors', async () => {
		const { firstCall, lastRead } = await times('stopWorkflow');
		expect(lastRead).toBeLessThanOrEqual(firstCall);
	});

	it.each<OnError>(['continueRegularOutput', 'continueErrorOutput'])(
		'is read while messages are being sent, with %s',
		async (onError) => {
			const { firstCall, lastRead } = await times(onError);
			expect(lastRead).toBeGreaterThan(firstCall);
		},
	);

	it('has an outcome for each item, in order, also where some cannot be sent', async () => {
		const items = threeSenders(40).map((item, index) =>
			index % 4 === 3 ? { ...item, message: '' } : item,
		);
		const node = { onError: 'continueRegularOutput' as const, parameters: toProfile() };
		const results = jsonOf(await run(use.sandbox, items, node));
		expect(results.map(({ success = false }) => success)).toEqual(
			items.map((_, index) => index % 4 !== 3),
		);
		expect(deliveredTo(use.sandbox)).toHaveLength(30);
	});
});

describe('a pause', () => {
	const starts = () => changesOf(use.sandbox).map(({ startedAt }) => startedAt);
	const ends = () => changesOf(use.sandbox).map(({ endedAt }) => endedAt ?? NaN);

	it('comes between two messages of a sender, not before the first', async () => {
		use.sandbox.reset();
		const parameters = toProfile({ options: { minDelay: 0.2, maxDelay: 0.25 } });
		await run(use.sandbox, people(3), { parameters });
		// Timers may fire up to a millisecond early.
		expect(starts()[1] - ends()[0]).toBeGreaterThanOrEqual(198);
		expect(starts()[2] - ends()[1]).toBeGreaterThanOrEqual(198);
	});

	it('does not follow an item that was not sent', async () => {
		use.sandbox.reset();
		use.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-0' });
		const parameters = toProfile({ options: { minDelay: 3_600 } });
		await run(use.sandbox, people(2), { parameters, onError: 'continueRegularOutput' });
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(1)]);
	});
});

describe('a cancelled execution', () => {
	it('stops before the next call, and ends a pause at once', async () => {
		const parameters = toProfile({ options: { minDelay: 3_600 } });
		const running = await begin(use.sandbox, people(3), { parameters });
		while (use.sandbox.delivered.length === 0) await new Promise(setImmediate);
		running.cancel();
		await running.result;
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
		expect(changesOf(use.sandbox)).toHaveLength(1);
	});

	it('makes no further call while one is under way', async () => {
		use.sandbox.reset();
		use.sandbox.inject({ fault: 'hang', recipient: 'person-1' });
		const running = await begin(use.sandbox, people(3), { parameters: toProfile() });
		while (changesOf(use.sandbox).length < 2) await new Promise(setImmediate);
		running.cancel();
		await running.result;
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
		expect(changesOf(use.sandbox)).toHaveLength(2);
	});

	it('makes no further call after a wait that SendPilot asked for', async () => {
		use.sandbox.reset();
		use.sandbox.inject({ fault: 'rateLimited', retryAfter: 0.2, times: Infinity });
		const running = await begin(use.sandbox, people(2), { parameters: toProfile() });
		while (changesOf(use.sandbox)[0]?.endedAt === undefined) await new Promise(setImmediate);
		running.cancel();
		await running.result;
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(changesOf(use.sandbox)).toHaveLength(1);
	});
});
