import { readProfileUrl } from './profile';
import type { DeliveredInvitation, DeliveredMessage, ExchangedMessage } from './store';
import type { DeliveryAttempt } from './webhooks/webhookSender';

/** Enough of a message to recognise it, in characters. */
const EXCERPT_CHARACTERS = 60;

/** @returns the log line of a delivered message */
export function deliveredLine({
	senderId,
	recipientLinkedinUrl,
	message,
}: DeliveredMessage): string {
	return `message  ${senderId} -> ${nameIn(recipientLinkedinUrl)}: ${excerpt(message)}`;
}

/** @returns the log line of an invitation that went out */
export function invitedLine({
	senderId,
	recipientLinkedinUrl,
	note = '',
}: DeliveredInvitation): string {
	const to = nameIn(recipientLinkedinUrl);
	return `invite   ${senderId} -> ${to}: ${note === '' ? 'without a note' : excerpt(note)}`;
}

/** @returns the log line of an invitation that the person accepted */
export function acceptedLine({ senderId, recipientLinkedinUrl }: DeliveredInvitation): string {
	return `accept   ${senderId} <- ${nameIn(recipientLinkedinUrl)}`;
}

/** @returns the log line of a person's reply */
export function repliedLine({ senderId, linkedinUrl, content }: ExchangedMessage): string {
	return `reply    ${senderId} <- ${nameIn(linkedinUrl)}: ${excerpt(content)}`;
}

/** @returns the log line of a webhook attempt */
export function webhookLine({ eventType, url, attempt, status, error }: DeliveryAttempt): string {
	return `webhook  ${eventType} -> ${url}: ${status ?? error} (attempt ${attempt})`;
}

function nameIn(linkedinUrl: string): string {
	return readProfileUrl(linkedinUrl)?.slug ?? linkedinUrl;
}

function excerpt(message: string): string {
	const characters = [...message.replace(/\s+/g, ' ').trim()];
	return characters.length <= EXCERPT_CHARACTERS
		? characters.join('')
		: `${characters.slice(0, EXCERPT_CHARACTERS).join('')}…`;
}
