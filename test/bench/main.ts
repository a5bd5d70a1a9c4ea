import { join } from 'node:path';
import pc from 'picocolors';
import { loadPackage } from '../../engine/package';
import { startSandbox } from '../../sandbox';
import { ITEMS, measure, type Contestant, type Cost, type Setting } from './measure';
import { PlainSend } from './plainSend';

/** How often each comparison runs; odd, so there is a median. */
const ROUNDS = 7;

interface Comparison {
	name: string;
	rival: Exclude<Contestant, 'node'>;
	setting: Setting;
}

/** How long SendPilot thinks about a message, in ms, where that is what counts. */
const ANSWERS_AFTER = 20;

const COMPARISONS: Comparison[] = [
	{
		name: 'One sender, against one call after another',
		rival: 'oneByOne',
		setting: { senders: 1, answersAfter: 0 },
	},
	{
		name: 'Six senders, against one call after another',
		rival: 'oneByOne',
		setting: { senders: 6, answersAfter: ANSWERS_AFTER },
	},
	{
		name: 'Six senders, against all calls at once',
		rival: 'allAtOnce',
		setting: { senders: 6, answersAfter: ANSWERS_AFTER },
	},
];

/** What a reader of the figures has to know. */
const NOTES = [
	'A credential costs next to nothing to read here; n8n takes it from its database and decrypts it.',
	'The node never opens more calls than senders, so people get their messages one by one.',
];

/** Measures the node against a plain one and prints ratios: times differ from machine to machine. */
async function main(): Promise<void> {
	const loader = await loadPackage(join(__dirname, '../..'));
	loader.nodeTypes.plainSend = { type: new PlainSend(), sourcePath: '' };
	const sandbox = await startSandbox({ acceptAnyRecipient: true });
	try {
		console.log(
			`\n${pc.bold('Send LinkedIn Message')} against a plain node that calls as n8n's HTTP Request node does.\n` +
				`What the node needs, as a multiple of the plain one: medians of ${ROUNDS} rounds of ${ITEMS} items.\n`,
		);
		console.log(line('', 'time', 'credential reads', 'connections'));
		for (const { name, rival, setting } of COMPARISONS) {
			const ratios: Cost[] = [];
			// The first round only warms up.
			for (let round = 0; round <= ROUNDS; round++) {
				// Alternating, so whatever else the machine does affects both.
				const order: Contestant[] = round % 2 === 0 ? ['node', rival] : [rival, 'node'];
				const costs = {} as Record<Contestant, Cost>;
				for (const one of order) costs[one] = await measure(loader, sandbox, one, setting);
				if (round > 0) ratios.push(ratioOf(costs.node, costs[rival]));
			}
			const median = (key: keyof Cost) => times(middle(ratios.map((ratio) => ratio[key])));
			console.log(line(name, median('time'), median('credentialReads'), median('connections')));
		}
		console.log(pc.dim(`\n${NOTES.join('\n')}\n`));
	} finally {
		await sandbox.stop();
	}
}

function ratioOf(node: Cost, rival: Cost): Cost {
	return {
		time: node.time / rival.time,
		credentialReads: node.credentialReads / rival.credentialReads,
		connections: node.connections / rival.connections,
	};
}

function middle(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function times(ratio: number): string {
	return `${ratio.toFixed(ratio < 0.1 ? 3 : 2)}×`;
}

function line(name: string, ...columns: string[]): string {
	return name.padEnd(46) + columns.map((column) => column.padStart(18)).join('');
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
