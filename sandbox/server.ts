import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { CONNECT_PATH } from '../sendpilot/contract/connectionRequest';
import { SEND_PATH } from '../sendpilot/contract/message';
import { requireKey, keyStatus } from './apiKey';
import { addBodyParser, BODY_LIMIT } from './body';
import { addConnectRoute } from './connect';
import { CONTROL_PREFIX } from './control';
import { ApiError, errorAnswer, INTERNAL_ERROR } from './errors';
import { addFaultHooks, type HeldRequests } from './faultHooks';
import type { Faults } from './faults';
import { targetOf } from './faultTarget';
import type { ApiParts } from './parts';
import { addAccountRoutes } from './resources/account';
import { addCampaignRoutes } from './resources/campaigns';
import { addConversationRoutes } from './resources/conversations';
import { addLeadExtractionRoutes } from './resources/leadExtractions';
import { addLeadRoutes } from './resources/leads';
import { addLeadSearchRoutes } from './resources/leadSearches';
import { addSenderRoutes } from './resources/senders';
import { pathOf, type Recorder } from './recorder';
import { addSendRoutes } from './send';

/** What the API is made of. */
export interface ServerParts extends ApiParts {
	recorder: Recorder;
	faults: Faults;
	held: HeldRequests;
	apiKey: string;
	/** Receives what should never happen. */
	log: (line: string) => void;
}

/**
 * Assembles the API. A request passes the recorder, the key check, the body parser, the faults and its
 * route.
 *
 * @returns the server, not yet listening
 */
export function createServer(parts: ServerParts): FastifyInstance {
	const { store, recorder, faults, held } = parts;
	const app = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });

	app.addHook('onRequest', async (request, reply) => {
		if (isControl(request)) return;
		const key = keyStatus(request.headers['x-api-key'], parts.apiKey);
		recorder.begin(request, reply, key);
		// NestJS checks the key in the route, so unknown routes are 404 with any key.
		if (!request.is404) requireKey(key, pathOf(request));
	});
	addBodyParser(app, (request, body) => recorder.addBody(request, body));
	app.addHook('preHandler', async (request, reply) => {
		if (!isSend(request)) return;
		recorder.beginSend(reply, targetOf(request, store).senderId);
	});
	addFaultHooks(app, faults, held, (request) =>
		isControl(request) ? undefined : targetOf(request, store),
	);

	addCampaignRoutes(app, parts);
	addLeadRoutes(app, parts);
	addSenderRoutes(app, parts);
	addConversationRoutes(app, parts);
	addSendRoutes(app, store, parts);
	addConnectRoute(app, parts);
	addLeadSearchRoutes(app, parts);
	addLeadExtractionRoutes(app, parts);
	addAccountRoutes(app, parts);
	addErrorAnswers(app, parts.log);
	return app;
}

function addErrorAnswers(app: FastifyInstance, log: (line: string) => void): void {
	app.setNotFoundHandler((request, reply) =>
		reply.code(404).send(errorAnswer(404, `Cannot ${request.method} ${request.url}`)),
	);
	app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
		if (error instanceof ApiError) return reply.code(error.status).send(error.body());
		if (error instanceof ZodError) return reply.code(400).send(errorAnswer(400, textsOf(error)));
		if (error.statusCode !== undefined && error.statusCode < 500) {
			return reply.code(error.statusCode).send(errorAnswer(error.statusCode, error.message));
		}
		log(`The sandbox itself failed: ${error.stack ?? error.message}`);
		return reply.code(500).send(INTERNAL_ERROR);
	});
}

function textsOf({ issues }: ZodError): string[] {
	return issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
}

function isControl(request: FastifyRequest): boolean {
	return pathOf(request).startsWith(`${CONTROL_PREFIX}/`);
}

function isSend(request: FastifyRequest): boolean {
	const path = pathOf(request);
	return request.method === 'POST' && (path.startsWith(SEND_PATH) || path === CONNECT_PATH);
}
