import { waitForJob } from '../../../nodes/SendPilot/job/wait';
import { EXTRACTION, SEARCH } from '../../../nodes/SendPilot/job/kinds';
import type { ItemRun } from '../../../nodes/shared/itemOperation';
import type { JobStatus } from '../../../sendpilot/job';
import { SendPilotError, type Problem } from '../../../sendpilot/problem';

const SECOND = 1_000;
const RUNNING: JobStatus = {
	id: 'search_1',
	status: 'processing',
	progress: { percent_complete: 40 },
};
const COMPLETED: JobStatus = { id: 'search_1', status: 'completed' };

/** Waits for a job whose further looks bring these, and the last of them for good. */
async function wait(
	looks: Array<JobStatus | Problem>,
	{ waits = true, maxWait = 10, cancelAtPause = Infinity, first = RUNNING, kind = SEARCH } = {},
) {
	let now = 0;
	let looksMade = 0;
	const pauses: number[] = [];
	const hints: string[] = [];
	const item = {
		api: { now: () => now },
		fields: { isOn: () => waits, number: () => maxWait },
		context: { addExecutionHints: ({ message }: { message: string }) => hints.push(message) },
		pause: async (ms: number) => {
			pauses.push(ms / SECOND);
			now += ms;
		},
		isCancelled: () => pauses.length >= cancelAtPause,
	} as unknown as ItemRun;
	const job = await waitForJob(kind, item, first, async () => {
		const look = looks[Math.min(looksMade++, looks.length - 1)];
		if ('reason' in look) throw new SendPilotError(look);
		return look;
	});
	return { job, pauses, hints, seconds: now / SECOND };
}

describe('waiting for a job', () => {
	it('does not happen unless it is wanted, nor for a job that has ended', async () => {
		expect(await wait([], { waits: false })).toMatchObject({ job: RUNNING, pauses: [] });
		expect(await wait([], { first: COMPLETED })).toMatchObject({ job: COMPLETED, pauses: [] });
	});

	it('looks less and less often, at least once a minute', async () => {
		const { job, pauses, hints } = await wait([...Array(12).fill(RUNNING), COMPLETED]);
		expect(job).toBe(COMPLETED);
		expect(hints).toEqual([]);
		expect(pauses.slice(0, 4)).toEqual([2, 3, 4.5, 6.75]);
		expect(pauses.slice(-3)).toEqual([60, 60, 60]);
		expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
	});

	it.each([
		[1, '1 minute'],
		[10, '10 minutes'],
	])(
		'of %i minutes ends on time with the job as it is, and says how to go on',
		async (maxWait, time) => {
			const { job, seconds, hints } = await wait([RUNNING], { maxWait });
			expect(job).toBe(RUNNING);
			expect(seconds).toBe(maxWait * 60);
			expect(hints).toEqual([
				`After ${time}, the search search_1 is processing (40 %). It goes on in SendPilot; don't start it again. Run Lead Search: Get with this ID later and, once it has completed, Get Results, or use a SendPilot Trigger with the event Lead Database Search Completed.`,
			]);
		},
	);

	it('looks once more when the time is up', async () => {
		const { job } = await wait([RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, COMPLETED], {
			maxWait: 1,
		});
		expect(job).toBe(COMPLETED);
	});

	it('goes on for a status that it does not know', async () => {
		const odd = { id: 'search_1', status: 'queued' };
		expect(await wait([odd, COMPLETED])).toMatchObject({ job: COMPLETED, pauses: [2, 3] });
		const { hints } = await wait([{ id: 'search_1', status: null }]);
		expect(hints).toMatchObject([expect.stringContaining('is in an unknown status')]);
	});

	it.each(['COMPLETED', 'FINISHED', 'finished'])('knows that %s is the end', async (status) => {
		expect((await wait([{ id: 'search_1', status }])).job.status).toBe(status);
	});

	it.each<Problem['reason']>(['serverError', 'timeout', 'lost', 'unreachable', 'rateLimited'])(
		'goes on after %s, because the job is still there',
		async (reason) => {
			const { job, pauses } = await wait([{ reason, said: [] }, COMPLETED]);
			expect(job).toBe(COMPLETED);
			expect(pauses).toEqual([2, 3]);
		},
	);

	it('does not lose the ID to a problem that stays until the time is up', async () => {
		const { job, hints } = await wait([{ reason: 'serverError', said: [] }], { maxWait: 1 });
		expect(job).toBe(RUNNING);
		expect(hints).toHaveLength(1);
	});

	it('waits as long as SendPilot asks it to, within its time', async () => {
		const limited = (seconds: number): Problem => ({
			...{ reason: 'rateLimited', said: [], retryAfterMs: seconds * SECOND },
		});
		expect((await wait([limited(90), COMPLETED])).pauses).toEqual([2, 90]);
		expect(await wait([limited(900), COMPLETED])).toMatchObject({ pauses: [2, 598], seconds: 600 });
	});

	it.each<Problem['reason']>(['unauthorized', 'forbidden', 'notFound', 'unreadable'])(
		'ends with %s, which does not pass',
		async (reason) => {
			await expect(wait([RUNNING, { reason, said: [] }])).rejects.toMatchObject({
				problem: { reason },
			});
		},
	);

	it('ends when the execution is cancelled, without a further look', async () => {
		const { job, pauses, hints } = await wait([COMPLETED], { cancelAtPause: 1 });
		expect([job, pauses, hints]).toEqual([RUNNING, [2], []]);
	});

	it.each([
		[{ error_message: 'Provider down.' }, 'the search search_1 failed: Provider down'],
		[{ error: 'Provider down' }, 'the search search_1 failed: Provider down'],
		[{ error_message: null }, 'the search search_1 failed: SendPilot does not say why'],
	])('ends with an error where the job fails: %j', async (text, what) => {
		for (const status of ['failed', 'FAILED', 'error']) {
			const failed = { id: 'search_1', status, ...text };
			await expect(wait([RUNNING, failed])).rejects.toMatchObject({
				...{ what, about: { reason: 'jobFailed' } },
			});
		}
	});

	it('speaks of extractions in their words', async () => {
		const { hints } = await wait([RUNNING], { kind: EXTRACTION });
		expect(hints).toMatchObject([
			expect.stringMatching(/Lead Extraction: Get .* event Lead Extractor Job Completed/),
		]);
	});
});
