import {
	errorOf,
	jsonOf,
	people,
	run,
	toProfile,
	useSandbox,
	withAnswer,
	type NodeSettings,
} from './support';

const use = useSandbox();
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

/** A SendPilot that gives the same reply to every send, whatever it is. */
describe('a reply in a form that the sandbox does not send', () => {
	let calls: number;

	async function sendOne(answer: unknown, node: NodeSettings = {}) {
		const parameters = toProfile({ safety: { checkInbox: false } });
		const sent = await withAnswer(
			answer,
			async (settings) => await run(use.sandbox, people(1), { parameters, ...node }, settings),
		);
		({ calls } = sent);
		return sent.result;
	}

	it('may say queued', async () => {
		const finished = await sendOne({ success: true, messageId: 'msg_1', status: 'queued' });
		expect(jsonOf(finished)).toEqual([
			expect.objectContaining({ success: true, status: 'queued' }),
		]);
	});

	it('may include the conversation, and more than is documented', async () => {
		const finished = await sendOne({
			success: true,
			messageId: 'conv_1',
			conversationId: 'conv_1',
			quota: { left: 7 },
		});
		const [item] = jsonOf(finished);
		expect(item).toMatchObject({ messageId: 'conv_1', conversationId: 'conv_1' });
		expect(item).not.toHaveProperty('quota');
	});

	it.each(['', 'None', 0, true, { code: 7 }])(
		'may hold a field named error (%j), over which n8n does not send again',
		async (error) => {
			const finished = await sendOne({ success: true, messageId: 'msg_1', error }, RETRY);
			expect(calls).toBe(1);
			expect(errorOf(finished)).toBeUndefined();
			expect(jsonOf(finished)).toHaveLength(1);
			expect(jsonOf(finished)[0]).not.toHaveProperty('error');
		},
	);

	it.each([
		{ success: false, status: 'sent', messageId: 'msg_1' },
		{ status: 'failed' },
		{ ok: true },
		{ statusCode: 500, message: 'Internal server error' },
	])('that proves nothing (%j) leaves it open, and is not asked for again', async (answer) => {
		const finished = await sendOne(answer, RETRY);
		expect(calls).toBe(1);
		expect(errorOf(finished)?.message).toMatch(/^Message may have been sent/);
	});
});
