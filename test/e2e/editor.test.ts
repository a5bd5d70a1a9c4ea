import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../editor/client';
import type { SandboxState } from '../../sandbox';
import { ROOT } from '../../scripts/unpack';
import { firstExecution, until } from './support';

/** Where the command keeps what it needs while it runs. */
let folder: string;

/** What runs; ended after each test, however that went. */
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

/** Calls the command as `npm run editor` does after the build, and gathers what it says. */
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

/** The address after a word in what the command says. */
function addressAfter(word: string, text: string): string {
	return new RegExp(`^${word} +(http://127\\.0\\.0\\.1:\\d+)`, 'm').exec(text)![1];
}

/** The id of the workflow whose name begins so. */
function workflowId(name: string, text: string): string {
	return new RegExp(`^  ${name}.*\\n  .*/workflow/(\\w+)$`, 'm').exec(text)![1];
}

/** Folders of ours; n8n, Node and tsx keep caches of their own beside them. */
function leftBehind(): string[] {
	return readdirSync(folder).filter((name) => name.startsWith('n8n-nodes-sendpilot'));
}

async function stateOf(sandboxUrl: string): Promise<SandboxState> {
	const response = await fetch(`${sandboxUrl}/_sandbox/state`);
	return (await response.json()) as SandboxState;
}

describe('npm run editor', () => {
	it.each(['SIGINT', 'SIGTERM'] as const)(
		'gives an n8n in which all works at once, and leaves nothing behind on %s',
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

			program.kill(signal);
			expect(await ended).toBe(0);
			expect(said.err).toBe('');
			await expect(fetch(url)).rejects.toThrow();
			await expect(fetch(sandboxUrl)).rejects.toThrow();
			expect(leftBehind()).toEqual([]);
		},
	);

	it('can be called while it runs: the second one takes other ports', async () => {
		const first = call();
		const firstText = await first.isReady();
		const second = call();
		const secondText = await second.isReady();
		expect(secondText).toContain('is in use, so another one is used');
		expect(addressAfter('n8n', secondText)).not.toBe(addressAfter('n8n', firstText));
		expect(addressAfter('SendPilot', secondText)).not.toBe(addressAfter('SendPilot', firstText));
	});

	it('ends while it starts, too', async () => {
		const { program, said, ended } = call();
		await until('the start', () => said.out.includes('Starting n8n'));
		program.kill('SIGINT');
		expect(await ended).toBe(0);
		expect(said.out).not.toContain('is ready');
		expect(leftBehind()).toEqual([]);
	});

	it('says so if the port that was asked for is taken', async () => {
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
	])('explains a command line that is wrong: %j', async (args, text) => {
		const { said, ended } = call(...args);
		expect(await ended).toBe(1);
		expect(said.err).toContain(text);
	});
});
