import type { SendPilotApi } from './api';
import { readCredits } from './account';
import { declines } from './contract/error';
import { failureText } from './job';
import { deliveryOf, type Delivery, type Sent } from './delivery';
import { z } from 'zod';

/** A search or extraction that was started. */
export interface StartedJob extends Sent {
	id: string;
}

/** Starting a search or an extraction. */
export interface StartRequest {
	path: string;
	body: object;
}

const startReply = z.object({ id: z.string().min(1), status: z.string().nullish() }).passthrough();

/**
 * Starts a job, which costs credits, and says what became of it. Follows `POST /v1/lead-database/searches` and
 * `POST /v1/lead-extractor/campaigns`. If credits may be missing, says how many there are.
 *
 * @returns the delivery; never throws
 */
export async function startJob(api: SendPilotApi, { path, body }: StartRequest): Promise<Delivery> {
	const call = { method: 'POST', effect: 'once', path, body } as const;
	const delivery = deliveryOf(
		await api.call(call),
		{
			senderId: undefined,
			readReply(answer) {
				const reply = startReply.safeParse(answer);
				// With an ID, something may have been started all the same.
				if (declines(answer)) return reply.success ? undefined : 'declined';
				if (!reply.success) return undefined;
				const { id, status, error, ...rest } = reply.data;
				const why = failureText({ id, error, ...rest });
				const started: StartedJob = {
					...{ success: true, id, status: status ?? 'pending', ...rest },
					...(why !== null && { error_message: why }),
				};
				return { sent: started };
			},
		},
		api.now(),
	);
	if (delivery.outcome !== 'notSent' || delivery.problem.reason !== 'forbidden') return delivery;
	const left = await creditsLeft(api);
	if (left === undefined) return delivery;
	const { problem } = delivery;
	return { ...delivery, problem: { ...problem, said: [...problem.said, left] } };
}

async function creditsLeft(api: SendPilotApi): Promise<string | undefined> {
	try {
		const { available } = await readCredits(api);
		return `${available} credits are left`;
	} catch {
		return undefined;
	}
}
