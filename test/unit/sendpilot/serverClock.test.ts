import { ServerClock } from '../../../sendpilot/serverClock';

const SECOND = 1_000;
const NOON = Date.parse('2026-11-28T12:00:00.000Z');

/** A clock that has seen answers of a SendPilot whose clock differs, each asked for and answered at a time. */
function clockWith(differenceMs: number, answers: Array<[askedAt: number, answeredAt: number]>) {
	const clock = new ServerClock();
	for (const [askedAt, answeredAt] of answers) {
		const date = new Date((askedAt + answeredAt) / 2 + differenceMs).toUTCString();
		clock.note({ status: 200, headers: { date }, body: undefined }, askedAt, answeredAt);
	}
	return clock;
}

describe("SendPilot's clock", () => {
	it.each([
		['without an answer', clockWith(0, [])],
		['if it can be right', clockWith(300, [[NOON, NOON + 200]])],
		['if it is wrong beyond belief', clockWith(-1e11, [[NOON, NOON + 200]])],
	])('counts as right %s', (_when, clock) => {
		expect(clock.at(NOON)).toEqual({ earliest: NOON, latest: NOON });
	});

	it.each([90 * SECOND, -90 * SECOND])(
		'that differs by %i ms is known by the second',
		(differs) => {
			const { earliest, latest } = clockWith(differs, [[NOON, NOON + 100]]).at(NOON);
			expect(earliest).toBeLessThanOrEqual(NOON + differs);
			expect(latest).toBeGreaterThanOrEqual(NOON + differs);
			expect(latest - earliest).toBeLessThanOrEqual(SECOND + 100);
		},
	);

	it('is known better with each answer', () => {
		const answers = Array.from({ length: 10 }, (_, index): [number, number] => {
			const askedAt = NOON + index * 1_090;
			return [askedAt, askedAt + 10];
		});
		const { earliest, latest } = clockWith(5 * SECOND, answers).at(NOON);
		expect(latest - earliest).toBeLessThanOrEqual(200);
		expect(earliest).toBeLessThanOrEqual(NOON + 5 * SECOND);
		expect(latest).toBeGreaterThanOrEqual(NOON + 5 * SECOND);
	});

	it('may be set meanwhile', () => {
		const clock = clockWith(90 * SECOND, [[NOON, NOON + 10]]);
		const date = new Date(NOON + 20_000 - 90 * SECOND).toUTCString();
		const answer = { status: 200, headers: { date }, body: undefined };
		clock.note(answer, NOON + 20_000, NOON + 20_010);
		expect(clock.at(NOON).latest).toBeLessThan(NOON);
	});
});
