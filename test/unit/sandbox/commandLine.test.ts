import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { startSandbox } from '../../../sandbox';
import { readOptions } from '../../../sandbox/commandLine';

const ROOT = resolve(__dirname, '../../..');
const PROCESS_MS = 60_000;

describe('the flags', () => {
	it('have defaults', () => {
		expect(readOptions([])).toEqual({
			options: {
				port: 4010,
				generation: 'live',
				leads: 1_200,
				acceptAnyRecipient: false,
				apiKey: 'sp_sandbox_key',
			},
		});
	});

	it('can all be set', () => {
		const line =
			'--port 0 --generation docs --leads 100000 --accept-any-recipient --api-key sp_mine';
		expect(readOptions(line.split(' '))).toEqual({
			options: {
				port: 0,
				generation: 'docs',
				leads: 100_000,
				acceptAnyRecipient: true,
				apiKey: 'sp_mine',
			},
		});
	});

	it.each([
		['--prot 1', /--prot/],
		['--port', /--port/],
		['--port many', /--port must be a number from 0 to 65535, not "many"/],
		['--port 65536', /--port must be a number/],
		['--leads many', /--leads must be a number from 0 to 1000000, not "many"/],
		['--generation new', /--generation must be live or docs, not "new"/],
		['live', /live/],
	])('that are wrong are explained: %s', (line, text) => {
		expect(readOptions(line.split(' '))).toEqual({ problem: expect.stringMatching(text) });
	});

	it('include help', () => {
		expect(readOptions(['--help'])).toEqual({ help: true });
	});
});

/** Runs the command and collects its output. */
function run(...args: string[]) {
	const program = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...args], {
		cwd: ROOT,
	});
	const said = { out: '', err: '' };
	program.stdout.on('data', (text) => (said.out += text));
	program.stderr.on('data', (text) => (said.err += text));
	const ended = once(program, 'close').then(([code]) => code as number | null);
	return { program, said, ended };
}

describe('the command', () => {
	it.each(['SIGTERM', 'SIGINT'] as const)(
		'prints what to know, logs deliveries and stops on %s',
		async (signal) => {
			const { program, said, ended } = run('--port', '0');
			while (!said.out.includes('Ctrl-C')) await once(program.stdout, 'data');
			expect(said.out).toMatch(/API key +sp_sandbox_key/);
			expect(said.out).toMatch(/"Base URL"/);
			expect(said.out).toMatch(/sender_casper .*2 messages a day/);
			expect(said.out).toMatch(/lead_noah .*not connected/);
			expect(said.out).toMatch(/and 3000 more in camp_saas/);
			expect(said.out).not.toMatch(/lead_saas/);
			expect(said.out).toMatch(/_sandbox\/quirks .*"jobPolls": 1/);
			expect(said.out).toMatch(/_sandbox\/webhooks .*\\\n.*"scheme": "svix"/);
			expect(said.out).toMatch(/_sandbox\/webhooks\/test .*\\\n.*"eventType": "message.sent"/);
			expect(said.out).toMatch(/_sandbox\/events .*"eventType": "reply.received"/);

			const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said.out)![0];
			await fetch(`${url}/v1/inbox/send`, {
				method: 'POST',
				headers: { 'x-api-key': 'sp_sandbox_key', 'content-type': 'application/json' },
				body: JSON.stringify({
					senderId: 'sender_alex',
					recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
					message: 'Hello\nJane',
				}),
			});
			program.kill(signal);
			expect(await ended).toBe(0);
			expect(said.out).toMatch('message  sender_alex -> jane-doe: Hello Jane\n');
			expect(said.err).toBe('');
		},
		PROCESS_MS,
	);

	it(
		'explains a wrong flag and a busy port',
		async () => {
			const sandbox = await startSandbox();
			const wrong = run('--generation', 'new');
			const busy = run('--port', new URL(sandbox.url).port);
			expect(await wrong.ended).toBe(2);
			expect(wrong.said.err).toMatch(/--generation must be live or docs[^]*Usage:/);
			expect(await busy.ended).toBe(1);
			expect(busy.said.err).toMatch(/Port \d+ is in use. Choose another with --port/);
			await sandbox.stop();
		},
		PROCESS_MS,
	);
});
