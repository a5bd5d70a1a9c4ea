import { readProfileUrl } from './profile';
import type { DeliveredInvitation, DeliveredMessage } from './store';
import type { DeliveryAttempt } from './webhooks/webhookSender';

/** Enough of a message to recognise it, in characters. */
const EXCERPT_CHARACTERS = 60;

/** @returns the log line of a delivered message */
export function deliveredLine({
	senderId,
	recipientLinkedinUrl,
	message,
}: DeliveredMessage): string {
	const to = readProfileUrl(recipientLinkedinUrl)?.slug ?? recipientLinkedinUrl;
	return `message  ${senderId} -> ${to}: ${excerpt(message)}`;
}

/** @returns the log line of an invitation that went out */
export function invitedLine({
	senderId,
	recipientLinkedinUrl,
	note = '',
}: DeliveredInvitation): string {
	const to = readProfileUrl(recipientLinkedinUrl)?.slug ?? recipientLinkedinUrl;
	return `invite   ${senderId} -> ${to}: ${note === '' ? 'without a note' : excerpt(note)}`;
}

/** @returns the log line of a webhook attempt */
export function webhookLine({ eventType, url, attempt, status, error }: DeliveryAttempt): string {
	return `webhook  ${eventType} -> ${url}: ${status ?? error} (attempt ${attempt})`;
}

function excerpt(message: string): string {
	const characters = [...message.replace(/\s+/g, ' ').trim()];
	return characters.length <= EXCERPT_CHARACTERS
		? characters.join('')
		: `${characters.slice(0, EXCERPT_CHARACTERS).join('')}…`;
}
