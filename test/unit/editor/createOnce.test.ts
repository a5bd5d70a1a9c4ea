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
	root = mkdtempSync(join(tmpdir(), 'create-once-'));
	folder = join(root, 'cache', 'thing');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const inCache = () => readdirSync(join(root, 'cache'));

/** Makes a folder that is not sound: one of its two files is missing. */
function breakFolder(): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'first'), '');
	utimesSync(folder, new Date(0), new Date(0));
}

/** Fills a folder with two files, slowly. */
async function fill(draft: string): Promise<void> {
	writeFileSync(join(draft, 'first'), '');
	await sleep(50);
	writeFileSync(join(draft, 'second'), '');
}

const isSound = async (path: string) => existsSync(join(path, 'second'));

const notCalled = () => {
	throw new Error('called');
};

const contents = { isSound, fill, onWait: notCalled };

describe('a folder that is filled once', () => {
	it('exists when it is complete, and not before', async () => {
		const filling = createOnce(folder, contents);
		expect(existsSync(folder)).toBe(false);
		await filling;
		expect(readdirSync(folder).sort()).toEqual(['first', 'second']);
		expect(inCache()).toEqual(['thing']);
	});

	it('is used as it is if it is sound', async () => {
		await createOnce(folder, contents);
		await createOnce(folder, { ...contents, fill: notCalled });
		expect(readdirSync(folder).sort()).toEqual(['first', 'second']);
	});

	it('is filled once if several ask at the same time; the others wait, and are told', async () => {
		const fills = jest.fn(fill);
		const onWait = jest.fn();
		const asks = [1, 2, 3].map(async () => {
			await createOnce(folder, { isSound, fill: fills, onWait });
		});
		await Promise.all(asks);
		expect(fills).toHaveBeenCalledTimes(1);
		expect(onWait).toHaveBeenCalledTimes(2);
		expect(inCache()).toEqual(['thing']);
	});

	it('leaves nothing behind if filling it fails, and the next one waiting fills it', async () => {
		const failing = createOnce(folder, {
			...contents,
			fill: async (draft) => {
				await fill(draft);
				throw new Error('disk full');
			},
		});
		const next = createOnce(folder, { ...contents, onWait: () => undefined });
		await expect(failing).rejects.toThrow('disk full');
		await next;
		expect(inCache()).toEqual(['thing']);
	});

	it('starts over, and removes the remains, if a process was killed while filling it', async () => {
		const remains = `${folder}.draft-1-killed`;
		mkdirSync(remains, { recursive: true });
		writeFileSync(join(remains, 'first'), '');
		utimesSync(remains, new Date(0), new Date(0));
		await createOnce(folder, contents);
		expect(inCache()).toEqual(['thing']);
	});
});

describe('a folder that is not sound', () => {
	beforeEach(breakFolder);

	it('is completed, with what it has', async () => {
		await createOnce(folder, {
			...contents,
			fill: async (draft) => {
				expect(readdirSync(draft)).toEqual(['first']);
				await fill(draft);
			},
		});
		expect(readdirSync(folder).sort()).toEqual(['first', 'second']);
		expect(inCache()).toEqual(['thing']);
	});

	it('is completed once if several ask at the same time', async () => {
		const fills = jest.fn(fill);
		const asks = [1, 2, 3].map(async () => {
			await createOnce(folder, { isSound, fill: fills, onWait: () => undefined });
		});
		await Promise.all(asks);
		expect(fills).toHaveBeenCalledTimes(1);
		expect(await isSound(folder)).toBe(true);
	});

	it('is filled from scratch if it cannot be completed', async () => {
		await createOnce(folder, {
			...contents,
			fill: async (draft) => {
				if (existsSync(join(draft, 'first'))) throw new Error('cannot be completed');
				await fill(draft);
			},
		});
		expect(await isSound(folder)).toBe(true);
	});

	it('is gone if it cannot be filled from scratch either', async () => {
		const fills = jest.fn().mockRejectedValue(new Error('offline'));
		await expect(createOnce(folder, { ...contents, fill: fills })).rejects.toThrow('offline');
		expect(fills).toHaveBeenCalledTimes(2);
		expect(inCache()).toEqual([]);
	});
});
