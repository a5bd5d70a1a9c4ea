import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FaultRule } from '../../sandbox';
import { beginOperation, expectSchema, runOperation, type OperationRun } from './sendPilot';
import {
	crashed,
	killedWhen,
	resumable,
	resumableWith,
	startN8n,
	useSandbox,
	withAnswer,
} from './support';

/** What differs between starting a search and an extraction. */
interface StartableJob {
	path: string;
	/** Beside name and limit. */
	parameters: INodeParameters;
	body: IDataObject;
	estimate: string;
	opening: string;
}

/** Describes starting a search or an extraction. */
export function testStart(
	resource: 'leadSearch' | 'leadExtraction',
	{ path, parameters: own, body, estimate, opening }: StartableJob,
): void {
	const use = useSandbox();
	const parameters = { name: '={{ $json.name ?? "CTOs" }}', limit: 5, ...own };
	const start = async ({ parameters: more, ...run }: OperationRun = {}) =>
		await runOperation(use.sandbox, `${resource}.start`, {
			parameters: { ...parameters, ...more },
			...run,
		});
	const starts = () => use.sandbox.requests.filter(({ method }) => method === 'POST');
	const onStart = (rule: FaultRule): FaultRule => ({ ...rule, path, method: 'POST' });

	describe(`${resource} → Start`, () => {
		it('starts what the fields say, and outputs the ID and the estimate', async () => {
			const { output } = await start();
			expect(starts()).toMatchObject([{ path, body: { name: 'CTOs', limit: 5, ...body } }]);
			expect(output).toMatchObject([{ success: true, id: expect.any(String), name: 'CTOs' }]);
			expect(output[0][estimate]).toEqual(expect.any(Number));
			expectSchema(`${resource}.start`, output);
		});

		it('starts the same again in a new execution, as every week', async () => {
			const first = await start();
			const second = await start();
			expect(starts()).toHaveLength(2);
			expect(second.output[0].id).not.toBe(first.output[0].id);
		});

		it('starts the same once in an execution', async () => {
			const { output } = await start({ items: [{}, {}] });
			expect(starts()).toHaveLength(1);
			const [{ id }] = output;
			expect(output).toMatchObject([{ id: expect.any(String) }, { id, alreadySent: true }]);
		});

		it('says how many credits there are if they may be missing', async () => {
			Object.assign(use.sandbox.seed.credits, { subscription: 0, purchased: 0 });
			const { error } = await start();
			expect(error?.message).toMatch(new RegExp(`^${opening} not started: .*0 credits are left`));
			expect(starts()).toHaveLength(1);
		});

		it.each<[string, FaultRule]>([
			['a server error', { fault: 'status', status: 500, message: 'Oh', delivered: true }],
			['a lost answer', { fault: 'resetAfterDelivery' }],
			['an answer that cannot be read', { fault: 'brokenJson' }],
		])('does not know after %s, and never starts it again by itself', async (_what, rule) => {
			use.sandbox.inject(onStart(rule));
			const { error } = await start();
			expect(error?.message).toMatch(new RegExp(`^${opening} may have been started: `));
			expect(error?.description).toMatch(/^Check Lead (Database|Extractor) in SendPilot/);
			expect(starts()).toHaveLength(1);
		});

		it('gives a retry what was started, and starts only the rest', async () => {
			use.sandbox.inject(onStart({ fault: 'status', status: 400, message: 'Odd', after: 1 }));
			const items = [{ name: 'One' }, { name: 'Two' }];
			const first = await beginOperation(use.sandbox, `${resource}.start`, { parameters, items });
			const failed = await first.result;
			const { output } = await start({
				items,
				settings: { mode: 'retry', resume: resumable(failed) },
			});
			expect(output.map(({ name }) => name)).toEqual(['One', 'Two']);
			expect(starts().map((one) => Object(one.body).name)).toEqual(['One', 'Two', 'Two']);
		});

		it('starts nothing twice when n8n is killed while it starts', async () => {
			const n8n = await startN8n(use.database);
			const died = killedWhen(n8n, (step) => step === 'afterCall');
			const running = await beginOperation(use.sandbox, `${resource}.start`, {
				...{ parameters, settings: { n8n, mode: 'trigger' } },
			});
			await died;
			const { error } = await start({
				settings: { n8n: await startN8n(use.database), mode: 'retry', resume: crashed(running) },
			});
			expect(error?.message).toMatch(new RegExp(`^${opening} may have been started: `));
			expect(starts()).toHaveLength(1);
		});

		it.each([
			['the same', 'CTOs'],
			['another, whose filters the list has changed,', 'Nurses'],
		])('does not take %s for started when n8n was killed while it waited', async (_what, name) => {
			const n8n = await startN8n(use.database);
			const died = killedWhen(n8n, (step) => step === 'afterGet');
			const waiting = { ...parameters, waitForCompletion: true };
			const running = await beginOperation(use.sandbox, `${resource}.start`, {
				...{ parameters: waiting, settings: { n8n, mode: 'trigger' } },
			});
			await died;
			const { output, failed } = await start({
				...{ items: [{ name }], parameters: waiting, onError: 'continueErrorOutput' },
				settings: { n8n: await startN8n(use.database), mode: 'retry', resume: crashed(running) },
			});
			expect(output).toEqual([]);
			expect(failed).toMatchObject([
				{
					error: expect.stringMatching(
						new RegExp(`^${opening} may have been started: An earlier attempt may have started`),
					),
					details: { delivery: 'uncertain', description: expect.stringMatching(/^Check Lead /) },
				},
			]);
			expect(starts()).toHaveLength(1);
		});

		it.each<[string, INodeParameters]>([
			['limit', { limit: 3 }],
			['name', { name: '={{ "Other " + $json.name }}' }],
		])('gives a retry what was started, also with another %s', async (_what, changed) => {
			use.sandbox.inject(onStart({ fault: 'status', status: 403, message: 'Credits', after: 2 }));
			const items = [{ name: 'One' }, { name: 'Two' }, { name: 'Three' }];
			const first = await beginOperation(use.sandbox, `${resource}.start`, { parameters, items });
			const failed = await first.result;
			const all = { ...parameters, ...changed };
			const { output } = await start({
				...{ items, parameters: changed },
				settings: {
					mode: 'retry',
					resume: resumableWith(failed, {
						parameters: { resource, operation: 'start', ...all },
					}),
				},
			});
			expect(output).toHaveLength(3);
			expect(starts()).toHaveLength(4);
			expect(output.map(({ id }) => id)).not.toContain(null);
		});

		it('starts nothing for an AI agent that renames what may have been started', async () => {
			use.sandbox.inject(onStart({ fault: 'resetAfterDelivery' }));
			const first = await beginOperation(use.sandbox, `${resource}.start`, {
				...{ parameters, asTool: true },
			});
			const failed = await first.result;
			const changed = { resource, operation: 'start', ...parameters, name: 'Another name' };
			const { error } = await start({
				...{ asTool: true, parameters: { name: 'Another name' } },
				settings: { resume: resumableWith(failed, { parameters: changed }) },
			});
			expect(error?.message).toMatch(new RegExp(`^${opening} may have been started: `));
			expect(error?.message).toMatch(/Do not start it again/);
			expect(starts()).toHaveLength(1);
		});

		it.each([
			[{ id: 'job_1', status: 'pending', error: 'Only 3 credits left' }, 'Only 3 credits left'],
			[{ id: 'job_1', status: 'failed', error_message: 'No provider' }, 'No provider'],
		])('keeps the ID where the answer also names an error: %j', async (reply, text) => {
			const onError = 'continueErrorOutput';
			const { result } = await withAnswer(
				reply,
				async (settings) => await start({ settings, onError }),
			);
			expect(result.failed).toEqual([]);
			expect(result.output).toMatchObject([{ id: 'job_1', error_message: text }]);
			expect(result.output[0]).not.toHaveProperty('error');
		});

		it('does not know whether it was started where the answer says no, but has an ID', async () => {
			const answer = { success: false, id: 'job_1' };
			const { result } = await withAnswer(answer, async (settings) => await start({ settings }));
			expect(result.error?.message).toMatch(new RegExp(`^${opening} may have been started: `));
		});

		describe('that waits for completion', () => {
			const waiting = { waitForCompletion: true };
			beforeEach(() => (use.sandbox.quirks.jobPolls = 1));

			it('outputs each person found, for the item that started it, as Get Results does', async () => {
				const { output, pairing, hints } = await start({ parameters: waiting });
				expect(output).toHaveLength(5);
				expect(pairing).toEqual([0, 0, 0, 0, 0]);
				expect(hints).toEqual([
					expect.stringMatching(/_1\. To read them again for free, use Lead \w+: Get Results/),
				]);
				expectSchema(`${resource}.getResults`, output);
			});

			it('outputs all fields of each person, if it is not simplified', async () => {
				const { output } = await start({ parameters: { ...waiting, simple: false } });
				expect(output[0]).toMatchObject({ full_name: expect.any(String) });
			});

			it('outputs the fields that it names to an AI agent, which must name one', async () => {
				const selected = { ...waiting, output: 'selectedFields', outputFields: '={{ "" }}' };
				const { error } = await start({ asTool: true, parameters: selected });
				expect(error?.message).toMatch(/not started: the field Fields is empty/);
				expect(starts()).toHaveLength(0);
				const parameters = { ...selected, outputFields: 'full_name' };
				const { output } = await start({ asTool: true, parameters });
				expect(output).toHaveLength(5);
				expect(Object.keys(output[0])).toEqual(['full_name']);
			});

			it('outputs the status, if that is wanted', async () => {
				const { output } = await start({ parameters: { ...waiting, completedOutput: 'status' } });
				expect(output).toMatchObject([{ isDone: true, id: expect.any(String) }]);
			});

			it('goes on after a first look at the status that fails', async () => {
				const rule = { fault: 'status', status: 503, message: 'Later', times: 3 } as const;
				use.sandbox.inject({ ...rule, path, method: 'GET' });
				const { output } = await start({ parameters: waiting });
				expect(output).toHaveLength(5);
				expect(starts()).toHaveLength(1);
			});

			it('outputs what it can get, and how to get the rest, where SendPilot gives out no more', async () => {
				use.sandbox.inject({
					...{ fault: 'status', status: 400, message: 'offset must not be greater than 100' },
					...{ path, method: 'GET', after: 2, times: Infinity },
				});
				const { output, hints } = await start({ parameters: { ...waiting, limit: 150 } });
				expect(output).toHaveLength(100);
				expect(hints.slice(0, 1)).toEqual([
					expect.stringMatching(
						/^There may be more than these 100 people of the \w+ \w+_1: .* Use [\w ]+: Get Results\. If that does not help, start \w+ that find fewer people\.$/,
					),
				]);
			});

			it('says that it has completed, where only its results cannot be read', async () => {
				use.sandbox.inject({
					...{ fault: 'status', status: 403, message: 'No', times: Infinity },
					...{ path, method: 'GET', after: 1 },
				});
				const { output, hints } = await start({ parameters: waiting });
				expect(output).toMatchObject([{ success: true, id: expect.any(String), isDone: true }]);
				expect(hints).toEqual([
					expect.stringMatching(
						/ has completed, .*Do not start it again: use Lead \w+: Get Results/,
					),
				]);
			});

			it('never loses the ID of what it cannot follow', async () => {
				use.sandbox.inject({
					...{ fault: 'status', status: 403, message: 'No', times: Infinity },
					...{ path, method: 'GET' },
				});
				const { output } = await start({ parameters: waiting });
				expect(output).toMatchObject([{ success: true, id: expect.any(String), isDone: false }]);
			});

			it('says of several which one failed, and which must not be started again', async () => {
				const items = [{ name: 'One' }, { name: 'To fail' }, { name: 'Three' }];
				const { error } = await start({ items, parameters: waiting });
				expect(error).toMatchObject({
					itemIndex: 1,
					message: expect.stringMatching(/ failed: /),
					description: expect.stringMatching(/2 more started in this run, .*_1, \w+_3\.$/),
				});
				expect(starts()).toHaveLength(3);
			});

			it('says that a job has failed, with its ID', async () => {
				const { error } = await start({ parameters: { ...waiting, name: 'To fail' } });
				expect(error?.message).toMatch(/failed/);
				expect(starts()).toHaveLength(1);
			});
		});

		it.each<[string, INodeParameters, RegExp]>([
			['no name', { name: '={{ "" }}' }, /the field Name is empty/],
			['a limit of 0', { limit: 0 }, /Limit must be a whole number/],
			['no limit', { limit: '={{ $json.limit }}' }, /the field Limit is empty/],
			['an empty limit', { limit: '={{ "" }}' }, /the field Limit is empty/],
			['a limit that is null', { limit: '={{ null }}' }, /the field Limit is empty/],
			['a wait of 0', { waitForCompletion: true, maxWait: 0 }, /Max Wait .*, 1 to 1440/],
			[
				'a wait that is no number',
				{ waitForCompletion: true, maxWait: '={{ "soon" }}' },
				/Max Wait .*, 1 to 1440/,
			],
			[
				'an output that there is not',
				{ waitForCompletion: true, completedOutput: '={{ "everything" }}' },
				/there is no When Completed, Output "everything"/,
			],
		])('refuses %s before it calls', async (_what, parameters, message) => {
			const { error } = await start({ parameters });
			expect(error?.message).toMatch(new RegExp(`^${opening} not started: `));
			expect(error?.message).toMatch(message);
			expect(use.sandbox.requests).toEqual([]);
		});
	});
}
