import { DELIVERY_RETRY_SECONDS } from '../../../sendpilot/contract/event';
import { type Sandbox, startSandbox } from '../../../sandbox';
import { Receiver, until, useReceiver, useSandbox } from './helpers';

const register = ({ webhooks }: Sandbox, url: string) =>
	webhooks.register({ url, secret: 'c2VjcmV0', scheme: 'svix' });

describe('delivery of webhooks', () => {
	const sandbox = useSandbox({ webhookRetrySeconds: [0.01, 0.02], webhookTimeoutSeconds: 2 });
	const receiver = useReceiver();

	async function outcomes(): Promise<Array<number | string | undefined>> {
		register(sandbox(), receiver.url);
		sandbox().webhooks.emit('reply.received');
		await sandbox().webhooks.settled();
		return sandbox().webhooks.log.map(({ status, error }) => status ?? error);
	}

	it.each([200, 201, 202, 204])('ends with the first %i', async (status) => {
		receiver.answers(status);
		expect(await outcomes()).toEqual([status]);
	});

	it.each([301, 302, 307, 400, 401, 404, 410, 500, 503])('tries again after %i', async (status) => {
		receiver.answers(status);
		expect(await outcomes()).toEqual([status, 204]);
		expect(receiver.received.map(({ url }) => url)).toEqual(['/', '/']);
	});

	it('tries again if no answer arrives in time', async () => {
		receiver.answers('never');
		expect(await outcomes()).toEqual(['no answer within 2 s', 204]);
	});

	it('tries again if nothing listens', async () => {
		const gone = new Receiver();
		await gone.start();
		await gone.stop();
		register(sandbox(), gone.url);
		sandbox().webhooks.emit('reply.received');
		await sandbox().webhooks.settled();
		expect(sandbox().webhooks.log).toMatchObject(
			[1, 2, 3].map((attempt) => ({ url: gone.url, attempt, error: 'ECONNREFUSED' })),
		);
	});

	it('gives up after the last wait', async () => {
		receiver.answers(500, 500, 500, 204);
		expect(await outcomes()).toEqual([500, 500, 500]);
	});

	it('waits as long as configured before each attempt', async () => {
		receiver.answers(500, 500);
		await outcomes();
		const [first, second, third] = sandbox().webhooks.log.map(({ at }) => at);
		// A timer may be early by the rounding of the clock.
		expect(second! - first!).toBeGreaterThanOrEqual(10 - 1);
		expect(third! - second!).toBeGreaterThanOrEqual(20 - 1);
	});

	it('sends the same body and id in every attempt', async () => {
		receiver.answers(500, 500);
		await outcomes();
		const same = receiver.received.map(({ headers, body }) => [headers['svix-id'], body]);
		expect(same).toEqual([same[0], same[0], same[0]]);
		const { eventId } = JSON.parse(receiver.received[0]!.body);
		expect(sandbox().webhooks.log).toEqual(
			[1, 2, 3].map((attempt) => ({
				eventId,
				eventType: 'reply.received',
				url: receiver.url,
				attempt,
				at: expect.any(Number),
				status: attempt === 3 ? 204 : 500,
			})),
		);
	});

	it('to one URL does not wait for another', async () => {
		register(sandbox(), `${receiver.url}/slow`);
		register(sandbox(), `${receiver.url}/fast`);
		receiver.answers(500, 204);
		sandbox().webhooks.emit('reply.received');
		await sandbox().webhooks.settled();
		expect(receiver.received).toHaveLength(3);
	});

	it('is aborted by a reset', async () => {
		register(sandbox(), receiver.url);
		receiver.answers('never');
		sandbox().webhooks.emit('reply.received');
		sandbox().reset();
		await sandbox().webhooks.settled();
		expect(sandbox().webhooks.log).toEqual([]);
	});
});

describe('a sandbox with SendPilot’s own retry times', () => {
	const receiver = useReceiver();

	it('waits for seconds, and stops waiting when it is stopped', async () => {
		expect(DELIVERY_RETRY_SECONDS[0]).toBe(5);
		const sandbox = await startSandbox();
		register(sandbox, receiver.url);
		receiver.answers(500);
		sandbox.webhooks.emit('reply.received');
		await until(() => sandbox.webhooks.log.length > 0);
		await sandbox.stop();
		await sandbox.webhooks.settled();
		expect(sandbox.webhooks.log).toMatchObject([{ attempt: 1, status: 500 }]);
		sandbox.webhooks.emit('reply.received');
		await sandbox.webhooks.settled();
		expect(receiver.received).toHaveLength(1);
	});
});
