import { STATUS_CODES } from 'node:http';
import type { ErrorBody } from '../sendpilot/contract/error';

/** A refusal, thrown anywhere in the sandbox and answered in SendPilot's (NestJS) shape. */
export class ApiError extends Error {
	/** @param said one text, or one text a faulty field */
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
 * @returns `error` is the reason phrase of the status, absent for a status that has none
 */
export function errorAnswer(status: number, message: string | string[]): ErrorBody {
	const reason = STATUS_CODES[status];
	return { statusCode: status, message, ...(reason !== undefined && { error: reason }) };
}

/** What NestJS says of an exception that nobody foresaw; it gives no reason phrase here. */
export const INTERNAL_ERROR: ErrorBody = { statusCode: 500, message: 'Internal server error' };

/** What NestJS' throttler says when requests come too fast; it gives no reason phrase here. */
export const TOO_MANY_REQUESTS: ErrorBody = {
	statusCode: 429,
	message: 'ThrottlerException: Too Many Requests',
};

/** What a sender hears whose messages of the day are used up. The wording is the sandbox's own. */
export const DAILY_LIMIT_TEXT = 'Daily message limit reached for this LinkedIn account';
