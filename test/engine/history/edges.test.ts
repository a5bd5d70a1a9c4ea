import type { IDataObject } from 'n8n-workflow';
import { pinned, workflowsOf, type Scenario, type Shape } from '../historyModel/scenario';
import {
	begin,
	beginWorkflow,
	crashed,
	deliveredTo,
	errorOf,
	jsonOf,
	killedWhen,
	people,
	personUrl,
	run,
	runWorkflow,
	SEND,
	startN8n,
	toProfile,
	useSandbox,
	type NodeSettings,
} from '../support';

const use = useSandbox();
const CONTINUE: NodeSettings = { onError: 'continueRegularOutput', parameters: toProfile() };
const to = (index: number, sender: string) => ({ url: personUrl(index), sender });

const SCENARIO: Omit<Scenario, 'shape'> = {
	...{
		kind: 'message',
		repeats: 'skipSameMessage',
		onError: 'continueRegularOutput',
		batchSize: 1,
		senders: 1,
	},
	...{ saveExecutionProgress: false, retryOnFail: false, hasDelay: false, isReversed: false },
	checksInbox: false,
	row: null,
};

/** A workflow of some shape that sends a list, and the workflows that it calls. */
function listWorkflow(shape: Shape, items: IDataObject[]) {
	const { main, sub } = workflowsOf({ ...SCENARIO, shape }, `edges ${shape}`);
	return {
		workflow: { ...main, pinData: pinned(shape, items) },
		workflows: sub ? { [sub.id!]: sub } : {},
	};
}

/** Sends a list, kills n8n at a call, and retries with the list as it is then. */
async function crashAndRetry(
	shape: Shape,
	{ list, atCall }: { list: (version: string) => IDataObject[]; atCall: number },
	duringRetry = () => undefined as void,
) {
	const n8n = await startN8n(use.database);
	let calls = 0;
	const killed = killedWhen(n8n, (step) => step === 'beforeCall' && ++calls === atCall);
	const first = listWorkflow(shape, list('first'));
	const more = { n8n, mode: 'trigger' as const, workflows: first.workflows };
	const running = await beginWorkflow(use.sandbox, first.workflow, more);
	await killed;
	const resume = crashed(running);
	const again = listWorkflow(shape, list('reworded'));
	resume.resultData.pinData = again.workflow.pinData;
	duringRetry();
	return await runWorkflow(use.sandbox, again.workflow, {
		n8n: await startN8n(use.database),
		mode: 'retry',
		resume,
		workflows: again.workflows,
	});
}

/** What the retry of a loop says of each item. */
const saidInLoop = ({ data }: Awaited<ReturnType<typeof run>>) =>
	data.resultData.runData[SEND].flatMap(({ data }) =>
		(data?.main[0] ?? [])
			// n8n adds such an item for a node that was running when it crashed.
			.filter(({ json }) => json.isArtificialRecoveredEventItem !== true)
			.map(({ json: { success, alreadySent, details } }) => {
				if (success === true) return alreadySent === true ? 'skipped' : 'sent';
				return Object(details).delivery as string;
			}),
	);

describe('a person whom a blocked sender has claimed', () => {
	it.each([1, 2])('is free for another sender (%i in parallel)', async (parallelSenders) => {
		use.sandbox.inject({ fault: 'dailyQuota', recipient: 'person-1' });
		const items = [
			to(1, 'sender_alex'),
			to(2, 'sender_alex'),
			to(3, 'sender_bianca'),
			to(2, 'sender_bianca'),
		];
		const parameters = toProfile({ options: { parallelSenders } });
		const finished = await run(use.sandbox, items, { ...CONTINUE, parameters });
		expect(jsonOf(finished).map(({ success = false }) => success)).toEqual([
			false,
			false,
			true,
			true,
		]);
	});
});

describe('Forget History', () => {
	const forgetting = { ...CONTINUE, parameters: toProfile({ safety: { forgetHistory: true } }) };
	const other = [to(99, 'sender_alex')];

	/** Kills n8n while it sends to 30 people. @returns what a retry goes on with */
	const crash = async () => {
		const n8n = await startN8n(use.database);
		let calls = 0;
		const killed = killedWhen(n8n, (step) => step === 'callSent' && ++calls === 20);
		const running = await begin(use.sandbox, people(30), CONTINUE, { n8n, mode: 'trigger' });
		await killed;
		return crashed(running);
	};

	it('has the retry of an execution that it made forget send nothing', async () => {
		const resume = await crash();
		await run(use.sandbox, other, forgetting);
		const before = deliveredTo(use.sandbox).length;
		const retried = await run(use.sandbox, people(30), CONTINUE, { mode: 'retry', resume });
		expect(deliveredTo(use.sandbox)).toHaveLength(before);
		const reasons = jsonOf(retried).map(({ details }) => Object(details).reason as string);
		expect(new Set(reasons)).toEqual(new Set(['forgotten']));
	});

	describe('that is interrupted', () => {
		const LAST_STEP = 10;

		const expectNobodyTwice = async (resume: ReturnType<typeof crashed>) => {
			const n8n = await startN8n(use.database);
			await run(use.sandbox, people(30), CONTINUE, { n8n, mode: 'retry', resume });
			const delivered = deliveredTo(use.sandbox);
			expect(delivered.length).toBeGreaterThanOrEqual(20);
			expect(new Set(delivered).size).toBe(delivered.length);
		};

		it.each(Array.from({ length: LAST_STEP }, (_, index) => index + 1))(
			'by a kill at step %i has a retry message nobody again',
			async (killAt) => {
				const resume = await crash();
				const n8n = await startN8n(use.database);
				let steps = 0;
				const killed = killedWhen(n8n, () => ++steps === killAt);
				await begin(use.sandbox, other, forgetting, { n8n, mode: 'trigger' });
				await killed;
				await expectNobodyTwice(resume);
			},
		);

		it.each([1, 2, 3, 4, 5, 6])(
			'by a database that fails at statement %i has a retry message nobody again',
			async (failAt) => {
				const resume = await crash();
				const n8n = await startN8n(use.database);
				let statements = 0;
				n8n.onStep = (step) => {
					const isStatement = step === 'beforeRead' || step === 'beforeWrite';
					if (isStatement && ++statements === failAt) {
						use.database.processedData.failNext(1, new Error('disk full'));
					}
				};
				await run(use.sandbox, other, forgetting, { n8n, mode: 'trigger' });
				expect(statements).toBeGreaterThanOrEqual(failAt);
				await expectNobodyTwice(resume);
			},
		);
	});

	it('says at the output that it is on, and what went wrong if it fails', async () => {
		const stopping = { ...forgetting, onError: 'stopWorkflow' as const };
		const finished = await run(use.sandbox, people(1), stopping);
		const { hints } = finished.data.resultData.runData.Send[0];
		expect(hints?.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Forget History is on: /),
		]);
		use.database.processedData.failNext(1, new Error('disk full'));
		const failed = await run(use.sandbox, people(1), stopping);
		expect(errorOf(failed)?.message).toMatch(/could not be cleared in n8n: disk full/);
	});
});

describe('executions that begin in the same millisecond', () => {
	it('are not taken for one: each message to the same person goes out', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		const texts = ['One', 'Two', 'Three'];
		const running = await Promise.all(
			texts.map(
				async (message) => await begin(use.sandbox, [{ url: personUrl(0), message }], CONTINUE),
			),
		);
		const finished = await Promise.all(running.map(async ({ result }) => await result));
		jest.restoreAllMocks();
		expect(use.sandbox.delivered.map(({ message }) => message).sort()).toEqual([...texts].sort());
		expect(finished.map((one) => jsonOf(one)[0].alreadySent)).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});
});

describe('a person who is in a very long list twice', () => {
	it('is messaged once, although the row has dropped them by then', async () => {
		for (const sender of use.sandbox.seed.senders) sender.dailyMessageLimit = Infinity;
		const list = [...people(2_100), ...people(2)];
		const parameters = toProfile({ safety: { repeats: 'skipSamePerson' } });
		await run(use.sandbox, list, { parameters });
		expect(deliveredTo(use.sandbox)).toHaveLength(2_100);
	});
});

describe('two messages to one person in a loop that crashes and is retried', () => {
	const [jane, omar] = [personUrl(1), personUrl(2)];
	const toJane = (first: string, second: string) => [
		{ url: jane, message: first, sender: 'sender_alex' },
		{ url: jane, message: second, sender: 'sender_alex' },
		{ url: omar, message: 'Hi Omar', sender: 'sender_alex' },
	];
	const textsToJane = () =>
		use.sandbox.delivered
			.filter(({ recipientLinkedinUrl }) => recipientLinkedinUrl === jane)
			.map(({ message }) => message);

	it('does not repeat the second in other words where the first was skipped', async () => {
		const { workflow } = listWorkflow('loop', [
			{ url: jane, message: 'Hi', sender: 'sender_alex' },
		]);
		await runWorkflow(use.sandbox, workflow, { mode: 'trigger' });
		const list = (version: string) => toJane('Hi', `Shall we talk? (${version})`);
		const retried = await crashAndRetry('loop', { list, atCall: 2 });
		expect(textsToJane()).toEqual(['Hi', 'Shall we talk? (first)']);
		expect(saidInLoop(retried)).toEqual(['skipped', 'skipped', 'uncertain']);
	});

	it.each([
		['the first stays as it is', (version: string) => toJane('Hi', `Shall we talk? (${version})`)],
		['both are reworded', (version: string) => toJane(`Hi (${version})`, `Talk? (${version})`)],
	])('never says that a refused first one was sent: %s', async (_name, list) => {
		use.sandbox.inject({ fault: 'rateLimited', retryAfter: 1_000, recipient: 'person-1' });
		const retried = await crashAndRetry('loop', { list, atCall: 3 });
		const delivered = textsToJane();
		expect(delivered).toContain(list('first')[1].message);
		// The refused one may be sent now, or be uncertain; nothing else may reach Jane.
		const [first, second] = saidInLoop(retried);
		const isFirstSent = delivered.includes(list('reworded')[0].message);
		expect(first).toBe(isFirstSent ? 'sent' : 'uncertain');
		expect(second).not.toBe('sent');
		expect(delivered).toHaveLength(isFirstSent ? 2 : 1);
	});
});

describe('a sub-workflow of an execution that n8n cannot read', () => {
	const list = (version: string) =>
		people(30, (index) => ({ message: `Hi ${index} (${version})`, sender: 'sender_alex' }));
	const unreadable = () => {
		jest.spyOn(use.database.executions, 'find').mockImplementation(() => {
			throw new Error('database is locked');
		});
	};
	afterEach(() => jest.restoreAllMocks());

	it('sends nothing and says why, and then works again', async () => {
		unreadable();
		const { workflow, workflows } = listWorkflow('sub', list('first'));
		const send = async () =>
			jsonOf(await runWorkflow(use.sandbox, workflow, { workflows, mode: 'trigger' }));
		for (const { error } of await send()) {
			expect(error).toMatch(
				/^Message not sent: n8n could not read the execution that calls .*: database is locked$/,
			);
		}
		expect(deliveredTo(use.sandbox)).toEqual([]);
		jest.restoreAllMocks();
		await send();
		expect(deliveredTo(use.sandbox)).toHaveLength(30);
	});

	it('messages nobody twice when the main execution is retried with other texts', async () => {
		await crashAndRetry('sub', { list, atCall: 20 }, unreadable);
		const delivered = deliveredTo(use.sandbox);
		expect(delivered.length).toBeGreaterThanOrEqual(19);
		expect(new Set(delivered).size).toBe(delivered.length);
	});
});
