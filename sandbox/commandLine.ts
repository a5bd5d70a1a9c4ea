import { parseArgs } from 'node:util';
import { DEFAULT_KEY } from './apiKey';
import type { SandboxOptions } from './index';

const DEFAULT_PORT = 4010;
const MAX_PORT = 65_535;
const GENERATIONS = ['live', 'docs'] as const;
const LIST_SHAPES = ['current', 'old'] as const;

/** How to call the sandbox. */
export const HELP = `Usage: tsx sandbox/main.ts [options]

  --port <number>          where to listen on 127.0.0.1 (${DEFAULT_PORT}; 0 takes any free port)
  --generation live|docs   live takes what production takes; docs also takes sending by lead
  --accept-any-recipient   deliver to profiles that are no lead in the sandbox, too
  --list-shape current|old names in campaign lists
  --api-key <text>         the key to take (${DEFAULT_KEY})
  --help                   show this`;

type Asked =
	| { options: SandboxOptions & { port: number } }
	| { help: true }
	/** One sentence on what is wrong with the command line. */
	| { problem: string };

/**
 * Reads the command line.
 *
 * @param args without the program's own name
 */
export function readOptions(args: string[]): Asked {
	try {
		const { values } = parseArgs({
			args,
			options: {
				port: { type: 'string', default: String(DEFAULT_PORT) },
				generation: { type: 'string', default: 'live' },
				'accept-any-recipient': { type: 'boolean', default: false },
				'list-shape': { type: 'string', default: 'current' },
				'api-key': { type: 'string', default: DEFAULT_KEY },
				help: { type: 'boolean', default: false },
			},
		});
		if (values.help) return { help: true };
		return {
			options: {
				port: portOf(values.port),
				generation: oneOf('generation', GENERATIONS, values.generation),
				acceptAnyRecipient: values['accept-any-recipient'],
				listShape: oneOf('list-shape', LIST_SHAPES, values['list-shape']),
				apiKey: values['api-key'],
			},
		};
	} catch (error) {
		return { problem: (error as Error).message };
	}
}

function portOf(text: string): number {
	if (/^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT) return Number(text);
	throw new Error(`--port must be a number from 0 to ${MAX_PORT}, not "${text}".`);
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
