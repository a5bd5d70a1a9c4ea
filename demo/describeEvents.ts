import type { IDataObject } from 'n8n-workflow';
import pc from 'picocolors';
import type { Seed } from '../sandbox';
import { entryLine, headLine, textLines } from './text';

/** How much of a message is shown, in characters. */
const EXCERPT = 36;

/** One entry for each event that came in, and all fields of the first. */
export function describeEvents(events: IDataObject[], seed: Seed, workflow: string): string {
	const [first, ...others] = events;
	return [
		headLine('Workflow', `${workflow}, started by SendPilot's signed webhooks`),
		'',
		pc.bold('Events that came in'),
		...describeEvent(first, seed),
		...JSON.stringify(first, null, 2)
			.split('\n')
			.map((line) => ' '.repeat(20) + pc.dim(line)),
		...others.flatMap((event) => describeEvent(event, seed)),
	].join('\n');
}

function describeEvent({ eventType, text, lead, data }: IDataObject, seed: Seed): string[] {
	const { senderId } = data as IDataObject;
	const sender = seed.senders.find(({ id }) => id === senderId)?.name;
	const { name } = lead as { name: string };
	const words = String(text).split('\n', 1)[0].slice(0, EXCERPT);
	return [
		entryLine(pc.green('✔'), name, `${pc.green(String(eventType))} by ${sender}: “${words} …”`),
	];
}

/** What became of a delivery that somebody else signed. */
export function describeForgery(
	status: number | undefined,
	started: number,
	logged: string[],
): string {
	return [
		'',
		pc.bold('An event that somebody forged'),
		entryLine(
			pc.red('✘'),
			'message.sent',
			pc.red(`answered with HTTP ${status}, ${started} executions started`),
		),
		...logged.flatMap((line) => textLines(line)),
		'',
	].join('\n');
}
