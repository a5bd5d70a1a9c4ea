import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LazyPackageDirectoryLoader } from 'n8n-core';
import { loadPackage } from '../../engine/package';
import { ROOT, unpackPackage } from '../../scripts/unpack';

describe('the package that npm publishes', () => {
	let folder: string;

	beforeAll(() => {
		folder = unpackPackage();
		// n8n provides these to an installed package, and nothing else.
		const modules = join(folder, 'node_modules');
		mkdirSync(modules);
		for (const given of ['n8n-workflow', 'zod']) {
			symlinkSync(join(ROOT, 'node_modules', given), join(modules, given));
		}
	});

	afterAll(() => rmSync(dirname(folder), { recursive: true }));

	it('contains only what n8n needs', () => {
		const files = readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
			.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
		const outside = files.filter((file) => !file.startsWith('dist/'));
		expect(outside.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
		const kinds = files.filter(
			(file) =>
				!/^dist\/(credentials|nodes|sendpilot|icons)\/.*\.(js|json|svg)$/.test(file) &&
				!/^dist\/(known|types)\/(nodes|credentials)\.json$/.test(file),
		);
		expect(kinds.sort()).toEqual(outside.sort());
	});

	it('has all nodes and credentials for n8n’s loader', async () => {
		const loader = await loadPackage(folder);
		expect(Object.keys(loader.nodeTypes)).toEqual([
			'sendLinkedInMessage',
			'sendPilot',
			'sendPilotTrigger',
		]);
		expect(Object.keys(loader.credentialTypes)).toEqual(['sendPilotApi', 'sendPilotWebhookApi']);
		expect(loader.nodeTypes.sendLinkedInMessage.type.description).toMatchObject({
			displayName: 'Send LinkedIn Message',
			codex: { alias: expect.arrayContaining(['LinkedIn', 'SendPilot']) },
			iconUrl: {
				light: 'icons/n8n-nodes-sendpilot/dist/icons/sendpilot.svg',
				dark: 'icons/n8n-nodes-sendpilot/dist/icons/sendpilot.dark.svg',
			},
		});
	});

	it('tells n8n what is in it, so that n8n starts without loading the code', async () => {
		const loader = await loadPackage(folder);
		const lazy = new LazyPackageDirectoryLoader(folder);
		await lazy.loadAll();
		expect(lazy.isLazyLoaded).toBe(true);
		for (const kind of ['nodes', 'credentials'] as const) {
			expect(lazy.known[kind]).toEqual(loader.known[kind]);
			expect(lazy.types[kind]).toEqual(JSON.parse(JSON.stringify(loader.types[kind])));
		}
		expect(lazy.getNode('sendPilot').type).toHaveProperty('execute');
	});

	it('has no dependencies of its own', () => {
		const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
	});
});

it('is linted by exactly n8n’s rules', () => {
	const ours = readFileSync(join(ROOT, 'eslint.config.mjs'), 'utf8');
	expect(ours.trim().split(/\s*\n\s*/)).toEqual([
		"import { config } from '@n8n/node-cli/eslint';",
		'export default config;',
	]);
});

it('has no comment that disables a lint rule', () => {
	const pattern = ['eslint', 'disable'].join('-');
	const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' })
		.split('\n')
		.filter((file) => /\.(ts|js|mjs)$/.test(file));
	expect(tracked.length).toBeGreaterThan(50);
	const offending = tracked.filter((file) =>
		readFileSync(join(ROOT, file), 'utf8').includes(pattern),
	);
	expect(offending).toEqual([]);
});
