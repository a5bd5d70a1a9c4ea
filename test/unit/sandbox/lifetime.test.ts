import { createSeed } from '../../../sandbox/seed';
import { startSandbox } from '../../../sandbox';
import { answerOf, call, postJson, send, TO_JANE, until, useReceiver, useSandbox } from './helpers';

const NOAH = 'https://www.linkedin.com/in/noah-berg';

/** Far below any of our timeouts, and far above what stopping takes. */
const PROMPT_MS = 2_000;

describe('a reset', () => {
	const sandbox = useSandbox();
	const receiver = useReceiver();

	it('restores the initial state, in the same lists', async () => {
		const { seed, delivered, requests, webhooks } = sandbox();
		const { senders } = seed;
		webhooks.register({ url: receiver.url, secret: 'x', scheme: 'hex' });
		await send(sandbox(), { ...TO_JANE, senderId: 'sender_casper' });
		await send(sandbox(), { ...TO_JANE, senderId: 'sender_casper' });
		sandbox().inject({ fault: 'lostThen500', times: null });
		seed.leads.pop();
		seed.campaigns[0]!.name = 'Changed';
		sandbox().reset();

		expect(seed).toEqual(createSeed());
		expect(seed.senders).toBe(senders);
		expect([delivered, requests, webhooks.list(), webhooks.log]).toEqual([[], [], [], []]);
		expect(sandbox().peakSends()).toBe(0);
		expect((await send(sandbox(), { ...TO_JANE, senderId: 'sender_casper' })).status).toBe(201);
		expect(delivered).toMatchObject([{ messageId: 'msg_1' }]);
	});

	it('forgets what people have said and were going to do', async () => {
		const { recipientLinkedinUrl: linkedinUrl } = TO_JANE;
		const firstPage = async () =>
			(await answerOf(call(sandbox(), '/v1/inbox/conversations'))).body.conversations;
		const before = await firstPage();
		sandbox().reply({ linkedinUrl, text: 'Yes' });
		sandbox().reply({ linkedinUrl, text: 'No', afterDeliveries: 1 });
		const hook = jest.fn();
		Object.assign(sandbox(), { onDelivered: hook, onInvited: hook });
		sandbox().reset();
		expect(await firstPage()).toEqual(before);

		await send(sandbox(), TO_JANE);
		const toNoah = { senderId: 'sender_alex', recipientLinkedinUrl: NOAH };
		await postJson('/v1/inbox/connect', sandbox(), toNoah);
		expect(sandbox().invited).toHaveLength(1);
		expect(hook).not.toHaveBeenCalled();
		expect((await firstPage())[0].lastMessage.direction).toBe('sent');
	});

	it.each([{ fault: 'hang' }, { fault: 'delay', ms: 60_000 }] as const)(
		'releases waiting requests: %j',
		async (fault) => {
			sandbox().inject(fault);
			const waiting = send(sandbox(), TO_JANE);
			waiting.catch(() => undefined);
			await until(() => sandbox().peakSends() === 1);
			sandbox().reset();
			await expect(waiting).rejects.toThrow('fetch failed');
			expect(sandbox().delivered).toEqual([]);
		},
	);
});

describe('a stop', () => {
	it.each([
		{ fault: 'hang', times: null },
		{ fault: 'hang', times: null, delivered: true },
		{ fault: 'delay', times: null, ms: 60_000 },
	] as const)('is prompt, even with requests in progress: %j', async (fault) => {
		const sandbox = await startSandbox();
		sandbox.inject(fault);
		const waiting = Promise.allSettled([1, 2, 3].map(() => send(sandbox, TO_JANE)));
		await until(() => sandbox.peakSends() === 3);
		const began = Date.now();
		await sandbox.stop();
		expect(Date.now() - began).toBeLessThan(PROMPT_MS);
		expect((await waiting).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
	});

	it('frees the port, keeps the records and may be repeated', async () => {
		const sandbox = await startSandbox();
		await send(sandbox, TO_JANE);
		await sandbox.stop();
		await sandbox.stop();
		await expect(call(sandbox, '/v1/campaigns')).rejects.toThrow('fetch failed');
		expect(sandbox.delivered).toHaveLength(1);
		const next = await startSandbox({ port: Number(new URL(sandbox.url).port) });
		expect(next.url).toBe(sandbox.url);
		await next.stop();
	});

	it('listens on this machine only', async () => {
		const sandbox = await startSandbox();
		expect(new URL(sandbox.url).hostname).toBe('127.0.0.1');
		await sandbox.stop();
	});

	it('fails to start on a port that is in use', async () => {
		const sandbox = await startSandbox();
		const port = Number(new URL(sandbox.url).port);
		await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
		await sandbox.stop();
	});
});
