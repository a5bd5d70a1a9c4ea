import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IExecutionContext, IRunExecutionData } from 'n8n-workflow';
import { rowOfNode } from '../../../engine/deduplicator';
import { loadPackage, loadPackageAfresh } from '../../../engine/package';
import type { Step } from '../../../engine/process';
import { outputOf, type WorkflowJson } from '../../../engine/run';
import { ROOT } from '../../../scripts/unpack';
import {
	crashed,
	deliveredTo,
	killedWhen,
	people,
	personUrl,
	begin,
	startN8n,
	toProfile,
	useSandbox,
} from '../support';
import {
	CALL,
	CALLED,
	LOOP,
	n8nWith,
	PASS,
	PROBE,
	rowOf,
	run,
	TRIGGER,
	type Behaviour,
} from './probe';

const WORKFLOW = rowOf({ Start: TRIGGER, Before: PASS, Probe: PROBE, After: PASS });
const OPTIONS = { mode: 'entries', maxEntries: 10 } as const;
const record: Behaviour = async ({ helpers }) =>
	await helpers.checkProcessedAndRecord(['a'], 'node', OPTIONS);

/** Whether a promise is pending after many more turns than the rest of a run takes. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
	let isSettled = false;
	const settle = () => (isSettled = true);
	promise.then(settle, settle);
	for (let turn = 0; turn < 100; turn++) await nextTurn();
	return !isSettled;
}

async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await nextTurn();
}

/** Runs until the process is killed at the given step. */
async function killedAt(step: Step, behaviour: Behaviour, json: WorkflowJson = WORKFLOW) {
	const n8n = n8nWith(behaviour);
	const died = killedWhen(n8n, (reached) => reached === step);
	const running = run(n8n, json);
	await died;
	expect(await isPending(running.result)).toBe(true);
	return running;
}

describe('a killed process', () => {
	it.each([
		['beforeRead', { reads: 0, writes: 0 }, false],
		['afterRead', { reads: 1, writes: 0 }, false],
		['beforeWrite', { reads: 1, writes: 0 }, false],
		['afterWrite', { reads: 1, writes: 1 }, true],
	] as const)('killed at %s has run %j', async (step, statements, isRecorded) => {
		const { n8n } = await killedAt(step, record);
		const { processedData } = n8n.database;
		expect(processedData.statements).toEqual(statements);
		expect(processedData.peek(rowOfNode('workflow', 'Probe')) !== null).toBe(isRecorded);
	});

	it('does not go on with what it has in memory', async () => {
		let later = 0;
		const n8n = n8nWith(async () => {
			later++;
			n8n.kill();
		});
		const { result } = run(n8n, rowOf({ Start: TRIGGER, One: PROBE, Two: PROBE }));
		expect(await isPending(result)).toBe(true);
		expect(later).toBe(1);
	});

	it('is replaced by one with the same database', async () => {
		const { n8n } = await killedAt('afterWrite', record);
		let known: unknown;
		const next = n8nWith(async ({ helpers }) => {
			known = await helpers.checkProcessedAndRecord(['a', 'b'], 'node', OPTIONS);
		}, n8n.database);
		await run(next, WORKFLOW).result;
		expect(known).toEqual({ new: ['b'], processed: ['a'] });
	});
});

describe('what n8n retries', () => {
	const namesIn = (data: IRunExecutionData) =>
		data.executionData?.nodeExecutionStack.map(({ node }) => node.name);

	it('is the whole workflow after a crash, in the execution that it was', async () => {
		const context: IExecutionContext[] = [];
		const running = await killedAt('afterRead', async (node, items) => {
			context.push(node.getExecutionContext()!);
			await record(node, items);
		});
		const resume = crashed(running);
		expect(namesIn(resume)).toEqual(['Start']);
		expect(resume.resultData).toMatchObject({
			lastNodeExecuted: 'Probe',
			runData: { Start: [{}], Before: [{}], Probe: [] },
		});
		const next = n8nWith(
			async (node) => context.push(node.getExecutionContext()!),
			running.n8n.database,
		);
		const retried = run(next, WORKFLOW, { mode: 'retry', resume });
		expect(await retried.result).toMatchObject({ status: 'success' });
		expect(retried.executionId).not.toBe(running.executionId);
		expect(context[1].establishedAt).toBe(context[0].establishedAt);
	});

	it('starts at the crashed node if progress was saved', async () => {
		const json = { ...WORKFLOW, settings: { saveExecutionProgress: true } };
		const resume = crashed(await killedAt('afterRead', record, json));
		expect(namesIn(resume)).toEqual(['Probe']);
		expect(resume.resultData.runData.Before).toMatchObject([{ executionStatus: 'success' }]);
	});

	it('is the failed node of an execution that failed', async () => {
		const n8n = n8nWith(async () => {
			throw new Error('No');
		});
		const { executionId, result } = run(n8n, WORKFLOW);
		expect(await result).toMatchObject({ status: 'error' });
		const resume = n8n.database.executions.retryData(executionId);
		expect(namesIn(resume)).toEqual(['Probe']);
		expect(resume.resultData.error).toBeUndefined();
		expect(resume.resultData.runData.Probe).toEqual([]);
	});

	it('is nothing after a success, or after the crash of a manual execution', async () => {
		const n8n = n8nWith(async () => undefined);
		const succeeded = run(n8n, WORKFLOW);
		await succeeded.result;
		const { executions } = n8n.database;
		expect(() => executions.retryData(succeeded.executionId)).toThrow('succeeded');
		const manual = run(
			n8nWith(async () => await new Promise(() => undefined)),
			WORKFLOW,
			{ mode: 'manual' },
		);
		manual.kill();
		expect(() => crashed(manual)).toThrow('has not saved');
	});
});

describe('a sub-workflow', () => {
	const SUB = rowOf({ Called: CALLED, Probe: PROBE }, { id: 'sub' });
	const mainWorkflow = (parameters = {}): WorkflowJson => {
		const json = rowOf({ Start: TRIGGER, Call: CALL, After: PASS }, { id: 'main' });
		Object.assign(json.nodes[1].parameters, { workflowId: 'sub', ...parameters });
		return json;
	};
	const workflows = { sub: SUB };
	const pinData = { Start: [{ json: { n: 1 } }, { json: { n: 2 } }] };

	it('gives its items to the workflow that calls it, once or for each item', async () => {
		const counts: number[] = [];
		const n8n = n8nWith(async (node, items) => {
			expect(node.getMode()).toBe('integrated');
			counts.push(items.length);
		});
		const once = await run(n8n, { ...mainWorkflow(), pinData }, { workflows }).result;
		const each = await run(n8n, { ...mainWorkflow({ mode: 'each' }), pinData }, { workflows })
			.result;
		expect(counts).toEqual([2, 1, 1]);
		for (const finished of [once, each]) {
			expect(outputOf(finished, 'After').map(({ json }) => json.n)).toEqual([1, 2]);
		}
	});

	it('knows the execution that calls it, and reads what is saved of it', async () => {
		const context: IExecutionContext[] = [];
		const parents: Array<IRunExecutionData | undefined> = [];
		const n8n = n8nWith(async (node) => {
			context.push(node.getExecutionContext()!);
			parents.push(await node.getExecutionDataById(node.getExecutionContext()!.parentExecutionId!));
		});
		const { executionId, result } = run(n8n, mainWorkflow(), { workflows });
		await result;
		expect(context).toMatchObject([{ parentExecutionId: executionId, source: 'integrated' }]);
		expect(parents[0]?.executionData?.runtimeData).toMatchObject({ source: 'trigger' });
		expect(parents[0]?.resultData.runData).toEqual({});
	});

	it('establishes a new context when it is retried after a crash, unless progress was saved', async () => {
		for (const saveExecutionProgress of [false, true]) {
			const context: IExecutionContext[] = [];
			const n8n = n8nWith(async (node) => {
				context.push(node.getExecutionContext()!);
				n8n.kill();
			});
			const settings = { saveExecutionProgress };
			const main = run(n8n, mainWorkflow(), { workflows: { sub: { ...SUB, settings } } });
			await until(() => n8n.isKilled);
			const sub = { n8n, executionId: String(Number(main.executionId) + 1) };
			const resume = crashed(sub);
			expect(resume.executionData?.runtimeData !== undefined).toBe(saveExecutionProgress);
			const next = n8nWith(async (node) => context.push(node.getExecutionContext()!), n8n.database);
			await run(next, SUB, { mode: 'retry', resume }).result;
			expect(context[1].source).toBe(saveExecutionProgress ? 'integrated' : 'retry');
			expect(context[1].parentExecutionId).toBe(main.executionId);
			expect(resume.parentExecution?.executionContext).toMatchObject({ source: 'trigger' });
		}
	});

	it('fails the workflow that calls it with its own error', async () => {
		const n8n = n8nWith(async () => {
			throw new Error('No');
		});
		const { data } = await run(n8n, mainWorkflow(), { workflows }).result;
		expect(data.resultData.error?.message).toBe('No');
		expect(data.resultData.lastNodeExecuted).toBe('Call');
	});
});

describe('what a node wants to do when its execution has finished', () => {
	it('is done after n8n has saved the execution, whatever it ended with', async () => {
		for (const isGood of [true, false]) {
			const statuses: string[] = [];
			const n8n = n8nWith(async (node) => {
				const id = node.getExecutionId();
				node.onExecutionFinish?.(async () => {
					await nextTurn();
					statuses.push(n8n.database.executions.statusOf(id));
				});
				if (!isGood) throw new Error('No');
			});
			await run(n8n, WORKFLOW).result;
			expect(statuses).toEqual([isGood ? 'success' : 'error']);
		}
	});
});

describe('a loop', () => {
	it('gives each batch to its nodes, and all of them to the next one', async () => {
		const batches: unknown[] = [];
		const n8n = n8nWith(async (_, items) => batches.push(items.map(({ json }) => json.n)));
		const json = rowOf({ Start: TRIGGER, Loop: LOOP, Probe: PROBE, After: PASS });
		json.nodes[1].parameters = { batchSize: 2 };
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		json.connections.Loop = { main: [to('After'), to('Probe')] };
		json.connections.Probe = { main: [to('Loop')] };
		json.pinData = { Start: [1, 2, 3].map((n) => ({ json: { n } })) };
		const finished = await run(n8n, json).result;
		expect(batches).toEqual([[1, 2], [3]]);
		expect(outputOf(finished, 'After').map(({ json }) => json.n)).toEqual([1, 2, 3]);
	});
});

describe('the package', () => {
	const use = useSandbox();

	it('is another one in a new process, and works as well', async () => {
		const [old, fresh] = await Promise.all([loadPackage(ROOT), loadPackageAfresh(ROOT)]);
		const classOf = ({ nodeTypes }: typeof old) => nodeTypes.sendLinkedInMessage.type.constructor;
		expect(classOf(fresh)).not.toBe(classOf(old));
		expect(classOf(fresh).name).toBe(classOf(old).name);
		const n8n = await startN8n(use.database);
		const running = await begin(use.sandbox, people(1), { parameters: toProfile() }, { n8n });
		expect(await running.result).toMatchObject({ status: 'success' });
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
	});

	it('sends nothing more once its process is dead, and nothing comes back', async () => {
		const n8n = await startN8n(use.database);
		n8n.onStep = (step) => step === 'callSent' && n8n.kill();
		const items = people(3);
		const running = await begin(
			use.sandbox,
			items,
			{ parameters: toProfile() },
			{ n8n, mode: 'trigger' },
		);
		await until(() => use.sandbox.delivered.length > 0);
		expect(await isPending(running.result)).toBe(true);
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
	});
});
