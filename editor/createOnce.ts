import { randomUUID } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
} from 'node:fs';
import { utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a process that is filling a draft shows that it is still running, in ms. */
const SIGN_OF_LIFE_MS = 5_000;

/** A draft without a sign of life for this long is abandoned, in ms. */
const ABANDONED_MS = 60_000;

/** How often a waiting process checks whether the folder is ready, in ms. */
const CHECK_MS = 1_000;

/** How to make the folder, and how to tell whether it is good. */
export interface Contents {
	/** Whether a folder has all that it should have. Called each time the folder is asked for. */
	isSound(folder: string): Promise<boolean>;
	/** Fills a folder that is empty, or completes one that is not sound. */
	fill(draft: string): Promise<void>;
	/** Called once if another process is already filling the folder. */
	onWait(): void;
}

/**
 * Makes a folder that is costly to fill, once for all processes. Other processes see it either complete
 * or not at all: it is filled under another name, then renamed. A folder that is not sound is completed
 * the same way, and filled from scratch if that fails. While one process fills it, the others wait.
 *
 * @throws what `fill` throws; the folder does not exist then
 */
export async function createOnce(folder: string, contents: Contents): Promise<void> {
	mkdirSync(dirname(folder), { recursive: true });
	for (let waits = 0; !(await isReady(folder, contents)); waits++) {
		const draft = newDraft(folder);
		if (draft) return await publish(draft, folder, contents);
		if (waits === 0) contents.onWait();
		await sleep(CHECK_MS);
	}
}

async function isReady(folder: string, { isSound }: Contents): Promise<boolean> {
	return existsSync(folder) && (await isSound(folder));
}

/** @returns undefined if another process got there first */
function newDraft(folder: string): string | undefined {
	if (draftsOf(folder).length > 0) return undefined;
	const draft = `${draftPrefix(folder)}${Date.now()}-${randomUUID()}`;
	mkdirSync(draft);
	// If two processes get here at the same time, the name decides.
	const [first] = draftsOf(folder);
	if (first === draft) return draft;
	rmSync(draft, { recursive: true });
	return undefined;
}

async function publish(draft: string, folder: string, contents: Contents): Promise<void> {
	const signs = setInterval(() => {
		const now = new Date();
		void utimes(draft, now, now).catch(() => undefined);
	}, SIGN_OF_LIFE_MS);
	try {
		// Another process may have finished between the check and the draft.
		if (await isReady(folder, contents)) return;
		if (existsSync(folder)) await complete(draft, folder, contents);
		else await contents.fill(draft);
		renameSync(draft, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	} finally {
		clearInterval(signs);
		rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** Turns the unsound folder into the draft, and completes it or, failing that, fills it from scratch. */
async function complete(draft: string, folder: string, { fill }: Contents): Promise<void> {
	const now = new Date();
	// Keeps the draft from looking abandoned once it has the old folder's date.
	utimesSync(folder, now, now);
	renameSync(folder, draft);
	try {
		await fill(draft);
	} catch {
		rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
		mkdirSync(draft);
		await fill(draft);
	}
}

/** The drafts that are being filled, oldest first. Removes abandoned ones. */
function draftsOf(folder: string): string[] {
	const prefix = basename(draftPrefix(folder));
	const drafts = readdirSync(dirname(folder))
		.filter((name) => name.startsWith(prefix))
		.sort()
		.map((name) => join(dirname(folder), name));
	return drafts.filter((draft) => {
		const lastSign = statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? 0;
		if (Date.now() - lastSign < ABANDONED_MS) return true;
		rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
		return false;
	});
}

function draftPrefix(folder: string): string {
	return `${folder}.draft-`;
}
