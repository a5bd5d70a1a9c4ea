import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE, writeManifest } from '../../editor/install';
import { areDone, nodeFolderIn, runSteps } from '../../editor/installSteps';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'install-node-'));
	writeManifest(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said = jest.fn();
beforeEach(() => said.mockClear());

describe('the installer, with the npm of this machine and a package that has an install script', () => {
	it('installs it into an empty folder, with the effect of its script', async () => {
		await runSteps([NODE], folder, said);
		expect(await areDone([NODE], folder)).toBe(true);
	});

	it('does nothing if it is there', async () => {
		await runSteps([NODE], folder, said);
		expect(said).not.toHaveBeenCalled();
	});

	it('repairs it if its script never ran', async () => {
		rmSync(nodeFolderIn(folder), { recursive: true });
		expect(await areDone([NODE], folder)).toBe(false);
		await runSteps([NODE], folder, said);
		expect(await areDone([NODE], folder)).toBe(true);
	});
});
