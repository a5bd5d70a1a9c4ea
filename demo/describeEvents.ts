import type { IDataObject } from 'n8n-workflow';
import pc from 'picocolors';
import type { Seed } from '../sandbox';
import { entryLine, headLine, textLines } from './text';

/** How much of a message to show, in characters. */
const EXCERPT = 36;

/** One entry per received event, and all fields of the first. */
export function describeEvents(events: IDataObject[], seed: Seed, workflow: string): string {
	const [first, ...others] = events;
	return [
		headLine('Workflow', `${workflow}, started by SendPilot's signed webhooks`),
		'',
		pc.bold('Received events'),
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
	const excerpt = String(text).split('\n', 1)[0].slice(0, EXCERPT);
	return [
		entryLine(pc.green('✔'), name, `${pc.green(String(eventType))} by ${sender}: “${excerpt} …”`),
	];
}

/** What happened to an event that SendPilot did not sign. */
export function describeForgery(
	status: number | undefined,
	started: number,
	logged: string[],
): string {
	return [
		'',
		pc.bold('A forged event'),
		entryLine(
			pc.green('✔'),
			'message.sent',
			pc.green(`rejected with HTTP ${status}, ${started} executions started`),
		),
		...textLines("n8n's log says why:"),
		...logged.flatMap((line) => textLines(line)),
		'',
		'Next: npm run editor opens all of this in a real n8n. README.md says how to install the package in yours.',
		'',
	].join('\n');
}
