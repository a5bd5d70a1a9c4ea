import { ApiError } from './errors';
import type { SandboxSender } from './seedTypes';
import type { Store } from './store';

/**
 * @param limitText what SendPilot says of a sender whom LinkedIn limits
 * @returns the sender, if it can reach people now
 * @throws ApiError 400, 403 or 429
 */
export function readySender(store: Store, id: string, limitText: string): SandboxSender {
	const sender = store.seed.senders.find((one) => one.id === id);
	if (!sender) throw new ApiError(400, 'Sender not found in this workspace');
	if (sender.status === 'rate_limited') throw new ApiError(429, limitText);
	if (sender.status !== 'active') {
		throw new ApiError(403, `Sender ${sender.id} is not active (${sender.status})`);
	}
	return sender;
}
