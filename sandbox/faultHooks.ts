import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, FaultAnswer, Faults, FaultTarget } from './faults';

/** Requests that wait or are never answered, so that they can be released at the end. */
export class HeldRequests {
	private readonly sockets = new Set<Socket>();
	private ending = new AbortController();

	/** Keeps a connection open without an answer. */
	hold(socket: Socket): void {
		this.sockets.add(socket);
		socket.once('close', () => this.sockets.delete(socket));
	}

	/** @returns whether the request may continue afterwards; if not, its connection is cut */
	async wait(ms: number, socket: Socket): Promise<boolean> {
		try {
			await sleep(ms, undefined, { signal: this.ending.signal });
			return true;
		} catch {
			socket.destroy();
			return false;
		}
	}

	/** Cuts every waiting connection, so that its request does nothing more. */
	cut(): void {
		this.ending.abort();
		this.ending = new AbortController();
		for (const socket of this.sockets) socket.destroy();
	}
}

/**
 * Makes faults happen: before the route does its work, or after it if the message goes out first.
 *
 * @param targetOf returns what the rules match against, or nothing for a request that has no faults
 */
export function addFaultHooks(
	app: FastifyInstance,
	faults: Faults,
	held: HeldRequests,
	targetOf: (request: FastifyRequest) => FaultTarget | undefined,
): void {
	const pendingFaults = new WeakMap<FastifyRequest, Fault['then']>();

	app.addHook('preHandler', async (request, reply) => {
		const target = targetOf(request);
		const fault = target && faults.take(target);
		if (!fault) return;
		if (fault.takesEffect) {
			pendingFaults.set(request, fault.then);
			return;
		}
		const { then } = fault;
		if (typeof then === 'function') return reply.send(applied(then(''), reply));
		if (typeof then === 'object') {
			if (!(await held.wait(then.waitMs, request.raw.socket))) reply.hijack();
			return;
		}
		reply.hijack();
		leave(then, request.raw.socket, held);
	});

	app.addHook('onSend', async (request, reply, usualReply) => {
		const then = pendingFaults.get(request);
		if (then === undefined || typeof then === 'object' || reply.statusCode >= 400)
			return usualReply;
		if (typeof then === 'function') return applied(then(String(usualReply)), reply);
		leave(then, request.raw.socket, held);
		// Never settles: fastify must not answer, and the connection itself ends the request.
		return await new Promise<never>(() => undefined);
	});
}

/** Sets status and headers of the answer. @returns its body */
function applied({ status, type, headers = {}, body }: FaultAnswer, reply: FastifyReply): string {
	if (status !== undefined) void reply.code(status);
	void reply.type(type).headers(headers);
	return body;
}

function leave(then: 'cut' | 'hang', socket: Socket, held: HeldRequests): void {
	if (then === 'cut') socket.resetAndDestroy();
	else held.hold(socket);
}
