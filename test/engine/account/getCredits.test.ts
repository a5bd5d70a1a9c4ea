import { expectSchema, runOperation } from '../sendPilot';
import { useSandbox } from '../support';

describe.each(['live', 'docs'] as const)('Account → Get Credits (%s)', (generation) => {
	const use = useSandbox({ generation });

	it('says how many credits there are', async () => {
		Object.assign(use.sandbox.seed.credits, { subscription: 70, purchased: 30, used: 12 });
		const { output } = await runOperation(use.sandbox, 'account.getCredits');
		expect(output).toMatchObject([{ available: 100, used: 12 }]);
	});
});

describe('Account → Get Credits', () => {
	const use = useSandbox();

	it('outputs what the schema shows', async () => {
		expectSchema(
			'account.getCredits',
			(await runOperation(use.sandbox, 'account.getCredits')).output,
		);
	});
});
