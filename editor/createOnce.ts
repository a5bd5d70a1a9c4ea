import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a process that fills a draft shows that it is still there, in ms. */
const SIGN_OF_LIFE_MS = 5_000;

/** After how long without a sign of life a draft counts as left behind, in ms. */
const LEFT_BEHIND_MS = 60_000;

/** How often to look whether another process is ready, in ms. */
const LOOK_MS = 1_000;

/**
 * Makes a folder that is filled at great expense, once for all processes: it is there whole or not at
 * all. It is filled under another name and renamed at the end. Where a second process comes, it waits
 * for the first; should both fill a draft all the same, the first one that is ready counts.
 *
 * @param fill gets the path of an empty folder
 * @param onWait is told, once, when another process fills it already
 * @throws what `fill` throws; nothing is left then
 */
export async function createOnce(
	folder: string,
	fill: (draft: string) => Promise<void>,
	onWait: () => void,
): Promise<void> {
	mkdirSync(dirname(folder), { recursive: true });
	for (let waits = 0; !existsSync(folder); waits++) {
		const draft = newDraft(folder);
		if (draft) return await fillDraft(draft, folder, fill);
		if (waits === 0) onWait();
		await sleep(LOOK_MS);
	}
}

/** @returns undefined where another process was here first */
function newDraft(folder: string): string | undefined {
	if (draftsOf(folder).length > 0) return undefined;
	const draft = `${draftPrefix(folder)}${Date.now()}-${randomUUID()}`;
	mkdirSync(draft);
	// Of two that came at once, the name decides.
	const [first] = draftsOf(folder);
	if (first === draft) return draft;
	rmSync(draft, { recursive: true });
	return undefined;
}

async function fillDraft(
	draft: string,
	folder: string,
	fill: (draft: string) => Promise<void>,
): Promise<void> {
	const signs = setInterval(() => {
		const now = new Date();
		void utimes(draft, now, now).catch(() => undefined);
	}, SIGN_OF_LIFE_MS);
	try {
		await fill(draft);
		renameSync(draft, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	} finally {
		clearInterval(signs);
		rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** The drafts that are being filled, the oldest first; those that were left behind are removed. */
function draftsOf(folder: string): string[] {
	const prefix = basename(draftPrefix(folder));
	const drafts = readdirSync(dirname(folder))
		.filter((name) => name.startsWith(prefix))
		.sort()
		.map((name) => join(dirname(folder), name));
	return drafts.filter((draft) => {
		const lastSign = statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? 0;
		if (Date.now() - lastSign < LEFT_BEHIND_MS) return true;
		rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
		return false;
	});
}

function draftPrefix(folder: string): string {
	return `${folder}.draft-`;
}
