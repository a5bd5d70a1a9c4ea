import { setTimeout as sleep } from 'node:timers/promises';
import { RunResults } from '../../../../nodes/shared/reach/history/runResults';
import { MAX_CLAIMED, SendHistory } from '../../../../nodes/shared/reach/history/sendHistory';
import { LATENESS } from '../../../../nodes/shared/reach/history/lateness';
import type { Delivery } from '../../../../sendpilot/delivery';
import { Row } from './row';

const PATIENT = { ...LATENESS };
const SENT = { outcome: 'sent', result: {} } as Delivery;

beforeEach(() => Object.assign(LATENESS, { waitMs: 110 }));
afterEach(() => Object.assign(LATENESS, PATIENT));

describe('claims of upcoming messages', () => {
	// Between 8 and 13 of them go out while others are claimed.
	it.each([8, 9, 10, 12])(
		'never wait for one behind them (a message takes %i ms)',
		async (messageMs) => {
			const people = Array.from({ length: 45 }, (_, index) =>
				[20, 32, 34, 35].includes(index) ? 'jane' : `person-${index}`,
			);
			const items = people.map(() => ({ json: {} }));
			const results = new RunResults({}, 'message');
			const messages = people.map((profileUrl, itemIndex) => ({
				itemIndex,
				position: results.meet({ profileUrl }),
				recipient: { person: { profileUrl }, text: `text ${itemIndex}`, asSent: {} as never },
			}));
			const history = await SendHistory.open(
				new Row().contextOf(`upcoming ${messageMs}`, items),
				results,
				{ kind: 'message', repeats: 'skipSameMessage', forget: false, signal: undefined },
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
});
