import { setTimeout as sleep } from 'node:timers/promises';
import {
	byId,
	changesOf,
	deliveredTo,
	errorOf,
	jsonOf,
	newNode,
	people,
	personUrl,
	SEND,
	sendBodies,
	toProfile,
	workflowWith,
} from '../support';
import { startManually, startLive, firstExecution, run, until, usePlace } from './support';

const place = usePlace();
const everybody = (count: number) => people(count).map((_, index) => personUrl(index));
const parameters = toProfile();

function refuse(person: number, times = 1): void {
	const recipient = `person-${person}`;
	place.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient, times });
}

describe('Retry On Fail', () => {
	const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

	it('sends to nobody twice, and returns the results of all items', async () => {
		refuse(1, 2);
		const execution = await run(place, people(3), { ...RETRY, parameters });
		expect(execution.status).toBe('success');
		expect(deliveredTo(place.sandbox)).toEqual(everybody(3));
		expect(jsonOf(execution).map(({ messageId }) => messageId)).toEqual([
			'msg_1',
			'msg_2',
			'msg_3',
		]);
	});

	it('does not repeat an uncertain message', async () => {
		place.sandbox.inject({ fault: 'deliveredThen500', recipient: 'person-1' });
		const execution = await run(place, people(3), { ...RETRY, parameters });
		expect(errorOf(execution)?.message).toMatch(/^Message may have been sent/);
		expect(sendBodies(place.sandbox)).toHaveLength(2);
	});
});

describe.each([
	{ how: 'started from the editor', start: startManually },
	{ how: 'in an active workflow', start: startLive },
])('a failed execution $how, retried from the list of executions', ({ start }) => {
	it.each(['original', 'saved'] as const)(
		'with the %s workflow, sends what was not sent, and returns the results of all items',
		async (version) => {
			refuse(1);
			const { id } = await start(place, people(3), { parameters });
			expect((await place.client.finished(id)).status).toBe('error');
			expect(deliveredTo(place.sandbox)).toEqual([personUrl(0)]);

			const retried = await place.client.retry(id, version);
			expect(retried).toMatchObject({ status: 'success', mode: 'retry' });
			expect(deliveredTo(place.sandbox)).toEqual(everybody(3));
			expect(jsonOf(retried).map(({ messageId }) => messageId)).toEqual([
				'msg_1',
				'msg_2',
				'msg_3',
			]);
		},
	);
});

describe('a retry from the list of executions', () => {
	it('continues from the previous retry, if that failed too', async () => {
		refuse(1);
		refuse(2);
		const { id } = await startLive(place, people(3), { parameters });
		await place.client.finished(id);
		const first = await place.client.retry(id, 'original');
		expect(first.status).toBe('error');
		const second = await place.client.retry(first.id, 'original');
		expect(second.status).toBe('success');
		expect(deliveredTo(place.sandbox)).toEqual(everybody(3));
	});

	it('knows what an earlier retry of the same execution sent', async () => {
		refuse(1);
		refuse(2);
		const { id } = await startLive(place, people(3), { parameters });
		await place.client.finished(id);
		await place.client.retry(id, 'original');
		await place.client.retry(id, 'original');
		expect(deliveredTo(place.sandbox)).toEqual(everybody(3));
	});

	it('does not repeat an uncertain message', async () => {
		place.sandbox.inject({ fault: 'resetAfterDelivery', recipient: 'person-1' });
		const { id } = await startLive(place, people(3), { parameters });
		await place.client.finished(id);
		const retried = await place.client.retry(id, 'original');
		expect(errorOf(retried)?.message).toMatch(/^Message may have been sent/);
		expect(deliveredTo(place.sandbox)).toEqual(everybody(2));
	});

	it('uses the node as it is saved now, and still sends to nobody twice', async () => {
		refuse(1);
		const { id, workflow } = await startManually(place, people(3), { parameters });
		await place.client.finished(id);
		const [start, send] = workflow.nodes;
		const corrected = { ...send, parameters: { ...send.parameters, message: 'Corrected' } };
		await place.client.saveWorkflow({ ...workflow, nodes: [start, corrected] });

		const retried = await place.client.retry(id, 'saved');
		expect(retried.status).toBe('success');
		expect(
			place.sandbox.delivered.map(({ recipientLinkedinUrl, message }) => [
				recipientLinkedinUrl,
				message,
			]),
		).toEqual([
			[personUrl(0), 'Hello'],
			[personUrl(1), 'Corrected'],
			[personUrl(2), 'Corrected'],
		]);
	});
});

describe.each([
	{ how: 'started from the editor', start: startManually },
	{ how: 'in an active workflow', start: startLive },
])('a cancelled execution $how', ({ start }) => {
	it('makes no further call, and n8n shows it as cancelled', async () => {
		const { client, sandbox } = place;
		sandbox.inject({ fault: 'delay', ms: 60_000, recipient: 'person-1' });
		const { id } = await start(place, people(4), { parameters });
		await until('the second call', () => sendBodies(sandbox).length === 2);
		await client.stopExecution(id);
		expect((await client.finished(id)).status).toBe('canceled');

		await until('the second call to end', () => changesOf(sandbox)[1].endedAt);
		// Enough time for a third call to show up.
		await sleep(500);
		expect(sendBodies(sandbox)).toHaveLength(2);
		expect(deliveredTo(sandbox)).toEqual([personUrl(0)]);
	});
});

/** docs/reliability.md describes these, and what to do instead. */
describe('a retry of an execution whose sub-workflow failed', () => {
	/** Runs a workflow that calls a sub-workflow to send, and waits until both have failed. */
	async function fail(): Promise<{ above: string; below: string }> {
		const { client, credentials } = place;
		const called = newNode({
			id: 'called',
			name: 'Called',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			parameters: { inputSource: 'passthrough' },
		});
		const [, send] = workflowWith([], { credentials, parameters }).nodes;
		const below = await client.createWorkflow({
			name: 'Sub-workflow',
			nodes: [called, send],
			connections: { Called: { main: [[{ node: SEND, type: 'main', index: 0 }]] } },
		});
		await client.activate(below);
		refuse(1);
		const { id } = await startManually(place, people(3), {
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.2,
			parameters: { workflowId: byId(below.id) },
		});
		expect((await client.finished(id)).status).toBe('error');
		return { above: id, below: await firstExecution(client, below) };
	}

	it('sends to nobody twice if the calling execution is retried, whose sub-workflow is a new execution for n8n', async () => {
		const { above } = await fail();
		await place.client.retry(above, 'original');
		expect(deliveredTo(place.sandbox)).toEqual(everybody(3));
	});

	it('sends to nobody twice if the execution of the sub-workflow itself is retried', async () => {
		const { below } = await fail();
		await place.client.retry(below, 'original');
		expect(deliveredTo(place.sandbox)).toEqual(everybody(3));
	});
});
