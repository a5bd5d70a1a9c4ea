import { tarballName } from '../../../scripts/unpack';

const packed = { name: 'a-package', version: '1.2.3', filename: 'a-package-1.2.3.tgz' };

it.each([
	['npm 10 and 11, a list', [packed]],
	['npm 12, an object keyed by package name', { 'a-package': packed }],
])('the tarball is found in the output of %s', (_, printed) => {
	expect(tarballName(JSON.stringify(printed))).toBe('a-package-1.2.3.tgz');
});
