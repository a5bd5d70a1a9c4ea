import type { FastifyInstance } from 'fastify';
import { ApiError } from './errors';
import type { FaultRule } from './faultRule';
import type { RecordedRequest } from './recorder';
import type { SandboxSender } from './seed';
import type { DeliveredMessage } from './store';
import { isRecord } from './validation';
import type { DeliveryAttempt } from './webhooks/webhookSender';
import type { EventSpec, Registration } from './webhooks/requests';
import type { ListedWebhook } from './webhooks/webhooks';

/** What other processes and people call the sandbox itself by; no key is needed. */
export const CONTROL_PREFIX = '/_sandbox';

/** What `GET /_sandbox/state` answers. */
export interface SandboxState {
	delivered: readonly DeliveredMessage[];
	requests: readonly RecordedRequest[];
	senders: ReadonlyArray<SandboxSender & { remainingMessages: number }>;
	webhooks: { registered: readonly ListedWebhook[]; log: readonly DeliveryAttempt[] };
}

/** What the control routes can have done; each checks what it is given and throws a ZodError. */
export interface Controls {
	state(): SandboxState;
	reset(): void;
	inject(rule: FaultRule): void;
	register(webhook: Registration): void;
	emit(event: EventSpec): string;
}

/** Adds the control routes. */
export function addControlRoutes(app: FastifyInstance, controls: Controls): void {
	app.get(`${CONTROL_PREFIX}/state`, () => controls.state());

	app.post(`${CONTROL_PREFIX}/reset`, () => {
		controls.reset();
		return { success: true };
	});

	app.post(`${CONTROL_PREFIX}/faults`, (request, reply) => {
		controls.inject(given<FaultRule>(request.body));
		return reply.code(201).send({ success: true });
	});

	app.post(`${CONTROL_PREFIX}/webhooks`, (request, reply) => {
		controls.register(given<Registration>(request.body));
		return reply.code(201).send({ success: true });
	});

	app.post(`${CONTROL_PREFIX}/events`, (request, reply) => {
		const eventId = controls.emit(given<EventSpec>(request.body));
		return reply.code(202).send({ success: true, eventId });
	});
}

/** Only says that something was given; whether it is what it should be is checked where it is used. */
function given<Input>(body: unknown): Input {
	if (isRecord(body)) return body as Input;
	throw new ApiError(400, 'Send a JSON object with Content-Type: application/json');
}
