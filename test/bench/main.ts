import pc from 'picocolors';
import { CURRENT_N8N, installN8n, type InstalledN8n } from '../../editor/install';
import { measureCpu, ROUNDS } from './cpuCost';
import { lineOf, type Figure } from './figures';
import { FULL } from './history';
import { LEAD_ROUNDS, LEAD_SANDBOX, measureLeads } from './leadCost';
import { measureMemory, MEMORY_ROUNDS } from './memoryCost';
import { MESSAGES } from './messages';
import { withPlace } from './place';
import { LATENCY } from './run';
import { chosenSections } from './sections';
import { LOG_STATEMENTS, measureStore } from './storeCost';
import { measureTime, TIME_ROUNDS } from './timeCost';

/** What can be measured by itself. */
const SECTIONS = {
	async messages(n8n: InstalledN8n) {
		title(`Send LinkedIn Message, ${MESSAGES} messages per run`);
		await withPlace(n8n, {}, async (place) => {
			section(
				`CPU per message, as a multiple of HTTP Request's; medians of ${ROUNDS} rounds`,
				await measureCpu(place),
			);
			section(
				`Time, as a multiple of messages × latency / senders; the fastest of ${TIME_ROUNDS} rounds`,
				await measureTime(place),
			);
		});
		await withPlace(n8n, { env: LOG_STATEMENTS }, async (place) => {
			section('Statements for the history, per message', await measureStore(place));
		});
		notes(
			'HTTP Request has the same body from the same expressions, and batches of one message, 1 ms apart.',
			`An empty history: the first run of a workflow. A full one: ${FULL.toLocaleString('en')} entries about other messages.`,
			`Time is that of the node alone, with On Error set to continue. The latency is what calls took at SendPilot, about ${LATENCY} ms. The parts of it, as shares of the same bound, say where it goes.`,
			"Every run has new texts, because the node doesn't send the same message again.",
			'Statements are counted in a separate n8n that logs them.',
		);
	},
	async leads(n8n: InstalledN8n) {
		title(`SendPilot → Lead, ${LATENCY} ms per call`);
		await withPlace(n8n, LEAD_SANDBOX, async (place) => {
			section(
				`As a multiple of HTTP Request's; medians of ${LEAD_ROUNDS} rounds`,
				await measureLeads(place),
			);
		});
		notes(
			`Added: a Code node makes 50 chunks of 100, and HTTP Request has as many calls under way as our node: batches of 4, ${LATENCY} ms apart. Custom fields are all other input fields or, in the second row, every field has an expression.`,
			'Read: HTTP Request pages through the campaign, 100 leads per page as our node, until the last page; Split Out makes items of them.',
			`By ID: HTTP Request has batches of 10, ${LATENCY} ms apart; our node works on 10 items at once.`,
			'Our node and HTTP Request output the same fields.',
		);
	},
	async memory(n8n: InstalledN8n) {
		title('SendPilot → Lead → Get Many');
		section(
			`The most memory that n8n takes, as a multiple of what the items need; median of ${MEMORY_ROUNDS} rounds`,
			await measureMemory(n8n),
		);
		notes(
			'What the items need is what n8n takes at most while a Code node makes the same items. Each run has an n8n of its own, and what that takes before is subtracted. The execution is not saved.',
		);
	},
};

/** What a reader of all figures has to know. */
const NOTES = [
	'HTTP Request has a Header Auth credential. CPU is that of n8n and its child processes. What the same workflow needs without the work is subtracted from both sides.',
	'SendPilot is the sandbox, in a process of its own.',
];

/** Measures in a real n8n with SQLite. Ratios only: times differ between machines. */
async function main(): Promise<void> {
	if (process.platform !== 'linux') throw new Error('The benchmark needs Linux: it reads /proc');
	const names = Object.keys(SECTIONS) as Array<keyof typeof SECTIONS>;
	const chosen = chosenSections(names, process.argv.slice(2));
	const installed = await installN8n(CURRENT_N8N, console.log);
	console.log(`\nn8n ${installed.version}`);
	for (const name of chosen) await SECTIONS[name](installed);
	notes(...NOTES);
}

function title(text: string): void {
	console.log(`\n${pc.bold(text)}`);
}

function section(about: string, figures: Figure[]): void {
	console.log(`\n${about}\n${figures.map(lineOf).join('\n')}`);
}

function notes(...texts: string[]): void {
	console.log(pc.dim(`\n${texts.join('\n')}\n`));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
