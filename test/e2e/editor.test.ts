import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../editor/client';
import type { SandboxState } from '../../sandbox';
import { ROOT } from '../../scripts/unpack';
import { firstExecution, until } from './support';

/** The temporary folder of the command. */
let folder: string;

/** The running programs, which are stopped after each test, even if it failed. */
const programs: Array<ReturnType<typeof spawn>> = [];

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'n8n-editor-test-'))));
afterEach(async () => {
	for (const program of programs.splice(0)) {
		if (program.exitCode !== null || program.signalCode !== null) continue;
		program.kill('SIGTERM');
		await once(program, 'close');
	}
	rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as `npm run editor` does after the build, and collects its output. */
function call(...args: string[]) {
	const program = spawn(process.execPath, ['--import', 'tsx', 'editor/main.ts', ...args], {
		cwd: ROOT,
		env: { ...process.env, TMPDIR: folder },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	programs.push(program);
	const said = { out: '', err: '' };
	program.stdout.on('data', (text) => (said.out += text));
	program.stderr.on('data', (text) => (said.err += text));
	const ended = once(program, 'close').then(([code]) => code as number | null);
	const isReady = async () => {
		await until('the editor', () => said.out.includes('Press Ctrl-C') || program.exitCode !== null);
		return said.out;
	};
	return { program, said, ended, isReady };
}

/** The URL after a label in the output. */
function addressAfter(word: string, text: string): string {
	return new RegExp(`^${word} +(http://127\\.0\\.0\\.1:\\d+)`, 'm').exec(text)![1];
}

/** The id of the workflow whose name starts like this. */
function workflowId(name: string, text: string): string {
	return new RegExp(`^  ${name}.*\\n  .*/workflow/(\\w+)$`, 'm').exec(text)![1];
}

/** Makes the request of the printed curl command under a title. @returns the id of the event */
async function callAsPrinted(title: string, text: string): Promise<string> {
	const [, url, type, body] = new RegExp(
		`^  ${title}.*\\n  curl (\\S+) -H '(.*)' -d '(.*)'$`,
		'm',
	).exec(text)!;
	const [name, value] = type.split(': ');
	const response = await fetch(url, { method: 'POST', headers: { [name]: value }, body });
	expect(response.status).toBe(202);
	return ((await response.json()) as { eventId: string }).eventId;
}

/** Our folders; n8n, Node and tsx have their own caches beside them. */
function leftBehind(): string[] {
	return readdirSync(folder).filter((name) => name.startsWith('n8n-nodes-sendpilot'));
}

async function stateOf(sandboxUrl: string): Promise<SandboxState> {
	const response = await fetch(`${sandboxUrl}/_sandbox/state`);
	return (await response.json()) as SandboxState;
}

describe('npm run editor', () => {
	it.each(['SIGINT', 'SIGTERM'] as const)(
		'starts an n8n in which everything works, and leaves nothing behind on %s',
		async (signal) => {
			const { program, said, ended, isReady } = call();
			const text = await isReady();
			expect(leftBehind()).toHaveLength(1);
			const url = addressAfter('n8n', text);
			const sandboxUrl = addressAfter('SendPilot', text);

			const client = new N8nClient(url);
			await client.signIn();
			const sending = await client.workflow(workflowId('Send LinkedIn', text));
			const sent = await client.finished(await client.run(sending, sending.nodes[0].name));
			expect(sent.status).toBe('success');
			const { delivered } = await stateOf(sandboxUrl);
			expect(delivered).toHaveLength(4);

			const logging = await client.workflow(workflowId('Log sent', text));
			const logged = await client.finished(await firstExecution(client, logging));
			expect(logged).toMatchObject({ status: 'success', mode: 'webhook' });
			await until('what SendPilot did', () => said.out.includes('webhook  message.sent'));
			// Each sent message starts one; those still on their way would be counted below.
			await until('the executions of all sent messages', async () => {
				return (await client.executionIds(logging.id)).length === delivered.length;
			});

			for (const [title, deliveries, executions] of [
				['A test event', 1, 1],
				['An unsigned event', 1, 0],
				['One event that arrives twice', 2, 1],
			] as const) {
				const before = await client.executionIds(logging.id);
				const eventId = await callAsPrinted(title, text);
				await until(`the deliveries: ${title}`, async () => {
					const { log } = (await stateOf(sandboxUrl)).webhooks;
					return log.filter((attempt) => attempt.eventId === eventId).length >= deliveries;
				});
				const after = await client.executionIds(logging.id);
				expect([title, after.length - before.length]).toEqual([title, executions]);
			}
			const logFile = /^Log +(.+)$/m.exec(text)![1];
			// n8n answers before the line reaches the file.
			await until('the line in the log', () =>
				readFileSync(logFile, 'utf8').includes('The delivery has no signature'),
			);

			program.kill(signal);
			expect(await ended).toBe(0);
			expect(said.err).toBe('');
			await expect(fetch(url)).rejects.toThrow();
			await expect(fetch(sandboxUrl)).rejects.toThrow();
			expect(leftBehind()).toEqual([]);
		},
	);

	it('can run twice at once: the second one uses other ports', async () => {
		const first = call();
		const firstText = await first.isReady();
		const second = call();
		const secondText = await second.isReady();
		expect(secondText).toContain('is in use, so another one is used');
		expect(addressAfter('n8n', secondText)).not.toBe(addressAfter('n8n', firstText));
		expect(addressAfter('SendPilot', secondText)).not.toBe(addressAfter('SendPilot', firstText));
	});

	it('can be stopped while it starts', async () => {
		const { program, said, ended } = call();
		await until('the start', () => said.out.includes('Starting n8n'));
		program.kill('SIGINT');
		expect(await ended).toBe(0);
		expect(said.out).not.toContain('is ready');
		expect(leftBehind()).toEqual([]);
	});

	it('says so if the requested port is in use', async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const { said, ended } = call('--port', String(port));
		expect(await ended).toBe(1);
		expect(said).toEqual({
			out: '',
			err: `Port ${port} is in use. Choose another with --port, or omit --port.\n`,
		});
		server.close();
	});

	it.each([
		[['--port', '70000'], '--port must be a number from 1 to 65535, not "70000".'],
		[['--port', 'many'], '--port must be a number from 1 to 65535, not "many".'],
		[['--prot', '1'], "Unknown option '--prot'"],
	])('explains a wrong command line: %j', async (args, text) => {
		const { said, ended } = call(...args);
		expect(await ended).toBe(1);
		expect(said.err).toContain(text);
	});
});
