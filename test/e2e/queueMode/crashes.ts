import { until } from '../support';
import { Lists, PATIENT, slowDown, type Kind } from './lists';
import type { QueuePlace } from './place';

/** A call takes so long that something can fail meanwhile, in ms. */
const CALL_MS = 100;

const LISTS = [0, 1, 2, 3];
const PEOPLE = 20;

/** When something fails, in people of each list who got their message. */
const PARTWAY = 5;

const NOTHING_WRONG = { twice: 0, falselySent: 0, missing: 0 };

/** What becomes of four executions on two workers if something fails partway through them. */
export function describeCrashes(place: QueuePlace): void {
	async function startPartway(kind?: Kind): Promise<Lists> {
		slowDown(place, CALL_MS);
		const lists = await Lists.create(place, kind);
		await lists.start(LISTS, PEOPLE);
		await lists.untilOut(LISTS.length * PARTWAY);
		return lists;
	}

	afterEach(async () => {
		for (const member of [place.n8n.main, ...place.n8n.workers, ...place.n8n.webhooks]) {
			if (!(await member.isRunning())) await member.start();
		}
	});

	describe.each([
		{ what: 'main is killed', member: 'main', end: 'kill' },
		{ what: 'Redis is killed', member: 'redis', end: 'kill' },
		{ what: 'PostgreSQL is stopped', member: 'postgres', end: 'stop' },
	] as const)('$what and started again', ({ member, end }) => {
		it('the executions go on: nobody is messaged twice, and nobody is left out', async () => {
			const lists = await startPartway();
			await place.n8n[member][end]();
			await place.n8n[member].start();
			const ended = await lists.ended();
			expect(ended.map(({ status }) => status)).toEqual(LISTS.map(() => 'success'));
			expect(lists.countIn(ended)).toMatchObject(NOTHING_WRONG);
		});
	});

	describe.each([
		// n8n fails its executions, and forgets what they were about.
		{ what: 'a worker is killed', kind: 'message', killed: [0], retried: ['error'] },
		{ what: 'a worker is killed', kind: 'invitation', killed: [0], retried: ['error'] },
		// For a moment, n8n shows them as crashed, and can retry them.
		{
			what: 'all workers are killed and started again',
			kind: 'message',
			killed: [0, 1],
			retried: ['error', 'success'],
		},
	] as const)('$what ($kind)', ({ kind, killed, retried }) => {
		it('after a retry, the same lists, started again, reach everybody else, and nobody twice', async () => {
			const lists = await startPartway(kind);
			const { workers } = place.n8n;
			await Promise.all(killed.map(async (worker) => await workers[worker].kill()));
			if (killed.length === workers.length) {
				await Promise.all(workers.map(async (worker) => await worker.start()));
			}
			const failed = (await lists.ended()).filter(({ status }) => status !== 'success');
			expect(failed.length).toBeGreaterThan(0);

			const retries = await Promise.all(
				failed.map(async ({ id }) => await place.client.retry(id, 'original')),
			);
			for (const { status } of retries) expect(retried).toContain(status);

			await lists.start(LISTS, PEOPLE);
			expect(lists.countIn([...(await lists.ended()), ...retries])).toMatchObject(NOTHING_WRONG);
		});
	});

	describe('a worker freezes for longer than it keeps its jobs', () => {
		afterEach(() => place.n8n.workers[0].resume());

		it('n8n fails its executions; the same lists, started again on the other one before it wakes up, reach nobody twice', async () => {
			const lists = await startPartway();
			const [frozen] = place.n8n.workers;
			frozen.pause();
			const failed = (await lists.ended()).filter(({ status }) => status !== 'success');
			expect(failed.length).toBeGreaterThan(0);
			await lists.start(LISTS, PEOPLE);
			const again = await lists.ended();

			frozen.resume();
			await until('the worker to end what it was doing', () => isIdle(frozen.log()), PATIENT);
			// What the frozen worker reports in the end, n8n saves over.
			expect(lists.countIn([...again, ...(await lists.ended())])).toMatchObject(NOTHING_WRONG);
		});
	});
}

/** Whether a worker has ended everything that it began. */
function isIdle(log: string): boolean {
	const count = (pattern: RegExp) => log.match(pattern)?.length ?? 0;
	return count(/Worker started execution/g) <= count(/Worker (finished|errored)/g);
}
