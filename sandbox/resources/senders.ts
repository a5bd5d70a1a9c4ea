import type { FastifyInstance } from 'fastify';
import { QUOTAS_PATH, SENDERS_PATH } from '../../sendpilot/contract/sender';
import type { ApiParts } from '../parts';
import type { SandboxSender } from '../seedTypes';
import { listedSender, oldSender } from '../views';

/** A made-up limit, as nothing here likes posts. */
const LIKES_PER_DAY = 30;

/** Adds the calls about senders. */
export function addSenderRoutes(app: FastifyInstance, { store, generation }: ApiParts): void {
	const { senders } = store.seed;

	app.get(SENDERS_PATH, () => {
		const view = generation === 'docs' ? oldSender : listedSender;
		return {
			senders: senders.map((sender) => view(sender, store.remaining(sender))),
			total: senders.length,
		};
	});

	// What is inside is documented, but not what its fields are called.
	app.get(QUOTAS_PATH, () => ({
		senders: senders.map((sender) => ({
			...{ senderId: sender.id, name: sender.name, quotas: quotasOf(sender) },
		})),
		total: senders.length,
	}));
}

function quotasOf(sender: SandboxSender) {
	return {
		invitations: quota(sender.dailyInvitationLimit, sender.invitationsSentToday),
		messages: quota(sender.dailyMessageLimit, sender.messagesSentToday),
		likes: quota(LIKES_PER_DAY, 0),
	};
}

function quota(limit: number, used: number) {
	const resetsAt = new Date();
	resetsAt.setUTCHours(24, 0, 0, 0);
	return { limit, used, remaining: Math.max(0, limit - used), resetsAt: resetsAt.toISOString() };
}
