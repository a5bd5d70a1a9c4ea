import fc from 'fast-check';
import { DELIVERY_RETRY_SECONDS } from '../../../sendpilot/contract/event';
import { REMEMBER_EVENTS, REMEMBER_MS, RepeatMemory } from '../../../sendpilot/webhook/repeats';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What is written down now, and read after a restart. */
function restarted(memory: RepeatMemory, nowMs = NOW): RepeatMemory {
	const fresh = new RepeatMemory();
	fresh.merge(JSON.parse(JSON.stringify(memory.record)), nowMs);
	return fresh;
}

/** Delivers an event as far as it is not a repeat. @returns whether it was handed over */
function deliver(memory: RepeatMemory, eventId: string, nowMs = NOW): boolean {
	const admission = memory.admit(eventId, nowMs);
	admission?.settle(true);
	return admission !== undefined;
}

const recordOf = (memory: RepeatMemory) => ({ ...memory.record });

const small = (events: number, ageMs = HOUR) => new RepeatMemory({ ageMs, events });

describe('an event', () => {
	it('is handed over once', () => {
		const memory = new RepeatMemory();
		expect(deliver(memory, 'evt_1')).toBe(true);
		expect(deliver(memory, 'evt_1')).toBe(false);
		expect(deliver(memory, 'evt_2')).toBe(true);
	});

	it('is admitted once of 10 deliveries at the same moment', async () => {
		const memory = new RepeatMemory();
		const admit = async () => {
			await Promise.resolve();
			return memory.admit('evt_1', NOW);
		};
		const admitted = await Promise.all(Array.from({ length: 10 }, admit));
		expect(admitted.filter(Boolean)).toHaveLength(1);
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

	it('is new again after its time', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		expect(deliver(memory, 'evt_1', NOW + REMEMBER_MS - 1)).toBe(false);
		expect(deliver(memory, 'evt_1', NOW + REMEMBER_MS)).toBe(true);
		expect(deliver(memory, 'evt_1', NOW + REMEMBER_MS + 1)).toBe(false);
	});

	it.each([
		[true, false],
		[false, true],
	])('lets its repeats wait for whether it was handed over (%s)', async (isHandedOver, isNext) => {
		const memory = new RepeatMemory();
		const first = memory.admit('evt_1', NOW)!;
		const repeat = memory.settled('evt_1')!.then(() => deliver(memory, 'evt_1'));
		expect(memory.admit('evt_1', NOW)).toBeUndefined();
		first.settle(isHandedOver);
		expect(await repeat).toBe(isNext);
		expect(memory.settled('evt_1')).toBeUndefined();
	});

	it('is not remembered as long as it is not handed over', () => {
		const memory = new RepeatMemory();
		const admission = memory.admit('evt_1', NOW)!;
		expect(recordOf(memory)).toEqual({});
		admission.settle(true);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
	});

	it('is settled once for all', () => {
		const memory = new RepeatMemory();
		const first = memory.admit('evt_1', NOW)!;
		first.settle(false);
		const second = memory.admit('evt_1', NOW)!;
		first.settle(true);
		expect(recordOf(memory)).toEqual({});
		second.settle(true);
		second.settle(false);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
	});

	it('is the same one with an id of any form', () => {
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

	it('does not lengthen the memory', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		const fresh = restarted(memory, NOW + REMEMBER_MS - 1);
		expect(deliver(fresh, 'evt_1', NOW + REMEMBER_MS)).toBe(true);
	});

	it('leaves out what is too old, and what was not handed over', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		memory.admit('evt_2', NOW)!.settle(false);
		memory.admit('evt_3', NOW);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
		expect(recordOf(restarted(memory, NOW + REMEMBER_MS))).toEqual({});
	});
});

describe('the record', () => {
	it('is always the same object, so that it is written down as it is at that moment', () => {
		const memory = new RepeatMemory();
		const { record } = memory;
		deliver(memory, 'evt_1');
		memory.merge({ evt_2: NOW }, NOW);
		expect(JSON.parse(JSON.stringify(record))).toEqual({ evt_1: NOW, evt_2: NOW });
	});
});

describe('two memories', () => {
	it('know together what each of them knew', () => {
		const one = new RepeatMemory();
		const other = new RepeatMemory();
		deliver(one, 'evt_1');
		deliver(other, 'evt_2', NOW + 1);
		one.merge(recordOf(other), NOW + 1);
		expect(recordOf(one)).toEqual({ evt_1: NOW, evt_2: NOW + 1 });
		expect(recordOf(other)).toEqual({ evt_2: NOW + 1 });
	});

	it('each keep their own time of an event that both know', () => {
		const memory = new RepeatMemory();
		deliver(memory, 'evt_1');
		memory.merge({ evt_1: NOW - HOUR }, NOW);
		memory.merge({ evt_1: NOW + HOUR }, NOW + HOUR);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
	});

	it('keep the newest where they are too many together', () => {
		const one = small(2);
		deliver(one, 'evt_1', NOW + 1);
		deliver(one, 'evt_3', NOW + 3);
		one.merge({ evt_0: NOW, evt_2: NOW + 2 }, NOW + 3);
		expect(recordOf(one)).toEqual({ evt_2: NOW + 2, evt_3: NOW + 3 });
	});
});

describe('the memory is bounded', () => {
	it('by number: the oldest go first', () => {
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

	it('at some 200 KB', () => {
		const memory = new RepeatMemory();
		for (let number = 0; number < 4 * REMEMBER_EVENTS; number++) {
			deliver(memory, `evt_${NOW}_${number}`);
		}
		expect(Object.keys(recordOf(memory))).toHaveLength(REMEMBER_EVENTS);
		expect(JSON.stringify(recordOf(memory)).length).toBeLessThan(250_000);
	});
});

describe('a state that is not sound', () => {
	it.each([undefined, null, 'evt_1', 5, true, [], ['evt_1'], [['evt_1', NOW]]])(
		'%j counts as empty',
		(state) => {
			const memory = new RepeatMemory();
			deliver(memory, 'evt_0');
			memory.merge(state, NOW);
			expect(recordOf(memory)).toEqual({ evt_0: NOW });
		},
	);

	it('gives what is sound in it', () => {
		const memory = new RepeatMemory();
		const odd = { a: 'x', b: null, c: NaN, d: Infinity, e: {}, '': NOW, ['x'.repeat(1e4)]: NOW };
		memory.merge({ ...odd, evt_1: NOW }, NOW);
		expect(recordOf(memory)).toEqual({ evt_1: NOW });
	});

	it('cannot hold an event for ever by a time in the future', () => {
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
