import { z } from 'zod';
import { optionalList, optionalNumber, optionalObject, optionalText } from './fields';

/** Reads the credits of the workspace. */
export const CREDITS_PATH = '/v1/credits';

/** Reads what belongs to the API key: itself, its workspace and subscription. */
export const WORKSPACE_PATH = '/v1/me';

/** The scope that {@link WORKSPACE_PATH} needs. */
export const WORKSPACE_SCOPE = 'workspace:read';

const currentCredits = z
	.object({
		/** What can be spent now: subscription and purchased credits together. */
		available: z.number(),
		/** Left of this billing cycle; reset in each. */
		subscription: optionalNumber,
		/** Never expire. */
		purchased: optionalNumber,
		/** In this billing cycle. */
		used: optionalNumber,
		/** ISO 8601; null without a subscription or licence. */
		nextResetDate: optionalText,
	})
	.passthrough();

const oldCredits = z.object({
	globalCredits: z
		.object({ balance: optionalNumber, used: optionalNumber, remaining: z.number() })
		.passthrough(),
	leadDatabase: z
		.object({ quota: optionalNumber, used: optionalNumber, remaining: optionalNumber })
		.passthrough()
		.nullish()
		.catch(undefined),
});

/**
 * The reply of `GET /v1/credits` in its current names. The older reply knows only what is left and used, and
 * a quota of its own for the lead database, which passes as `leadDatabase`.
 */
export const credits = z.union([
	currentCredits,
	oldCredits.transform(
		({ globalCredits, leadDatabase }): z.infer<typeof currentCredits> => ({
			available: globalCredits.remaining,
			used: globalCredits.used,
			...(leadDatabase && { leadDatabase }),
		}),
	),
]);

/** See {@link credits}. */
export type Credits = z.infer<typeof credits>;

/** The reply of `GET /v1/me`; the names inside of its parts are not documented, so everything passes. */
export const workspace = z
	.object({
		apiKey: optionalObject,
		workspace: optionalObject,
		subscription: optionalObject,
		/** The scopes that the key lacks. */
		missingScopes: optionalList,
	})
	.passthrough();

/** See {@link workspace}. */
export type Workspace = z.infer<typeof workspace>;
