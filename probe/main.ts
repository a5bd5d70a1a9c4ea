import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { SENDPILOT_URL, apiBaseUrl } from '../sendpilot/baseUrl';
import { Contract } from './compare';
import document from './sendpilot.openapi.json';
import { probe } from './probe';
import { reportOn, verdictOn, type Verdict } from './report';

const HELP = `Usage: npm run probe [-- --url <address>]

Reads from SendPilot, and says in what its answers differ from what this package expects. It changes
nothing, reaches nobody and costs no credits. Set SENDPILOT_API_KEY, or enter the key when asked.

  --url <address>   another SendPilot, such as a sandbox (default ${SENDPILOT_URL})
  --help            show this help

Ends with 0 if everything that could be read is as expected, 1 if something differs, 3 if answers are
missing or nothing could be read, and 2 if it was not told enough.`;

const EXIT_CODES: Record<Verdict, number> = {
	asDescribed: 0,
	differs: 1,
	unread: 3,
	nothingRead: 3,
};
const WRONG_USAGE = 2;

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			url: { type: 'string', default: SENDPILOT_URL },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(HELP);
		return EXIT_CODES.asDescribed;
	}
	const baseUrl = apiBaseUrl(values.url);
	const apiKey = (process.env.SENDPILOT_API_KEY ?? (await askSecretly('API key: '))).trim();
	if (baseUrl === undefined || apiKey === '') {
		console.error(HELP);
		return WRONG_USAGE;
	}
	const findings = await probe({ baseUrl, apiKey }, new Contract(document as never));
	console.log(reportOn(findings, new Date()));
	return EXIT_CODES[verdictOn(findings)];
}

/** Asks without showing what is typed. @returns an empty text where nobody can type */
async function askSecretly(question: string): Promise<string> {
	if (!process.stdin.isTTY) return '';
	process.stderr.write(question);
	const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
	try {
		return await lines.question('');
	} finally {
		lines.close();
		process.stderr.write('\n');
	}
}

main().then(
	(code) => (process.exitCode = code),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = WRONG_USAGE;
	},
);
