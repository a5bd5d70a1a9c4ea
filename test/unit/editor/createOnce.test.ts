import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOnce } from '../../../editor/createOnce';

let root: string;
let folder: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'fill-once-'));
	folder = join(root, 'cache', 'thing');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const content = () => readdirSync(join(root, 'cache'));

/** Fills a folder with one file, slowly. */
async function fill(draft: string): Promise<void> {
	writeFileSync(join(draft, 'half'), '');
	await sleep(50);
	writeFileSync(join(draft, 'whole'), '');
}

const nobodyWaits = () => {
	throw new Error('waited');
};

describe('a folder that is filled once', () => {
	it('is there when it is whole, and not before', async () => {
		const filling = createOnce(folder, fill, nobodyWaits);
		expect(existsSync(folder)).toBe(false);
		await filling;
		expect(readdirSync(folder).sort()).toEqual(['half', 'whole']);
		expect(content()).toEqual(['thing']);
	});

	it('is taken as it is where it is there', async () => {
		mkdirSync(folder, { recursive: true });
		await createOnce(folder, nobodyWaits, nobodyWaits);
		expect(readdirSync(folder)).toEqual([]);
	});

	it('is filled once where several come at once; the others wait, and are told', async () => {
		const fills = jest.fn(fill);
		const waits = jest.fn();
		await Promise.all([1, 2, 3].map(async () => await createOnce(folder, fills, waits)));
		expect(fills).toHaveBeenCalledTimes(1);
		expect(waits).toHaveBeenCalledTimes(2);
		expect(content()).toEqual(['thing']);
	});

	it('leaves nothing behind where filling fails, and the next one who waits fills it', async () => {
		const broken = createOnce(
			folder,
			async (draft) => {
				await fill(draft);
				throw new Error('disk full');
			},
			nobodyWaits,
		);
		const next = createOnce(folder, fill, () => undefined);
		await expect(broken).rejects.toThrow('disk full');
		await next;
		expect(content()).toEqual(['thing']);
	});

	it('is filled anew, and the rest cleared away, where a process was killed in the middle', async () => {
		const left = `${folder}.draft-1-killed`;
		mkdirSync(left, { recursive: true });
		writeFileSync(join(left, 'half'), '');
		utimesSync(left, new Date(0), new Date(0));
		await createOnce(folder, fill, nobodyWaits);
		expect(content()).toEqual(['thing']);
	});
});
