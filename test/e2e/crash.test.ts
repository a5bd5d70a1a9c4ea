import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, type Execution } from '../../editor/client';
import { CURRENT_N8N, installN8n } from '../../editor/install';
import { addPackage, startN8n, type RunningN8n } from '../../editor/start';
import { deliveredTo, people, SEND, sendBodies, toProfile } from '../support';
import {
	beginLive,
	deliver,
	furnish,
	makeLine,
	openLine,
	startedBy,
	until,
	untilLive,
	type Line,
	type Place,
} from './support';

const PEOPLE = 100;
const EVENT = { eventType: 'reply.received', eventId: 'evt_before_the_crash' };

/** What `kill -9` leaves of an n8n in the middle of 100 messages, and what it shows when it is back. */
describe('after a crash in the middle of 100 messages', () => {
	const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-crash-'));
	let n8n: RunningN8n;
	let place: Place;
	let line: Line;
	let crashed: Execution;
	/** To whom messages had gone out when n8n was killed. */
	let before: string[];

	beforeAll(async () => {
		addPackage(home);
		const installed = await installN8n(CURRENT_N8N, console.log);
		n8n = await startN8n(installed, { home });
		place = await furnish(await clientOf(n8n), { webhookRetrySeconds: [] });
		const { sandbox } = place;

		line = await makeLine(place);
		await openLine(place, line, { events: [EVENT.eventType] });
		await deliver(place, EVENT);

		sandbox.seed.senders[0].dailyMessageLimit = 2 * PEOPLE;
		const { id } = await beginLive(place, people(PEOPLE), { parameters: toProfile() });
		await until('the middle', () => sandbox.delivered.length >= PEOPLE / 3);
		await n8n.kill();
		await until('the end of the last call', () =>
			sandbox.requests.every(({ endedAt }) => endedAt !== undefined),
		);
		before = deliveredTo(sandbox);

		n8n = await startN8n(installed, { home, port: Number(new URL(n8n.url).port) });
		place.client = await clientOf(n8n);
		crashed = await place.client.finished(id);
	});

	afterAll(async () => {
		await n8n?.stop();
		await place?.sandbox.stop();
		rmSync(home, { recursive: true, force: true });
	});

	it('n8n shows the execution as crashed, at the node that was sending', () => {
		expect(crashed.status).toBe('crashed');
		const { error, lastNodeExecuted } = crashed.data.resultData;
		expect(error?.message).toBe('Workflow did not finish, possible out-of-memory issue');
		expect(lastNodeExecuted).toBe(SEND);
	});

	it('n8n sends nothing more by itself, and nobody has got a message twice', () => {
		expect(deliveredTo(place.sandbox)).toEqual(before);
		expect(new Set(before).size).toBe(before.length);
		expect(before.length).toBeLessThan(PEOPLE);
	});

	it('an event of before the crash starts no second execution', async () => {
		await untilLive(line);
		expect(await deliver(place, EVENT)).toEqual([200]);
		expect(await startedBy(place, line)).toHaveLength(1);
	});

	// What no node can help with its context alone: docs/reliability.md tells people not to do this.
	it('a retry of the crashed execution begins anew, with those who have got it too', async () => {
		const calls = sendBodies(place.sandbox).length;
		const retried = await place.client.retry(crashed.id, 'original');
		expect(retried.status).toBe('success');
		expect(sendBodies(place.sandbox)).toHaveLength(calls + PEOPLE);
		expect(deliveredTo(place.sandbox)).toHaveLength(before.length + PEOPLE);
	});
});

async function clientOf({ url }: RunningN8n): Promise<N8nClient> {
	const client = new N8nClient(url);
	await client.signIn();
	return client;
}
