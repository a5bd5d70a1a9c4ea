import { ApiError } from './errors';

/** The key that is accepted by default. */
export const DEFAULT_KEY = 'sp_sandbox_key';

/** The key of a workspace whose plan does not include the API. */
export const NO_PLAN_KEY = 'sp_sandbox_no_plan';

/** The result of checking the `X-API-Key` header. The key itself is never stored. */
export type KeyStatus = 'right' | 'wrong' | 'absent' | 'noPlan';

/** Compares a request's `X-API-Key` with the accepted key. */
export function keyStatus(given: string | string[] | undefined, right: string): KeyStatus {
	if (given === undefined || given === '') return 'absent';
	if (given === right) return 'right';
	return given === NO_PLAN_KEY ? 'noPlan' : 'wrong';
}

/** @throws ApiError 401 or 403 for any key but the right one; the wording is ours */
export function requireKey(status: KeyStatus): void {
	if (status === 'absent') throw new ApiError(401, 'API key is missing');
	if (status === 'wrong') throw new ApiError(401, 'Invalid API key');
	if (status === 'noPlan') {
		throw new ApiError(403, 'API access requires a plan that includes it: upgrade this workspace');
	}
}
