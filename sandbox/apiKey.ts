import { ApiError } from './errors';

/** The key that is taken unless another one is asked for. */
export const DEFAULT_KEY = 'sp_sandbox_key';

/** The key of a workspace whose plan does not include the API. */
export const NO_PLAN_KEY = 'sp_sandbox_no_plan';

/** What became of the `X-API-Key` header; the key itself is never kept. */
export type KeyStanding = 'right' | 'wrong' | 'absent' | 'noPlan';

/** @returns how a request's `X-API-Key` stands to the key that is taken */
export function keyStatus(given: string | string[] | undefined, right: string): KeyStanding {
	if (given === undefined || given === '') return 'absent';
	if (given === right) return 'right';
	return given === NO_PLAN_KEY ? 'noPlan' : 'wrong';
}

/** @throws ApiError 401 or 403 for any key but the right one; the wording is the sandbox's own */
export function requireKey(standing: KeyStanding): void {
	if (standing === 'absent') throw new ApiError(401, 'API key is missing');
	if (standing === 'wrong') throw new ApiError(401, 'Invalid API key');
	if (standing === 'noPlan') {
		throw new ApiError(403, 'API access needs a plan that includes it: upgrade this workspace');
	}
}
