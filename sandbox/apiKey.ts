import { WORKSPACE_PATH, WORKSPACE_SCOPE } from '../sendpilot/contract/account';
import { FILTERS_PATH, FILTERS_SCOPE } from '../sendpilot/contract/leadSearch';
import { QUOTAS_PATH, QUOTAS_SCOPE } from '../sendpilot/contract/sender';
import { ApiError } from './errors';

/** The key that is accepted by default. */
export const DEFAULT_KEY = 'sp_sandbox_key';

/** The key of a workspace whose plan does not include the API. */
export const NO_PLAN_KEY = 'sp_sandbox_no_plan';

/** A key without any of the {@link SCOPES}. */
export const NO_SCOPES_KEY = 'sp_sandbox_no_scopes';

/** The paths that need a scope, and which; those of all others are not known. */
const SCOPES: Readonly<Record<string, string>> = {
	[FILTERS_PATH]: FILTERS_SCOPE,
	[QUOTAS_PATH]: QUOTAS_SCOPE,
	[WORKSPACE_PATH]: WORKSPACE_SCOPE,
};

/** The result of checking the `X-API-Key` header. The key itself is never stored. */
export type KeyStatus = 'right' | 'wrong' | 'absent' | 'noPlan' | 'noScopes';

/** Compares a request's `X-API-Key` with the accepted key. */
export function keyStatus(given: string | string[] | undefined, right: string): KeyStatus {
	if (given === undefined || given === '') return 'absent';
	if (given === right) return 'right';
	if (given === NO_SCOPES_KEY) return 'noScopes';
	return given === NO_PLAN_KEY ? 'noPlan' : 'wrong';
}

/** @throws ApiError 401 or 403 for a key that must not use this path; the wording is ours */
export function requireKey(status: KeyStatus, path: string): void {
	if (status === 'absent') throw new ApiError(401, 'API key is missing');
	if (status === 'wrong') throw new ApiError(401, 'Invalid API key');
	if (status === 'noPlan') {
		throw new ApiError(403, 'API access requires a plan that includes it: upgrade this workspace');
	}
	const scope = SCOPES[path];
	if (status === 'noScopes' && scope !== undefined) {
		throw new ApiError(403, `API key is missing the required scope: ${scope}`);
	}
}
