import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CURRENT_N8N, OLDEST_N8N } from '../../editor/install';
import { engines } from '../../package.json';
import { ROOT } from '../../scripts/unpack';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The versions in one row of the README's table. */
function supported(name: string): string[] {
	const [, section] = read('README.md').split('## Supported versions');
	const row = new RegExp(`^\\| ${name}\\b[^|]*\\|([^|]*)\\|`, 'm').exec(section);
	return versionsIn(row?.[1]);
}

/** The versions of one axis of the matrix that GitHub runs. */
function tested(name: string): string[] {
	const axis = new RegExp(`^ +${name}: \\[(.*)\\]$`, 'm').exec(read('.github/workflows/ci.yml'));
	return versionsIn(axis?.[1]);
}

const versionsIn = (list = '') => list.split(',').map((version) => version.trim());

describe('the versions that the README lists as supported', () => {
	it('are the n8n that the tests run in', () => {
		expect(supported('n8n')).toEqual([CURRENT_N8N, OLDEST_N8N]);
	});

	it('are the Node.js of the matrix, from the oldest that package.json accepts', () => {
		expect(supported('Node.js')).toEqual(tested('node'));
		expect(engines.node).toMatch(new RegExp(`^>=${supported('Node.js')[0]}\\.`));
	});

	it('are the npm of the matrix', () => {
		expect(supported('npm')).toEqual(tested('npm'));
		expect(supported('npm').length).toBeGreaterThan(1);
	});
});
