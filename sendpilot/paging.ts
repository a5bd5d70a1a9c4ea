import { problemIn } from './problem';

/** One page of a list, and where the list goes on. */
export interface Page<Item, Position> {
	items: Item[];
	/** Where the next page begins, if SendPilot says that there is one, or does not say that there is none. */
	next?: Position;
	/** Whether SendPilot says that there is another page, even if not where it begins. */
	hasMore?: boolean;
	/** How many items the whole list has, if SendPilot says so. */
	total?: number | null;
	/** All other pages, where the first one says how many there are; they are read side by side. */
	others?: OtherPages<Position>;
}

/** The pages after the first. Their number is SendPilot's and can be anything, so nothing is made of it in advance. */
export interface OtherPages<Position> {
	count: number;
	/** Where one of them begins; the first of them has the index 0. */
	at(index: number): Position;
}

/** A list that comes in pages. */
export interface PagedList<Item, Position> {
	first: Position;
	read(position: Position): Promise<Page<Item, Position>>;
	/** Tells items apart: lists change while they are read, so an item can be in two pages. */
	idOf(item: Item): unknown;
	/**
	 * Says what an error at a position after the first means: that there is nothing there (`end`), that SendPilot
	 * does not give out the rest (`cut`), or undefined for any other error.
	 */
	endAt(error: unknown, position: Position): 'end' | 'cut' | undefined;
}

/** How much of a list to read. */
export interface ReadOptions {
	/** How many items are wanted; no page is read that cannot be needed. */
	max?: number;
	/**
	 * Called at the end, if SendPilot said that there is more than what came out: because it does not give out the
	 * rest, or because the list changed while it was read.
	 */
	onCut?: () => void;
}

/** The answer to a page that is too large, and to one past the end. */
export const SERVER_ERROR = 500;

/**
 * Whether an error can mean that there is no such page: lists of unknown length end like that. Other server errors,
 * such as those of a gateway, say nothing about the list.
 */
export function canBeEnd(error: unknown): boolean {
	const { reason, status } = problemIn(error);
	return reason === 'invalid' || status === SERVER_ERROR;
}

/** How many pages are read at the same time. */
const PAGES_AT_ONCE = 6;

/**
 * Reads a list of any of SendPilot's three kinds: by page number, by offset or by continuation token. Ends with a
 * page that brings nothing new, and with a position that has been read before, because tokens can repeat; if
 * SendPilot says that there is more all the same, that is a cut. So is a list that brings fewer items than SendPilot
 * counted at first; items that come twice are no reason to think so.
 *
 * @yields the new items of each page, in the order of the list
 * @throws what `read` throws
 */
export async function* readPages<Item, Position>(
	{ first, read: readPage, idOf, endAt }: PagedList<Item, Position>,
	{ max = Infinity, onCut }: ReadOptions = {},
): AsyncGenerator<Item[], void, undefined> {
	const readFurther = async (position: Position): Promise<Page<Item, Position>> =>
		await readPage(position).catch((error: unknown) => {
			const end = endAt(error, position);
			if (end === undefined) throw error;
			return { items: [], hasMore: end === 'cut' };
		});
	const seen = new Set<unknown>();
	let read = 0;
	let left = max;
	const fresh = (items: Item[]) => {
		read += items.length;
		const unseen = items.filter((item) => {
			const id = idOf(item);
			if (seen.has(id)) return false;
			seen.add(id);
			return true;
		});
		const wanted = unseen.length > left ? unseen.slice(0, left) : unseen;
		left -= wanted.length;
		return wanted;
	};

	const firstPage = await readPage(first);
	const { items, others, total } = firstPage;
	yield fresh(items);
	let last = firstPage;
	if (others && items.length > 0) {
		const needed = Math.min(others.count, Math.ceil(left / items.length));
		const readOther = async (index: number) => await readFurther(others.at(index));
		let following = 0;
		for await (const page of inOrder(needed, readOther)) {
			const news = fresh(page.items);
			last = news.length > 0 ? page : { ...page, next: undefined };
			if (news.length === 0) break;
			yield news;
			// After a page of another length, the others begin elsewhere: go on one after another.
			following++;
			if (page.next !== undefined && !isEqual(page.next, others.at(following))) break;
		}
	}

	const visited = new Set([JSON.stringify(first)]);
	while (left > 0 && last.next !== undefined) {
		const position = JSON.stringify(last.next);
		if (visited.has(position)) break;
		visited.add(position);
		last = await readFurther(last.next);
		const news = fresh(last.items);
		if (news.length === 0) break;
		yield news;
	}
	const isShort = typeof total === 'number' && read < total;
	if (left > 0 && (last.hasMore || isShort)) onCut?.();
}

function isEqual(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** Reads so many pages, several at the same time, and gives them out in order. */
async function* inOrder<Result>(
	count: number,
	read: (index: number) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
	const reading: Array<Promise<Result>> = [];
	let next = 0;
	const start = () => {
		const one = read(next++);
		// Whoever takes it out gets the error; until then Node must not take it for unhandled.
		one.catch(() => undefined);
		reading.push(one);
	};
	while (next < Math.min(count, PAGES_AT_ONCE)) start();
	for (let one; (one = reading.shift()); ) {
		const result = await one;
		if (next < count) start();
		yield result;
	}
}
