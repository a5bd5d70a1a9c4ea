import pc from 'picocolors';
import { CURRENT_N8N, installN8n } from '../../editor/install';
import { MESSAGES, measureCpu, ROUNDS } from './cpuCost';
import { lineOf, type Figure } from './figures';
import { FULL } from './history';
import { withPlace } from './place';
import { LOG_STATEMENTS, measureStore } from './storeCost';
import { LATENCY, measureTime, TIME_ROUNDS } from './timeCost';

/** What a reader of the figures has to know. */
const NOTES = [
	`HTTP Request has a Header Auth credential, the same body from the same expressions, and batches of one message, 1 ms apart.`,
	`CPU is that of n8n and its child processes. What the same workflow needs without sending is subtracted from both sides.`,
	`An empty history: the first run of a workflow. A full one: ${FULL.toLocaleString('en')} entries about other messages.`,
	`Time is that of the node alone, with On Error set to continue. The latency is what calls took at SendPilot, about ${LATENCY} ms. The parts of it, as shares of the same bound, say where it goes.`,
	`Every run has new texts, because the node doesn't send the same message again.`,
	`SendPilot is the sandbox, in a process of its own. Statements are counted in a separate n8n that logs them.`,
];

/** Measures what sending costs in a real n8n with SQLite. Ratios only: times differ between machines. */
async function main(): Promise<void> {
	if (process.platform !== 'linux') throw new Error('The benchmark needs Linux: it reads /proc');
	const installed = await installN8n(CURRENT_N8N, console.log);
	const section = (title: string, figures: Figure[]) =>
		console.log(`\n${title}\n${figures.map(lineOf).join('\n')}`);

	console.log(
		`\n${pc.bold('Send LinkedIn Message')} in n8n ${installed.version}, ${MESSAGES} messages per run`,
	);
	await withPlace(installed, {}, async (place) => {
		section(
			`CPU per message, as a multiple of HTTP Request's; medians of ${ROUNDS} rounds`,
			await measureCpu(place),
		);
		section(
			`Time, as a multiple of messages × latency / senders; the fastest of ${TIME_ROUNDS} rounds`,
			await measureTime(place),
		);
	});
	await withPlace(installed, LOG_STATEMENTS, async (place) => {
		section(`Statements for the history, per message`, await measureStore(place));
	});
	console.log(pc.dim(`\n${NOTES.join('\n')}\n`));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
