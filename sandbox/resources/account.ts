import type { FastifyInstance } from 'fastify';
import { CREDITS_PATH, WORKSPACE_PATH } from '../../sendpilot/contract/account';
import { availableOf } from '../jobs';
import type { ApiParts } from '../parts';
import { WORKSPACE_ID } from '../webhooks/payloads';

/** Adds the calls about the account. */
export function addAccountRoutes(app: FastifyInstance, { store, generation }: ApiParts): void {
	const { credits } = store.seed;

	app.get(CREDITS_PATH, () => {
		const { subscription, purchased, used } = credits;
		const available = availableOf(credits);
		return generation === 'docs'
			? {
					globalCredits: { balance: available + used, used, remaining: available },
					leadDatabase: { quota: available + used, used, remaining: available },
				}
			: { available, subscription, purchased, used, nextResetDate: firstOfNextMonth() };
	});

	// What is inside is not documented. It may contain the key, which nobody must see.
	app.get(WORKSPACE_PATH, ({ headers }) => ({
		apiKey: {
			...{ name: 'Sandbox', key: headers['x-api-key'] },
			...{ scopes: ['*'], expiresAt: null, rateLimit: { perMinute: 60 } },
		},
		workspace: { id: WORKSPACE_ID, name: 'Sandbox' },
		subscription: { plan: 'Team', status: 'active' },
		missingScopes: [],
	}));
}

function firstOfNextMonth(): string {
	const now = new Date();
	return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString();
}
