import { STATUS_CODES } from 'node:http';
import type { ErrorBody } from '../sendpilot/contract/error';

/** An error thrown anywhere in the sandbox, and answered in SendPilot's (NestJS) shape. */
export class ApiError extends Error {
	/** @param said one text, or one text per invalid field */
	constructor(
		readonly status: number,
		readonly said: string | string[],
	) {
		super(typeof said === 'string' ? said : said.join('; '));
	}

	/** @returns the body to answer with */
	body(): ErrorBody {
		return errorAnswer(this.status, this.said);
	}
}

/**
 * The documented body of an error.
 *
 * @returns `error` is the reason phrase of the status; absent if the status has none
 */
export function errorAnswer(status: number, message: string | string[]): ErrorBody {
	const reason = STATUS_CODES[status];
	return { statusCode: status, message, ...(reason !== undefined && { error: reason }) };
}

/** NestJS' answer to an unexpected exception; it has no reason phrase. */
export const INTERNAL_ERROR: ErrorBody = { statusCode: 500, message: 'Internal server error' };

/** The answer of NestJS' throttler to too many requests; it has no reason phrase. */
export const TOO_MANY_REQUESTS: ErrorBody = {
	statusCode: 429,
	message: 'ThrottlerException: Too Many Requests',
};

/** The answer once a sender has reached its daily limit. The wording is ours. */
export const DAILY_LIMIT_TEXT = 'Daily message limit reached for this LinkedIn account';

/** The same for invitations. */
export const INVITATION_LIMIT_TEXT = 'Daily invitation limit reached for this LinkedIn account';
