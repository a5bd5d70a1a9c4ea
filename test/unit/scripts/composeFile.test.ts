import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DCLinter } from 'dclint';
import { parse } from 'yaml';
import { CURRENT_N8N } from '../../../editor/install';
import { SETTINGS, settingsOf, type Role } from '../../../editor/queueMode/settings';
import { composeFile } from '../../../scripts/composeFile';

const DOCS = join(__dirname, '../../../docs');

/** What is read of a service here. */
interface Service {
	image: string;
	command?: string | string[];
	environment: Record<string, string>;
	stop_grace_period?: string;
	volumes: string[];
	depends_on: Record<string, { condition: string }>;
}

const page = composeFile();
const { services, volumes } = parse(page, { merge: true }) as {
	services: Record<string, Service>;
	volumes: Record<string, null>;
};

const N8N: Array<[service: string, role: Role]> = [
	['main', 'main'],
	['worker', 'worker'],
	['webhook-1', 'webhook'],
	['webhook-2', 'webhook'],
];

/** @returns the rules of the Compose specification, and of a linter, that a file breaks */
function brokenRulesOf(text: string): string[] {
	const folder = mkdtempSync(join(tmpdir(), 'compose-'));
	try {
		const path = join(folder, 'compose.yaml');
		writeFileSync(path, text);
		// The proxy is for everybody.
		const rules = { 'no-unbound-port-interfaces': 0 } as const;
		const linter = new DCLinter({ rules, quiet: false, debug: false, exclude: [] });
		const messages = linter.lintFiles([path], false).flatMap((result) => result.messages);
		// Its warnings are about the order of lines.
		return messages.filter(({ type }) => type === 'error').map(({ rule }) => rule);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function namesInEnvFile(): string[] {
	const example = readFileSync(join(DOCS, 'queue-mode', '.env.example'), 'utf8');
	return [...example.matchAll(/^(\w+)=/gm)].map(([, name]) => name);
}

describe('the Compose file for queue mode', () => {
	it('follows the Compose specification', () => {
		expect(brokenRulesOf(page)).toEqual([]);
	});

	it.each([
		['a key that does not exist', page.replace('restart: unless', 'restarts: unless')],
		['a condition that does not exist', page.replace(': service_healthy', ': service_ready')],
		['a setting that is not text', page.replace("EXECUTIONS_MODE: 'queue'", 'EXECUTIONS_MODE: {}')],
		['text that is not YAML', page.replace('services:', 'services')],
	])('would not with %s', (_what, text) => {
		expect(text).not.toBe(page);
		expect(brokenRulesOf(text)).not.toEqual([]);
	});

	it.each(N8N)('gives %s the settings of the tests', (name, role) => {
		expect(services[name].environment).toMatchObject(settingsOf(role));
	});

	it.each(N8N)('starts %s as what it is, with the n8n of the tests', (name, role) => {
		const [command = 'main'] = String(services[name].command ?? 'main').split(' ');
		expect([command, services[name].image]).toEqual([role, `n8nio/n8n:${CURRENT_N8N}`]);
	});

	it.each(N8N)('waits longer for %s than it waits for its executions', (name, role) => {
		const gracePeriod = Number.parseInt(services[name].stop_grace_period ?? '0');
		expect(gracePeriod).toBeGreaterThan(Number(settingsOf(role).N8N_GRACEFUL_SHUTDOWN_TIMEOUT));
	});

	it.each(N8N)('gives %s the folder that the package is installed in', (name) => {
		const folder = 'nodes:/home/node/.n8n/nodes';
		expect(services[name].volumes).toContain(folder);
		expect(services.package.volumes).toContain(folder);
	});

	it('starts main when the package is installed, and the others when main is ready', () => {
		const { main, ...others } = Object.fromEntries(N8N.map(([name]) => [name, services[name]]));
		expect(main.depends_on.package.condition).toBe('service_completed_successfully');
		expect(Object.values(others).map(({ depends_on }) => depends_on.main.condition)).toEqual(
			Object.keys(others).map(() => 'service_healthy'),
		);
	});

	it('keeps data in volumes that it declares', () => {
		const used = Object.values(services)
			.flatMap((service) => service.volumes ?? [])
			.map((volume) => volume.split(':')[0])
			.filter((source) => !source.startsWith('.'));
		expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort());
	});

	it('takes what its owner chooses, and all secrets, from .env', () => {
		const chosen = [...page.matchAll(/\$\{(\w+):[?-]/g)].map(([, name]) => name);
		const explained = namesInEnvFile();
		expect([...new Set(chosen)].sort()).toEqual(explained.sort());
		const secrets = page.match(/\w*(PASSWORD|KEY)\w*: .*/g) ?? [];
		expect(secrets).not.toEqual([]);
		expect(secrets.filter((line) => !line.includes('${'))).toEqual([]);
	});
});

describe('the Caddyfile', () => {
	const caddyfile = readFileSync(join(DOCS, 'queue-mode', 'Caddyfile'), 'utf8');
	const [toProcessors, toMain] = caddyfile.split('# The editor');

	it('sends production URLs to all webhook processors, and the rest to main', () => {
		const processors = N8N.filter(([, role]) => role === 'webhook');
		const addresses = processors.map(([name]) => `${name}:5678`).join(' ');
		expect(toProcessors).toContain('/webhook/* /webhook-waiting/*');
		expect(toProcessors).toContain(`reverse_proxy ${addresses} {`);
		expect(toMain).toContain('reverse_proxy main:5678 {');
	});

	it('uses only those that are ready', () => {
		expect(caddyfile).toContain('health_uri /healthz/readiness');
		expect(toProcessors.split('import when_ready')).toHaveLength(2);
		expect(toMain.split('import when_ready')).toHaveLength(2);
	});
});

describe('docs/scaling.md', () => {
	const text = readFileSync(join(DOCS, 'scaling.md'), 'utf8');

	it.each(Object.values(SETTINGS).flatMap((group) => Object.entries(group)))(
		'says what %s is set to, and why',
		(name, { value, why }) => {
			const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
			expect(row).toContain(` \`${value}\` `);
			expect(row).toContain(why);
		},
	);

	it('names only settings that the Compose file has, or that are left as they are', () => {
		const left = [
			'EXECUTIONS_DATA_PRUNE',
			'EXECUTIONS_DATA_SAVE_ON_ERROR',
			'N8N_REINSTALL_MISSING_PACKAGES',
		];
		const named = [...text.matchAll(/`([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)(?:=\w+)?`/g)];
		const set = Object.values(services).flatMap(({ environment }) =>
			Object.keys(environment ?? {}),
		);
		const known = [...set, ...namesInEnvFile()];
		expect(named).not.toEqual([]);
		expect(
			named.map(([, name]) => name).filter((name) => ![...known, ...left].includes(name)),
		).toEqual([]);
	});
});
