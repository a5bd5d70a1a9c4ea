import { parseArgs } from 'node:util';
import { DEFAULT_KEY } from './apiKey';
import { DEFAULT_LEADS } from './crowd';
import { GENERATIONS } from './generation';
import type { SandboxOptions } from './index';

const DEFAULT_PORT = 4010;
const MAX_PORT = 65_535;
const MAX_LEADS = 1_000_000;

/** The sandbox's command line. */
export const HELP = `Usage: tsx sandbox/main.ts [options]

  --port <number>          the port to listen on at 127.0.0.1 (default ${DEFAULT_PORT}; 0 for any free port)
  --generation live|docs   live (default) behaves as production; docs as SendPilot's older docs say:
                           it also accepts sending by lead, and answers with older field names
  --leads <number>         how many leads the largest campaign has (default ${DEFAULT_LEADS})
  --accept-any-recipient   also deliver to profiles that are not a lead in the sandbox
  --api-key <text>         the key to accept (default ${DEFAULT_KEY})
  --help                   show this help`;

type Arguments =
	| { options: SandboxOptions & { port: number } }
	| { help: true }
	/** What is wrong with the command line, in one sentence. */
	| { problem: string };

/**
 * Reads the command line.
 *
 * @param args without the name of the program
 */
export function readOptions(args: string[]): Arguments {
	try {
		const { values } = parseArgs({
			args,
			options: {
				port: { type: 'string', default: String(DEFAULT_PORT) },
				generation: { type: 'string', default: 'live' },
				leads: { type: 'string', default: String(DEFAULT_LEADS) },
				'accept-any-recipient': { type: 'boolean', default: false },
				'api-key': { type: 'string', default: DEFAULT_KEY },
				help: { type: 'boolean', default: false },
			},
		});
		if (values.help) return { help: true };
		return {
			options: {
				port: numberUpTo(MAX_PORT, 'port', values.port),
				generation: oneOf('generation', GENERATIONS, values.generation),
				leads: numberUpTo(MAX_LEADS, 'leads', values.leads),
				acceptAnyRecipient: values['accept-any-recipient'],
				apiKey: values['api-key'],
			},
		};
	} catch (error) {
		return { problem: (error as Error).message };
	}
}

function numberUpTo(max: number, flag: string, text: string): number {
	if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
	throw new Error(`--${flag} must be a number from 0 to ${max}, not "${text}".`);
}

function oneOf<Choice extends string>(
	flag: string,
	choices: readonly Choice[],
	text: string,
): Choice {
	const choice = choices.find((one) => one === text);
	if (choice !== undefined) return choice;
	throw new Error(`--${flag} must be ${choices.join(' or ')}, not "${text}".`);
}
