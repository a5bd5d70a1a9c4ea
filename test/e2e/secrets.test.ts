import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { people, toProfile } from '../support';
import { SECRET } from '../triggerSupport';
import { deliver, createTrigger, goLive, run, sharedHome, startedBy, usePlace } from './support';

const API_KEY = 'sp_live_that_nobody_may_see';
const WRONG_KEY = 'sp_live_of_somebody_else';

const place = usePlace({ apiKey: API_KEY, webhookRetrySeconds: [] });

/** The files in n8n's data folder that contain a text: database, logs, journals. */
function filesWith(text: string): string[] {
	const { folder } = sharedHome();
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map(({ parentPath, name }) => join(parentPath, name))
		.filter((file) => readFileSync(file).includes(text));
}

describe('keys and secrets', () => {
	it('appear in no execution and no log of n8n, whatever happens', async () => {
		const { client, sandbox } = place;
		const parameters = toProfile();
		await run(place, people(1), { parameters });

		sandbox.inject({ fault: 'deliveredThen500' });
		await run(place, people(1), { parameters });

		const data = { apiKey: WRONG_KEY, baseUrl: sandbox.url };
		const id = await client.createCredential('Wrong key', 'sendPilotApi', data);
		const credentials = { sendPilotApi: { id, name: 'Wrong key' } };
		await run(place, people(1), { credentials, parameters });
		await run(place, people(1), { credentials, parameters, onError: 'continueErrorOutput' });
		await client.testCredential('sendPilotApi', data);

		const trigger = await createTrigger(place, { options: { includeHeaders: true } });
		await goLive(place, trigger);
		await deliver(place, 'message.sent');
		await deliver(place, 'message.sent', { signature: 'forged' });
		expect(await startedBy(place, trigger)).toHaveLength(1);

		// Proves that the search finds what n8n stores about these executions.
		expect(filesWith('sendPilotHistory')).not.toEqual([]);
		for (const secret of [API_KEY, WRONG_KEY, SECRET, SECRET.replace('whsec_', '')]) {
			expect(filesWith(secret)).toEqual([]);
		}
	});
});
