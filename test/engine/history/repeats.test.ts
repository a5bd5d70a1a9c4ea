import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { hashOf, rowOfNode } from '../../../engine/deduplicator';
import {
	begin,
	deliveredTo,
	errorOf,
	jsonOf,
	people,
	personUrl,
	run,
	startN8n,
	sendBodies,
	toLead,
	toProfile,
	useSandbox,
	withFullWait,
} from '../support';

const use = useSandbox();
const ROW = rowOfNode('workflow', 'send');

const node = (safety: INodeParameters = {}, more: INodeParameters = {}) => ({
	parameters: toProfile({ safety, ...more }),
});
const entries = () => use.database.processedData.peek(ROW)?.data as string[];
const all = (count: number) => people(count).map((_, index) => personUrl(index));
const SAME = { message: 'Hello' };
const OTHER = { message: 'Hello again' };

describe('running a workflow again', () => {
	it.each<[repeats: string | undefined, second: IDataObject, sentAgain: boolean]>([
		[undefined, SAME, false],
		['skipSameMessage', SAME, false],
		['skipSameMessage', OTHER, true],
		['skipSamePerson', SAME, false],
		['skipSamePerson', OTHER, false],
		['sendAgain', SAME, true],
		['sendAgain', OTHER, true],
	])('with Repeats %s and then %j: sent again is %s', async (repeats, second, sentAgain) => {
		const settings = node(repeats === undefined ? {} : { repeats });
		await run(
			use.sandbox,
			people(2, () => SAME),
			settings,
		);
		const again = await run(
			use.sandbox,
			people(3, () => second),
			settings,
		);
		const results = jsonOf(again);
		expect(results.map(({ success }) => success)).toEqual([true, true, true]);
		expect(results.map(({ alreadySent = false }) => alreadySent)).toEqual([
			!sentAgain,
			!sentAgain,
			false,
		]);
		const expected = sentAgain ? [...all(2), ...all(3)] : all(3);
		expect(deliveredTo(use.sandbox)).toEqual(expected);
	});

	it('outputs what is known of a skipped message, and says how many were skipped', async () => {
		await run(use.sandbox, people(2), node());
		const again = await run(use.sandbox, people(2), node());
		expect(jsonOf(again)[0]).toEqual({
			success: true,
			alreadySent: true,
			messageId: null,
			status: 'sent',
			sentAt: null,
			recipientLinkedinUrl: personUrl(0),
			leadId: null,
			senderId: null,
			campaignId: null,
			conversationId: null,
		});
		const { hints } = again.data.resultData.runData.Send[0];
		expect(hints?.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^2 of 2 not sent again: .*Repeats set to Send Again, and set it back/),
		]);
	});

	it.each(['manual', 'trigger', 'webhook'] as const)(
		'counts what an execution of mode %s has sent',
		async (mode) => {
			await run(use.sandbox, people(1), node(), { mode });
			await run(use.sandbox, people(1), node());
			expect(deliveredTo(use.sandbox)).toEqual(all(1));
		},
	);

	it('recognizes a lead by its ID, and a profile however its address is written', async () => {
		const lead = { parameters: toLead() };
		await run(use.sandbox, [{ lead: 'lead_jane' }], lead);
		await run(use.sandbox, [{ lead: 'lead_jane' }], lead);
		await run(use.sandbox, [{ url: 'linkedin.com/in/person-0/?locale=de' }], node());
		await run(use.sandbox, [{ url: personUrl(0) }], node());
		expect(deliveredTo(use.sandbox)).toHaveLength(2);
	});

	it('does not take people for one because they are reported as one lead', async () => {
		const parameters = toProfile({
			leadId: { __rl: true, mode: 'id', value: 'lead_jane' },
			safety: { repeats: 'skipSamePerson' },
		});
		await run(use.sandbox, people(3), { parameters });
		expect(deliveredTo(use.sandbox)).toEqual(all(3));
	});

	it('sends a person who is in the list twice the same text once', async () => {
		const twice = [...people(2), ...people(2)];
		const finished = await run(use.sandbox, twice, node());
		expect(deliveredTo(use.sandbox)).toEqual(all(2));
		expect(jsonOf(finished).map(({ alreadySent }) => alreadySent)).toEqual([
			undefined,
			undefined,
			true,
			true,
		]);
	});

	it('sends it once too where two senders have the person at the same moment', async () => {
		use.sandbox.inject({ fault: 'delay', ms: 20, times: Infinity });
		const items = ['sender_alex', 'sender_bianca'].map((sender) => ({ url: personUrl(0), sender }));
		const finished = await run(use.sandbox, items, node());
		expect(deliveredTo(use.sandbox)).toEqual(all(1));
		expect(jsonOf(finished).filter(({ alreadySent }) => alreadySent)).toHaveLength(1);
	});

	it('rejects a value of Repeats that does not exist, and sends nothing', async () => {
		const finished = await run(use.sandbox, people(1), node({ repeats: 'always' }));
		expect(errorOf(finished)?.message).toMatch(/there is no setting Repeats "always"/);
		expect(sendBodies(use.sandbox)).toEqual([]);
	});
});

describe('a message whose end is not known', () => {
	it('stays uncertain in every new execution, until the user chooses Send Again', async () => {
		use.sandbox.inject({ fault: 'lostThen500', recipient: 'person-0' });
		const first = await run(use.sandbox, people(1), node());
		for (const repeats of ['skipSameMessage', 'skipSamePerson']) {
			const again = await run(use.sandbox, people(1), node({ repeats }));
			expect(errorOf(again)?.message).toMatch(
				/^Message may have been sent: An earlier message to this person/,
			);
		}
		expect(sendBodies(use.sandbox)).toHaveLength(1);
		const error = errorOf(first)!;
		expect(error.description).toMatch(/Repeats set to Send Again/);
		await run(use.sandbox, people(1), node({ repeats: 'sendAgain' }));
		const last = await run(use.sandbox, people(1), node());
		expect(jsonOf(last)).toEqual([expect.objectContaining({ alreadySent: true })]);
		expect(deliveredTo(use.sandbox)).toEqual(all(1));
	});
});

describe('Forget History', () => {
	it('clears the history at the start of a new execution', async () => {
		await run(use.sandbox, people(2), node());
		const again = await run(use.sandbox, people(2), node({ forgetHistory: true }));
		expect(jsonOf(again).map(({ alreadySent }) => alreadySent)).toEqual([undefined, undefined]);
		expect(deliveredTo(use.sandbox)).toEqual([...all(2), ...all(2)]);
	});

	it('clears it once: not in a second try, a retry or a sub-workflow', async () => {
		const safety = { forgetHistory: true };
		use.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-1' });
		const retrying = { ...node(safety), retryOnFail: true, waitBetweenTries: 10 };
		await run(use.sandbox, people(2), retrying);
		expect(deliveredTo(use.sandbox)).toEqual(all(2));
		for (const mode of ['retry', 'integrated'] as const) {
			await run(use.sandbox, people(2), node(safety), { mode });
			expect(deliveredTo(use.sandbox)).toEqual(all(2));
		}
	});
});

describe('executions at the same time', () => {
	it.each(['skipSameMessage', 'skipSamePerson'])(
		'ten of one workflow message each person once (%s)',
		async (repeats) => {
			use.sandbox.inject({ fault: 'delay', ms: 2, times: Infinity });
			const running = await Promise.all(
				Array.from(
					{ length: 10 },
					async () => await begin(use.sandbox, people(20), node({ repeats })),
				),
			);
			const finished = await Promise.all(running.map(async ({ result }) => await result));
			expect(deliveredTo(use.sandbox).sort()).toEqual(all(20).sort());
			for (const one of finished) if (errorOf(one)) console.log(JSON.stringify(errorOf(one)));
			for (const one of finished) expect(jsonOf(one)).toHaveLength(20);
		},
	);

	it('of other people forget nothing of each other', async () => {
		for (const sender of use.sandbox.seed.senders) sender.dailyMessageLimit = Infinity;
		const lists = Array.from({ length: 10 }, (_, list) =>
			people(20, (index) => ({ url: `https://www.linkedin.com/in/list-${list}-${index}` })),
		);
		const runAll = async () =>
			await Promise.all(lists.map(async (list) => await run(use.sandbox, list, node())));
		await runAll();
		const again = await runAll();
		expect(deliveredTo(use.sandbox)).toHaveLength(200);
		expect(again.flatMap((one) => jsonOf(one)).every(({ alreadySent }) => alreadySent)).toBe(true);
	});
});

describe('the store', () => {
	it('keeps two facts of each message once the execution has ended, and two marks', async () => {
		await run(use.sandbox, people(30), node());
		expect(entries()).toHaveLength(2 * 30 + 2);
	});

	it('is used less than once for two messages, if there is no delay between them', async () => {
		await withFullWait(async () => await run(use.sandbox, people(60), node()));
		const { reads, writes } = use.database.processedData.statements;
		expect((reads + writes) / 60).toBeLessThanOrEqual(0.5);
	});

	it('is not used for what is refused, blocked or cancelled', async () => {
		const invalid = await run(use.sandbox, [{ url: 'no address' }], {
			...node(),
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(invalid)).toHaveLength(1);
		expect(use.database.processedData.statements).toEqual({ reads: 0, writes: 0 });
	});

	it('that fails has nothing sent, and says so', async () => {
		use.database.processedData.failNext(100, new Error('disk full'));
		const finished = await run(use.sandbox, people(2), node());
		expect(errorOf(finished)?.message).toBe(
			'Message not sent: The message could not be recorded in n8n first: disk full. 0 of 2 sent.',
		);
		expect(sendBodies(use.sandbox)).toEqual([]);
	});

	it('that fails after a message went out loses nothing that was sent', async () => {
		const n8n = (await begin(use.sandbox, [], node())).n8n;
		n8n.onStep = (step) => {
			if (step !== 'callSent') return;
			use.database.processedData.failNext(100, new Error('disk full'));
		};
		const finished = await run(use.sandbox, people(2), node(), { n8n });
		expect(jsonOf(finished).map(({ messageId }) => messageId)).toEqual(['msg_1', 'msg_2']);
	});

	it('that is full forgets the oldest messages only', async () => {
		await run(use.sandbox, people(3), node());
		const old = entries();
		const filler = Array.from({ length: 10_000 - old.length }, (_, index) => hashOf(`${index}`));
		use.database.processedData.put(ROW, { mode: 'entries', data: [...old, ...filler] });
		await run(use.sandbox, people(3), node());
		expect(deliveredTo(use.sandbox)).toEqual(all(3));
		use.database.processedData.put(ROW, { mode: 'entries', data: filler });
		// A running n8n remembers the latest ones all the same.
		const n8n = await startN8n(use.database);
		await run(use.sandbox, people(3), node(), { n8n });
		expect(deliveredTo(use.sandbox)).toEqual([...all(3), ...all(3)]);
	});
});

describe('a run that stops', () => {
	it.each<[string, IDataObject]>([
		['after a 401', { fault: 'status', status: 401, message: 'No', times: Infinity }],
		['after the first failure', { fault: 'status', status: 400, message: 'No', times: Infinity }],
	])('%s begins no further call, however slow the store is', async (_name, rule) => {
		use.sandbox.inject(rule as never);
		const items = people(20, (index) => ({ sender: ['sender_alex', 'sender_bianca'][index % 2] }));
		const parameters = toProfile({ options: { parallelSenders: 1 } });
		const finished = await run(use.sandbox, items, { parameters });
		expect(errorOf(finished)?.itemIndex).toBe(0);
		expect(sendBodies(use.sandbox)).toHaveLength(1);
	});

	it('leaves no claim behind, so what it did not try is sent the next time', async () => {
		use.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-1' });
		await run(use.sandbox, people(20), node());
		await run(use.sandbox, people(20), node());
		expect(deliveredTo(use.sandbox).sort()).toEqual(all(20).sort());
	});
});
