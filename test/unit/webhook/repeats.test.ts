import fc from 'fast-check';
import { DELIVERY_RETRY_SECONDS } from '../../../sendpilot/contract/event';
import { REMEMBER_EVENTS, REMEMBER_MS, RepeatMemory } from '../../../sendpilot/webhook/repeats';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Saves a memory and loads it, as a restart does. */
function restarted(memory: RepeatMemory, nowMs = NOW): RepeatMemory {
	const fresh = new RepeatMemory();
	fresh.merge(JSON.parse(JSON.stringify(memory.record)), nowMs);
	return fresh;
}

/** Delivers an event unless it is a repeat. @returns whether it was accepted */
function deliver(memory: RepeatMemory, eventId: string, nowMs = NOW): boolean {
	const claim = memory.claim(eventId, nowMs);
	claim?.settle(true);
	return claim !== undefined;
}

const recordOf = (memory: RepeatMemory) => ({ ...memory.record });

const small = (events: number, ageMs = HOUR) => new RepeatMemory({ ageMs, events });

describe('an event', () => {
	it('is accepted once', () => {
		const memory = new RepeatMemory();
		expect(deliver(memory, 'evt_1')).toBe(true);
		expect(deliver(memory, 'evt_1')).toBe(false);
		expect(deliver(memory, 'evt_2')).toBe(true);
	});

	it('is claimed by one of 10 simultaneous deliveries', async () => {
		const memory = new RepeatMemory();
		const claim = async () => {
			await Promise.resolve();
			return memory.claim('evt_1', NOW);
		};
		const claims = await Promise.all(Array.from({ length: 10 }, claim));
		expect(claims.filter(Boolean)).toHaveLength(1);
	});

	it('is a repeat at each of SendPilot’s retries', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		let now = NOW;
		for (const seconds of DELIVERY_RETRY_SECONDS) {
			now += seconds * 1_000;
			expect(deliver(memory, 'evt_1', now)).toBe(false);
		}
		expect(now - NOW).toBeGreaterThan(75 * MINUTE);
	});

	it('is a repeat at each of Svix’s retries', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		let now = NOW;
		for (const wait of [5_000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR]) {
			now += wait;
			expect(deliver(memory, 'evt_1', now)).toBe(false);
		}
	});

	it('counts as new again once it is forgotten', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		expect(deliver(memory, 'evt_1', NOW + REMEMBER_MS - 1)).toBe(false);
		expect(deliver(memory, 'evt_1', NOW + REMEMBER_MS)).toBe(true);
		expect(deliver(memory, 'evt_1', NOW + REMEMBER_MS + 1)).toBe(false);
	});

	it.each([
		[true, false],
		[false, true],
	])('makes its repeats wait until it is settled (accepted: %s)', async (isAccepted, isNext) => {
		const memory = new RepeatMemory();
		const first = memory.claim('evt_1', NOW)!;
		const repeat = memory.settled('evt_1')!.then(() => deliver(memory, 'evt_1'));
		expect(memory.claim('evt_1', NOW)).toBeUndefined();
		first.settle(isAccepted);
		expect(await repeat).toBe(isNext);
		expect(memory.settled('evt_1')).toBeUndefined();
	});

	it('is not remembered until it is accepted', () => {
		const memory = new RepeatMemory();
		const claim = memory.claim('evt_1', NOW)!;
		expect(recordOf(memory)).toEqual({});
		claim.settle(true);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
	});

	it('is settled only once', () => {
		const memory = new RepeatMemory();
		const first = memory.claim('evt_1', NOW)!;
		first.settle(false);
		const second = memory.claim('evt_1', NOW)!;
		first.settle(true);
		expect(recordOf(memory)).toEqual({});
		second.settle(true);
		second.settle(false);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
	});

	it('is recognised by an id of any form', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '7', 'e'.repeat(1e6))),
				(id) => {
					const memory = new RepeatMemory();
					expect(deliver(memory, id)).toBe(true);
					expect(deliver(memory, id)).toBe(false);
					expect(deliver(restarted(memory), id)).toBe(false);
				},
			),
		);
	});

	it('stays a repeat when the clock is set back', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		expect(deliver(memory, 'evt_1', NOW - HOUR)).toBe(false);
	});
});

describe('a restart', () => {
	it('forgets nothing', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		deliver(memory, 'evt_2', NOW + HOUR);
		const fresh = restarted(memory, NOW + HOUR);
		expect(deliver(fresh, 'evt_1', NOW + HOUR)).toBe(false);
		expect(deliver(fresh, 'evt_2', NOW + HOUR)).toBe(false);
		expect(recordOf(fresh)).toEqual(recordOf(memory));
	});

	it('does not extend the time for which events are remembered', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		const fresh = restarted(memory, NOW + REMEMBER_MS - 1);
		expect(deliver(fresh, 'evt_1', NOW + REMEMBER_MS)).toBe(true);
	});

	it('drops events that are too old or were not accepted', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		memory.claim('evt_2', NOW)!.settle(false);
		memory.claim('evt_3', NOW);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
		expect(recordOf(restarted(memory, NOW + REMEMBER_MS))).toEqual({});
	});
});

describe('the record', () => {
	it('is always the same object, so the latest state is saved', () => {
		const memory = new RepeatMemory();
		const { record } = memory;
		deliver(memory, 'evt_1');
		memory.merge({ evt_2: NOW }, NOW);
		expect(JSON.parse(JSON.stringify(record))).toEqual({ evt_1: NOW, evt_2: NOW });
	});
});

describe('two memories', () => {
	it('are merged into one that knows the events of both', () => {
		const one = new RepeatMemory();
		const other = new RepeatMemory();
		deliver(one, 'evt_1');
		deliver(other, 'evt_2', NOW + 1);
		one.merge(recordOf(other), NOW + 1);
		expect(recordOf(one)).toEqual({ evt_1: NOW, evt_2: NOW + 1 });
		expect(recordOf(other)).toEqual({ evt_2: NOW + 1 });
	});

	it('keep their own time for an event that both know', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		memory.merge({ evt_1: NOW - HOUR }, NOW);
		memory.merge({ evt_1: NOW + HOUR }, NOW + HOUR);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
	});

	it('keep the newest events if there are too many together', () => {
		const one = small(2);
		deliver(one, 'evt_1', NOW + 1);
		deliver(one, 'evt_3', NOW + 3);
		one.merge({ evt_0: NOW, evt_2: NOW + 2 }, NOW + 3);
		expect(recordOf(one)).toEqual({ evt_2: NOW + 2, evt_3: NOW + 3 });
	});
});

describe('the memory is bounded', () => {
	it('by number: the oldest are forgotten first', () => {
		const memory = small(3);
		for (const id of ['evt_1', 'evt_2', 'evt_3', 'evt_4']) deliver(memory, id);
		expect(Object.keys(recordOf(memory))).toEqual(['evt_2', 'evt_3', 'evt_4']);
	});

	it('by age', () => {
		const memory = small(100, HOUR);
		deliver(memory, 'evt_1');
		deliver(memory, 'evt_2', NOW + HOUR);
		expect(Object.keys(recordOf(memory))).toEqual(['evt_2']);
	});

	it('by the length of ids', () => {
		const memory = new RepeatMemory();
		for (let number = 0; number < 10; number++) deliver(memory, `${'x'.repeat(1e6)}${number}`);
		expect(JSON.stringify(recordOf(memory)).length).toBeLessThan(1_000);
	});

	it('at about 200 KB', () => {
		const memory = new RepeatMemory();
		for (let number = 0; number < 4 * REMEMBER_EVENTS; number++) {
			deliver(memory, `evt_${NOW}_${number}`);
		}
		expect(Object.keys(recordOf(memory))).toHaveLength(REMEMBER_EVENTS);
		expect(JSON.stringify(recordOf(memory)).length).toBeLessThan(250_000);
	});
});

describe('a damaged state', () => {
	it.each([undefined, null, 'evt_1', 5, true, [], ['evt_1'], [['evt_1', NOW]]])(
		'%j counts as empty',
		(state) => {
			const memory = new RepeatMemory();
			deliver(memory, 'evt_0');
			memory.merge(state, NOW);
			expect(recordOf(memory)).toEqual({ evt_0: NOW });
		},
	);

	it('yields its valid entries', () => {
		const memory = new RepeatMemory();
		const odd = { a: 'x', b: null, c: NaN, d: Infinity, e: {}, '': NOW, ['x'.repeat(1e4)]: NOW };
		memory.merge({ ...odd, evt_1: NOW }, NOW);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
	});

	it('cannot keep an event forever with a time in the future', () => {
		const memory = new RepeatMemory();
		memory.merge({ evt_1: NOW + 1_000 * HOUR }, NOW);
		expect(deliver(memory, 'evt_1', NOW + HOUR)).toBe(false);
		expect(deliver(memory, 'evt_1', NOW + REMEMBER_MS)).toBe(true);
	});

	it('pollutes nothing', () => {
		const memory = new RepeatMemory();
		memory.merge(JSON.parse(`{"__proto__":${NOW},"constructor":${NOW}}`), NOW);
		expect(recordOf(memory)).toEqual({ constructor: NOW });
		expect(deliver(memory, 'toString')).toBe(true);
	});
});
