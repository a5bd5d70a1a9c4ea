import {
	begin,
	crashed,
	deliveredTo,
	errorOf,
	jsonOf,
	killedWhen,
	people,
	personUrl,
	run,
	startN8n,
	toProfile,
	useSandbox,
	type NodeSettings,
} from '../support';

const use = useSandbox();
const CONTINUE: NodeSettings = { onError: 'continueRegularOutput', parameters: toProfile() };
const to = (index: number, sender: string) => ({ url: personUrl(index), sender });

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
	it('has the retry of an execution that it made forget send nothing', async () => {
		const n8n = await startN8n(use.database);
		let calls = 0;
		const killed = killedWhen(n8n, (step) => step === 'callSent' && ++calls === 20);
		const running = await begin(use.sandbox, people(30), CONTINUE, { n8n, mode: 'trigger' });
		await killed;
		const forgetting = { ...CONTINUE, parameters: toProfile({ safety: { forgetHistory: true } }) };
		await run(use.sandbox, [to(99, 'sender_alex')], forgetting);
		const before = deliveredTo(use.sandbox).length;
		const resume = crashed(running);
		const retried = await run(use.sandbox, people(30), CONTINUE, { mode: 'retry', resume });
		expect(deliveredTo(use.sandbox)).toHaveLength(before);
		const reasons = jsonOf(retried).map(({ details }) => Object(details).reason as string);
		expect(new Set(reasons)).toEqual(new Set(['forgotten']));
	});

	it('says at the output that it is on, and what went wrong if it fails', async () => {
		const forgetting = { parameters: toProfile({ safety: { forgetHistory: true } }) };
		const finished = await run(use.sandbox, people(1), forgetting);
		const { hints } = finished.data.resultData.runData.Send[0];
		expect(hints?.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Forget History is on: /),
		]);
		use.database.processedData.failNext(1, new Error('disk full'));
		const failed = await run(use.sandbox, people(1), forgetting);
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
