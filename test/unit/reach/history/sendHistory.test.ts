import { setTimeout as sleep } from 'node:timers/promises';
import { RunResults } from '../../../../nodes/shared/reach/history/runResults';
import {
	MAX_CLAIMED,
	NOT_STARTED,
	SendHistory,
} from '../../../../nodes/shared/reach/history/sendHistory';
import { LATENESS } from '../../../../nodes/shared/reach/history/lateness';
import type { Delivery, DeliveryProblem } from '../../../../sendpilot/delivery';
import { N8nRow } from './n8nRow';

const PATIENT = { ...LATENESS };
const SENT = { outcome: 'sent', result: {} } as Delivery;

beforeEach(() => Object.assign(LATENESS, { waitMs: 110 }));
afterEach(() => Object.assign(LATENESS, PATIENT));

/** A person and a text. */
type Planned = [profileUrl: string, text: string];

/** Opens a history for a list of messages. */
async function open(
	planned: Planned[],
	row: N8nRow,
	{ id, mode = 'trigger' }: { id: string; mode?: 'trigger' | 'retry' },
) {
	const results = new RunResults({}, 'message');
	const messages = planned.map(([profileUrl, text], itemIndex) => ({
		itemIndex,
		position: results.meet({ profileUrl }),
		recipient: { person: { profileUrl }, text, asSent: {} as never },
	}));
	const items = planned.map(() => ({ json: {} }));
	const history = await SendHistory.open(
		Object.assign(row.contextOf(id, items), { getMode: () => mode }),
		results,
		{ kind: 'message', repeats: 'skipSameMessage', forget: false, signal: undefined },
	);
	return { history, messages, results };
}

describe('claims of upcoming messages', () => {
	// Between 8 and 13 of them go out while others are claimed.
	it.each([8, 9, 10, 12])(
		'never wait for one behind them (a message takes %i ms)',
		async (messageMs) => {
			const people = Array.from({ length: 45 }, (_, index) =>
				[20, 32, 34, 35].includes(index) ? 'jane' : `person-${index}`,
			);
			const { history, messages } = await open(
				people.map((person, index) => [person, `text ${index}`]),
				new N8nRow(),
				{ id: `upcoming ${messageMs}` },
			);
			for (const message of messages) {
				const next = message.itemIndex + 1;
				const upcoming = messages.slice(next, next + MAX_CLAIMED - 1);
				expect(await history.claim(message, upcoming)).toBeUndefined();
				await sleep(messageMs);
				history.settle(message, SENT);
			}
			await history.close();
		},
	);

	it('are released where a message to the same person is found in the inbox', async () => {
		const planned: Planned[] = [
			['jane', 'first'],
			['john', 'hello'],
			['jane', 'second'],
		];
		const { history, messages } = await open(planned, new N8nRow(), { id: 'found in the inbox' });
		const [first, other, second] = messages;
		expect(await history.claim(first, [])).toBeUndefined();
		history.settle(first, NOT_STARTED);
		expect(await history.claim(other, [second])).toBeUndefined();
		await history.confirm(first, SENT, [second]);
		history.settle(other, SENT);
		expect(await history.claim(second, [])).toBeUndefined();
		history.settle(second, SENT);
		await history.close();
	});

	it('are not made for a message that was found to be sent', async () => {
		const row = new N8nRow();
		const planned: Planned[] = [
			['ann', 'hello'],
			['ben', 'hello'],
			['jane', 'hello'],
		];
		const before = await open(planned, row, { id: 'found' });
		const jane = before.messages[2];
		expect(await before.history.claim(jane, [])).toBeUndefined();
		before.history.settle(jane, SENT);
		await before.history.close();

		const { history, messages, results } = await open(planned, row, { id: 'found', mode: 'retry' });
		for (const message of messages.slice(0, 2)) {
			expect(await history.claim(message, [messages[2]])).toBeUndefined();
			history.settle(message, SENT);
		}
		expect(await history.claim(messages[2], [])).toMatchObject({ alreadySent: true });
		expect(results.countOf({ profileUrl: 'jane' })).toBe(1);
		await history.close();
	});
});

describe('a claimed message that is abandoned', () => {
	it('holds up nobody, and is uncertain for the next execution', async () => {
		const row = new N8nRow();
		const planned: Planned[] = [['jane', 'hello']];
		const problem: DeliveryProblem = { reason: 'unexpected', step: 'send', said: [] };
		const { history, messages } = await open(planned, row, { id: 'abandoned' });
		expect(await history.claim(messages[0], [])).toBeUndefined();
		history.abandon(messages[0], { outcome: 'uncertain', problem });

		const next = await open(planned, row, { id: 'abandoned' });
		expect(await next.history.claim(next.messages[0], [])).toMatchObject({ outcome: 'uncertain' });
		await next.history.close();
		await history.close();
	});

	it('stays as it was settled', async () => {
		const planned: Planned[] = [['jane', 'hello']];
		const { history, messages, results } = await open(planned, new N8nRow(), { id: 'settled' });
		await history.claim(messages[0], []);
		history.settle(messages[0], SENT);
		history.abandon(messages[0], NOT_STARTED);
		expect(results.recall(0, messages[0].recipient)).toMatchObject({ outcome: 'sent' });
		expect(results.countOf({ profileUrl: 'jane' })).toBe(1);
		await history.close();
	});
});
