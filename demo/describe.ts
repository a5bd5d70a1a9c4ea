import pc from 'picocolors';
import type { DeliveredMessage, Sandbox, Seed } from '../sandbox';
import type { Send } from './sends';
import { entryLine, headLine, textLines } from './text';

/** What the node did where SendPilot's answer was lost. */
const FOUND =
	"SendPilot's answer was lost, so the node checked the conversation, and found the message there.";

/** The heading: what runs where. */
export function describeSandbox({ url }: Sandbox, workflow: string): string {
	return [
		'',
		headLine('Workflow', `${workflow}, run by n8n's own engine`),
		headLine('SendPilot', `${url}, a sandbox on this machine that behaves like SendPilot's own`),
	].join('\n');
}

/** One section per sending node, with one entry per person. */
export function describeSends(sends: Send[], seed: Seed): string {
	const nodeNames = [...new Set(sends.map(({ nodeName }) => nodeName))];
	return nodeNames
		.map((nodeName) => {
			const entries = sends.filter((send) => send.nodeName === nodeName);
			return ['', pc.bold(nodeName), ...entries.map((send) => describeSend(send, seed))].join('\n');
		})
		.join('\n');
}

function describeSend({ person, recipient, sent, failed }: Send, seed: Seed): string {
	if (sent) {
		const sender = seed.senders.find(({ id }) => id === sent.senderId)?.name ?? 'SendPilot';
		const url = decodeURIComponent(String(sent.recipientLinkedinUrl));
		const line = entryLine(pc.green('✔'), person, `${pc.green('sent')} by ${sender} to ${url}`);
		return sent.confirmedInInbox ? [line, ...textLines(FOUND)].join('\n') : line;
	}
	const { error, description, delivery } = failed!;
	const isUncertain = delivery === 'uncertain';
	const mark = isUncertain ? pc.yellow('?') : pc.red('✘');
	const colour = isUncertain ? pc.yellow : pc.red;
	return [
		entryLine(mark, person, pc.dim(recipient || '(empty)')),
		...textLines(error, colour),
		...textLines(description),
	].join('\n');
}

/** The totals, with what the sandbox really delivered. */
export function describeTotals(sends: Send[], delivered: readonly DeliveredMessage[]): string {
	const count = (delivery: 'notSent' | 'uncertain') =>
		sends.filter(({ failed }) => failed?.delivery === delivery).length;
	const sent = sends.filter((send) => send.sent).length;
	const recipients = new Set(delivered.map(({ recipientLinkedinUrl }) => recipientLinkedinUrl));
	const repeats = delivered.length - recipients.size;
	return [
		'',
		`${pc.bold('Total')}     ${sent} sent, ${count('notSent')} not sent, ${count('uncertain')} uncertain`,
		`${pc.bold('SendPilot')} delivered ${delivered.length} messages to ${recipients.size} people, ${repeats} twice`,
		...textLines('These failures are part of the demo: each error says what to do.'),
		'',
	].join('\n');
}
