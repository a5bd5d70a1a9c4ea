import { N8nClient } from '../../editor/client';

it('is there', async () => {
	const client = new N8nClient(process.env.E2E_N8N_URL!);
	await client.signIn();
	const result = await client.testCredential('sendPilotApi', {
		apiKey: 'x',
		baseUrl: 'http://127.0.0.1:9',
	});
	expect(result.status).toBe('Error');
});
