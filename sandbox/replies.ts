import { z } from 'zod';
import { ApiError } from './errors';
import { conversationWith } from './inbox';
import { afterDeliveries } from './later';
import { readProfileUrl } from './profile';
import type { Store } from './store';

/** Checks a {@link Reply}. */
export const replySchema = z
	.object({
		/** The person's profile, in any form that the API takes. */
		linkedinUrl: z
			.string()
			.refine((url) => readProfileUrl(url) !== undefined, 'must be a LinkedIn profile URL'),
		text: z.string().min(1),
		/** Whom the person writes to. Default: who wrote last, or else the sender of the lead. */
		senderId: z.string().min(1).optional(),
		afterDeliveries,
	})
	.strict();

/** What a person writes to a sender. */
export type Reply = z.input<typeof replySchema>;

/**
 * Has a person reply now.
 *
 * @throws ApiError 404 if the sender doesn't exist, or none is named and none knows this person
 */
export function receiveReply(
	{ linkedinUrl, text, senderId }: Omit<Reply, 'afterDeliveries'>,
	store: Store,
): void {
	const receiver =
		senderId ??
		conversationWith(linkedinUrl, store)?.accountId ??
		store.leadsWithProfile(linkedinUrl).find((lead) => lead.senderId)?.senderId;
	if (receiver === undefined) {
		throw new ApiError(404, `No sender has a conversation with ${linkedinUrl}, nor a lead`);
	}
	store.receive(store.sender(receiver).id, linkedinUrl, text);
}
