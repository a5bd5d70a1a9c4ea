import { N8nClient } from '../../../editor/client';
import { CURRENT_N8N, installN8n } from '../../../editor/install';
import { QueueMode } from '../../../editor/queueMode/queueMode';
import { seedInstance, type Place } from '../support';

/** How long it may take to start everything, in ms. */
const START_TIMEOUT_MS = 600_000;

/** n8n in queue mode, and a sandbox that is reset before each test. */
export interface QueuePlace extends Place {
	n8n: QueueMode;
}

/** Starts n8n in queue mode for all tests of a file. */
export function useQueueMode(): QueuePlace {
	const place = {} as QueuePlace;
	beforeAll(async () => {
		const n8n = await QueueMode.start(await installN8n(CURRENT_N8N, console.log));
		place.n8n = n8n;
		const client = new N8nClient(n8n.main.url, n8n.webhooks[0].url);
		await client.signIn();
		Object.assign(place, await seedInstance(client, { webhookRetrySeconds: [] }));
	}, START_TIMEOUT_MS);
	beforeEach(() => {
		place.sandbox.reset();
		// Everybody is messaged by one sender.
		for (const sender of place.sandbox.seed.senders) {
			Object.assign(sender, { dailyMessageLimit: 10_000, dailyInvitationLimit: 10_000 });
		}
	});
	afterAll(async () => {
		await place.sandbox?.stop();
		await place.n8n?.stop();
	});
	return place;
}
