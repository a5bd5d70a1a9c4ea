import fc from 'fast-check';
import { Pace, type LastSent } from '../../../nodes/shared/reach/pace';

const NOW = 1_000_000;

function paceOf(lastSent: LastSent, [minDelayMs, maxDelayMs]: [number, number], random = 0) {
	return new Pace(lastSent, { minDelayMs, maxDelayMs }, () => random);
}

describe('the pause before a message', () => {
	it('is none where nothing was sent yet, or no pause is wanted', () => {
		expect(paceOf({}, [5_000, 9_000]).delayBefore('alex', NOW)).toBe(0);
		expect(paceOf({ alex: NOW }, [0, 0]).delayBefore('alex', NOW)).toBe(0);
	});

	it.each([
		[0, 5_000],
		[0.5, 7_000],
		[0.999, 8_996],
	])('is random from the shortest to the longest one (%d: %i ms)', (random, ms) => {
		expect(paceOf({ alex: NOW }, [5_000, 9_000], random).delayBefore('alex', NOW)).toBe(ms);
	});

	it('counts from the last message of the sender, however long ago', () => {
		const pace = paceOf({ alex: NOW - 3_000 }, [5_000, 5_000]);
		expect(pace.delayBefore('alex', NOW)).toBe(2_000);
		expect(pace.delayBefore('alex', NOW + 2_000)).toBe(0);
		expect(pace.delayBefore('alex', NOW + 3_600_000)).toBe(0);
	});

	it('is no business of other senders', () => {
		expect(paceOf({ alex: NOW }, [5_000, 5_000]).delayBefore('bianca', NOW)).toBe(0);
	});

	it('keeps a message of an unknown sender apart from all, and all apart from it', () => {
		const lastSent = { alex: NOW - 4_000, bianca: NOW - 1_000 };
		const pace = paceOf(lastSent, [5_000, 5_000]);
		expect(pace.delayBefore(undefined, NOW)).toBe(4_000);
		pace.note(undefined, NOW);
		expect(pace.delayBefore('alex', NOW)).toBe(5_000);
		expect(pace.delayBefore('casper', NOW)).toBe(5_000);
		expect(pace.delayBefore(undefined, NOW)).toBe(5_000);
	});

	it('lasts over the tries of an execution, as what was noted is kept with it', () => {
		const lastSent: LastSent = {};
		paceOf(lastSent, [5_000, 5_000]).note('alex', NOW);
		const saved = JSON.parse(JSON.stringify(lastSent)) as LastSent;
		expect(paceOf(saved, [5_000, 5_000]).delayBefore('alex', NOW + 1_000)).toBe(4_000);
	});

	const senders = fc.option(fc.constantFrom('alex', 'bianca'), { nil: undefined });
	const pauses = fc
		.tuple(fc.nat(60_000), fc.nat(60_000))
		.map(([shortest, more]): [number, number] => [shortest, shortest + more]);
	const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

	it('keeps each message at the minimum delay from all that may be of its sender', () => {
		const history = fc.array(fc.tuple(senders, fc.nat(90_000)));
		fc.assert(
			fc.property(history, pauses, randoms, senders, (gaps, [shortest, longest], random, next) => {
				const pace = paceOf({}, [shortest, longest], random);
				let now = NOW;
				const sent = gaps.map(([sender, gap]) => {
					now += gap;
					pace.note(sender, now);
					return { sender, at: now };
				});
				const begins = now + pace.delayBefore(next, now);
				const own = sent.filter(({ sender }) => !sender || !next || sender === next);
				const distances = own.map(({ at }) => begins - at);
				// A thousandth of a millisecond is lost to rounding.
				expect(Math.min(...distances, Infinity)).toBeGreaterThanOrEqual(shortest - 0.001);
			}),
		);
	});

	it('is from 0 to the longest one, also where the clock was set back', () => {
		const times = fc.nat(2 * NOW);
		fc.assert(
			fc.property(times, times, pauses, randoms, (last, now, range, random) => {
				const pause = paceOf({ alex: last }, range, random).delayBefore('alex', now);
				expect(pause).toBeGreaterThanOrEqual(0);
				expect(pause).toBeLessThanOrEqual(range[1]);
			}),
		);
	});
});
