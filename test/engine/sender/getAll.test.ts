import { expectSchema, runOperation } from '../sendPilot';
import { useSandbox } from '../support';

describe.each(['live', 'docs'] as const)('Sender → Get Many (%s)', (generation) => {
	const use = useSandbox({ generation });

	it('outputs each sender, with its address under one name', async () => {
		const { output } = await runOperation(use.sandbox, 'sender.getAll', {
			parameters: { returnAll: true },
		});
		expect(output.map(({ id, linkedinUrl }) => ({ id, linkedinUrl }))).toEqual(
			use.sandbox.seed.senders.map(({ id, linkedinUrl }) => ({ id, linkedinUrl })),
		);
		expect(output[0]).not.toHaveProperty('profileUrl');
	});
});

describe('Sender → Get Many', () => {
	const use = useSandbox();

	it('shows what each sender has left', async () => {
		use.sandbox.seed.senders[0].messagesSentToday = 40;
		const { output } = await runOperation(use.sandbox, 'sender.getAll');
		expect(output[0]).toMatchObject({ id: 'sender_alex', remainingMessages: 60 });
		expect(use.sandbox.requests).toHaveLength(1);
		const fields = new Set(output.flatMap((sender) => Object.keys(sender)));
		expect(fields).toContain('dailyMessageLimit');
	});

	it.each([
		[{ limit: 2 }, ['sender_alex', 'sender_bianca']],
		[{ filters: { status: 'disconnected' } }, ['sender_dora']],
		[{ filters: { status: 'rate_limited' } }, []],
	])('with %j outputs %j', async (parameters, ids) => {
		const { output } = await runOperation(use.sandbox, 'sender.getAll', { parameters });
		expect(output.map(({ id }) => id)).toEqual(ids);
	});

	it('outputs what the schema shows', async () => {
		const { output } = await runOperation(use.sandbox, 'sender.getAll', {
			parameters: { limit: 1 },
		});
		const { id, name, linkedinUrl, status, dailyMessageLimit, ...rest } = output[0];
		const { messagesSentToday, remainingMessages } = rest;
		expectSchema('sender.getAll', [
			{
				...{ id, name, linkedinUrl, status, dailyMessageLimit },
				...{ messagesSentToday, remainingMessages },
			},
		]);
	});
});
