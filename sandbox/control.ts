import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LeadChange, SenderChange } from './changes';
import { ApiError } from './errors';
import type { FaultRule } from './faultRule';
import type { Quirks } from './quirks';
import type { RecordedRequest } from './recorder';
import type { Reply } from './replies';
import type { DeliveredInvitation, DeliveredMessage } from './store';
import { isRecord } from './validation';
import type { listedSender } from './views';
import type { DeliveryAttempt } from './webhooks/webhookSender';
import type { EventSpec, Registration, TestEvent } from './webhooks/requests';
import type { ListedWebhook } from './webhooks/webhooks';

/** Where people and other processes control the sandbox itself; no key is needed. */
export const CONTROL_PREFIX = '/_sandbox';

/** The answer of `GET /_sandbox/state`. */
export interface SandboxState {
	delivered: readonly DeliveredMessage[];
	invited: readonly DeliveredInvitation[];
	requests: readonly RecordedRequest[];
	senders: ReadonlyArray<ReturnType<typeof listedSender>>;
	webhooks: { registered: readonly ListedWebhook[]; log: readonly DeliveryAttempt[] };
}

/** Checks a {@link Person}. */
export const personSchema = z.object({ linkedinUrl: z.string().min(1) }).strict();

/** Who accepts an invitation. */
export type Person = z.infer<typeof personSchema>;

/** What the control routes can do. Each checks its input and throws a ZodError if it is invalid. */
export interface Controls {
	state(): SandboxState;
	reset(): void;
	inject(rule: FaultRule): void;
	changeQuirks(changes: Partial<Quirks>): Quirks;
	accept(person: Person): void;
	reply(reply: Reply): void;
	changeLead(change: LeadChange): void;
	changeSender(change: SenderChange): void;
	register(webhook: Registration): void;
	sendTestEvent(test: TestEvent): string;
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

	app.post(`${CONTROL_PREFIX}/quirks`, (request) =>
		controls.changeQuirks(given<Partial<Quirks>>(request.body)),
	);

	app.post(`${CONTROL_PREFIX}/invitations/accept`, (request) => {
		controls.accept(given<Person>(request.body));
		return { success: true };
	});

	app.post(`${CONTROL_PREFIX}/replies`, (request, reply) => {
		controls.reply(given<Reply>(request.body));
		return reply.code(201).send({ success: true });
	});

	app.post(`${CONTROL_PREFIX}/leads`, (request) => {
		controls.changeLead(given<LeadChange>(request.body));
		return { success: true };
	});

	app.post(`${CONTROL_PREFIX}/senders`, (request) => {
		controls.changeSender(given<SenderChange>(request.body));
		return { success: true };
	});

	app.post(`${CONTROL_PREFIX}/webhooks`, (request, reply) => {
		controls.register(given<Registration>(request.body));
		return reply.code(201).send({ success: true });
	});

	app.post(`${CONTROL_PREFIX}/webhooks/test`, (request, reply) => {
		const eventId = controls.sendTestEvent(given<TestEvent>(request.body));
		return reply.code(202).send({ success: true, eventId });
	});

	app.post(`${CONTROL_PREFIX}/events`, (request, reply) => {
		const eventId = controls.emit(given<EventSpec>(request.body));
		return reply.code(202).send({ success: true, eventId });
	});
}

/** Checks only that there is an object; its content is checked where it is used. */
function given<Input>(body: unknown): Input {
	if (isRecord(body)) return body as Input;
	throw new ApiError(400, 'Send a JSON object with Content-Type: application/json');
}
