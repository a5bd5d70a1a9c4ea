import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from './errors';

/** Large enough for job events with many thousands of leads, in bytes. */
export const BODY_LIMIT = 64 * 1024 * 1024;

/**
 * Reads bodies as NestJS on Express does: JSON only. A body of another type counts as missing, so
 * validation then says which fields are missing.
 *
 * @param onBody is called for every body: first with its text, then with its content
 */
export function addBodyParser(
	app: FastifyInstance,
	onBody: (request: FastifyRequest, body: unknown) => void,
): void {
	app.removeAllContentTypeParsers();
	const json = async (request: FastifyRequest, text: string) => {
		onBody(request, text);
		if (text === '') return undefined;
		const body = parsed(text);
		onBody(request, body);
		return body;
	};
	app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, json);
	app.addContentTypeParser('*', async (_request: FastifyRequest, payload: IncomingMessage) => {
		payload.resume();
	});
}

function parsed(raw: string): unknown {
	try {
		return JSON.parse(raw);
	} catch (error) {
		throw new ApiError(400, (error as SyntaxError).message);
	}
}
