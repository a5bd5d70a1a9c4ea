import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { engines } from '../../../package.json';
import { ROOT } from '../../../scripts/unpack';

/** Runs the check on a Node that calls itself this version. */
function check(version: string): { status: number | null; stderr: string } {
	const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`;
	const script = join(ROOT, 'scripts', 'checkNode.mjs');
	const args = ['--import', `data:text/javascript,${pretend}`, script];
	return spawnSync(process.execPath, args, { encoding: 'utf8' });
}

const oldest = engines.node.replace('>=', '');

it.each([`${oldest}.0`, '22.0.0', '26.10.0'])('Node %s is new enough', (version) => {
	expect(check(version)).toMatchObject({ status: 0, stderr: '' });
});

it.each(['18.20.8', '20.18.3'])(
	'Node %s is too old, and the message says what to do',
	(version) => {
		const { status, stderr } = check(version);
		expect(status).toBe(1);
		expect(stderr).toContain(
			`Node.js ${version} is too old: this project needs ${oldest} or later.`,
		);
		expect(stderr).toContain('Install the current LTS release from https://nodejs.org');
	},
);
