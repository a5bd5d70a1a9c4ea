import fc from 'fast-check';
import { DELIVERY_RETRY_SECONDS } from '../../../sendpilot/contract/event';
import { REMEMBER_EVENTS, REMEMBER_MS, RepeatMemory } from '../../../sendpilot/webhook/repeats';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What is written down now, and read after a restart. */
function restarted(memory: RepeatMemory, nowMs = NOW): RepeatMemory {
	const fresh = new RepeatMemory();
	fresh.merge(JSON.parse(JSON.stringify(memory.state())), nowMs);
	return fresh;
}

const small = (events: number, ageMs = HOUR) => new RepeatMemory({ ageMs, events });

describe('an event', () => {
	it('is admitted once', () => {
		const memory = new RepeatMemory();
		expect(memory.admit('evt_1', NOW)).toBe(true);
		expect(memory.admit('evt_1', NOW)).toBe(false);
		expect(memory.admit('evt_2', NOW)).toBe(true);
	});

	it('is admitted once of 10 deliveries at the same moment', async () => {
		const memory = new RepeatMemory();
		const deliver = async () => {
			await Promise.resolve();
			return memory.admit('evt_1', NOW);
		};
		const admitted = await Promise.all(Array.from({ length: 10 }, deliver));
		expect(admitted.filter(Boolean)).toHaveLength(1);
	});

	it('is a repeat at each of SendPilot’s retries', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		let now = NOW;
		for (const seconds of DELIVERY_RETRY_SECONDS) {
			now += seconds * 1_000;
			expect(memory.admit('evt_1', now)).toBe(false);
		}
		expect(now - NOW).toBeGreaterThan(75 * MINUTE);
	});

	it('is a repeat at each of Svix’s retries', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		let now = NOW;
		for (const wait of [5_000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR]) {
			now += wait;
			expect(memory.admit('evt_1', now)).toBe(false);
		}
	});

	it('is new again after its time', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		expect(memory.admit('evt_1', NOW + REMEMBER_MS - 1)).toBe(false);
		expect(memory.admit('evt_1', NOW + REMEMBER_MS)).toBe(true);
		expect(memory.admit('evt_1', NOW + REMEMBER_MS + 1)).toBe(false);
	});

	it('is admitted again where it could not be handed over', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		memory.admit('evt_2', NOW);
		memory.forget('evt_1');
		expect(memory.admit('evt_1', NOW)).toBe(true);
		expect(memory.admit('evt_1', NOW)).toBe(false);
		expect(memory.admit('evt_2', NOW)).toBe(false);
	});

	it('can be forgotten without ever having been there', () => {
		const memory = new RepeatMemory();
		memory.forget('evt_1');
		expect(memory.admit('evt_1', NOW)).toBe(true);
	});

	it('is the same one with an id of any form', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '7', 'e'.repeat(1e6))),
				(id) => {
					const memory = new RepeatMemory();
					expect(memory.admit(id, NOW)).toBe(true);
					expect(memory.admit(id, NOW)).toBe(false);
					expect(restarted(memory).admit(id, NOW)).toBe(false);
				},
			),
		);
	});

	it('stays a repeat when the clock is set back', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		expect(memory.admit('evt_1', NOW - HOUR)).toBe(false);
	});
});

describe('a restart', () => {
	it('forgets nothing', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		memory.admit('evt_2', NOW + HOUR);
		const fresh = restarted(memory, NOW + HOUR);
		expect(fresh.admit('evt_1', NOW + HOUR)).toBe(false);
		expect(fresh.admit('evt_2', NOW + HOUR)).toBe(false);
		expect(fresh.state()).toEqual(memory.state());
	});

	it('does not lengthen the memory', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		const fresh = restarted(memory, NOW + REMEMBER_MS - 1);
		expect(fresh.admit('evt_1', NOW + REMEMBER_MS)).toBe(true);
	});

	it('leaves out what is too old, and what was forgotten', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		memory.admit('evt_2', NOW);
		memory.forget('evt_2');
		expect(memory.state()).toEqual({ evt_1: NOW });
		expect(restarted(memory, NOW + REMEMBER_MS).state()).toEqual({});
	});
});

describe('two memories', () => {
	it('know together what each of them knew', () => {
		const one = new RepeatMemory();
		const other = new RepeatMemory();
		one.admit('evt_1', NOW);
		other.admit('evt_2', NOW + 1);
		one.merge(other.state(), NOW + 1);
		expect(one.state()).toEqual({ evt_1: NOW, evt_2: NOW + 1 });
		expect(other.state()).toEqual({ evt_2: NOW + 1 });
	});

	it('each keep their own time of an event that both know', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		memory.merge({ evt_1: NOW - HOUR }, NOW);
		memory.merge({ evt_1: NOW + HOUR }, NOW + HOUR);
		expect(memory.state()).toEqual({ evt_1: NOW });
	});

	it('keep the newest where they are too many together', () => {
		const one = small(2);
		one.admit('evt_1', NOW + 1);
		one.admit('evt_3', NOW + 3);
		one.merge({ evt_0: NOW, evt_2: NOW + 2 }, NOW + 3);
		expect(one.state()).toEqual({ evt_2: NOW + 2, evt_3: NOW + 3 });
	});

	it('do not bring back what was forgotten since', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		const writtenBefore = memory.state();
		memory.forget('evt_1');
		memory.merge(writtenBefore, NOW + 1);
		expect(memory.admit('evt_1', NOW + 1)).toBe(true);
	});

	it('bring it back where the other admitted it later', () => {
		const memory = new RepeatMemory();
		memory.admit('evt_1', NOW);
		memory.forget('evt_1');
		memory.merge({ evt_1: NOW + 5 }, NOW + 6);
		expect(memory.admit('evt_1', NOW + 6)).toBe(false);
	});
});

describe('the memory is bounded', () => {
	it('by number: the oldest go first', () => {
		const memory = small(3);
		for (const id of ['evt_1', 'evt_2', 'evt_3', 'evt_4']) memory.admit(id, NOW);
		expect(Object.keys(memory.state())).toEqual(['evt_2', 'evt_3', 'evt_4']);
	});

	it('by age', () => {
		const memory = small(100, HOUR);
		memory.admit('evt_1', NOW);
		memory.admit('evt_2', NOW + HOUR);
		expect(Object.keys(memory.state())).toEqual(['evt_2']);
	});

	it('by the length of ids', () => {
		const memory = new RepeatMemory();
		for (let number = 0; number < 10; number++) memory.admit(`${'x'.repeat(1e6)}${number}`, NOW);
		expect(JSON.stringify(memory.state()).length).toBeLessThan(1_000);
	});

	it('at some 200 KB, and stays quick', () => {
		const memory = new RepeatMemory();
		const start = performance.now();
		for (let number = 0; number < 4 * REMEMBER_EVENTS; number++)
			expectAdmitted(memory, `evt_${NOW}_${number}`);
		expect(performance.now() - start).toBeLessThan(2_000);
		expect(Object.keys(memory.state())).toHaveLength(REMEMBER_EVENTS);
		expect(JSON.stringify(memory.state()).length).toBeLessThan(250_000);
	});
});

describe('a state that is not sound', () => {
	it.each([undefined, null, 'evt_1', 5, true, [], ['evt_1'], [['evt_1', NOW]]])(
		'%j counts as empty',
		(state) => {
			const memory = new RepeatMemory();
			memory.admit('evt_0', NOW);
			memory.merge(state, NOW);
			expect(memory.state()).toEqual({ evt_0: NOW });
		},
	);

	it('gives what is sound in it', () => {
		const memory = new RepeatMemory();
		const odd = { a: 'x', b: null, c: NaN, d: Infinity, e: {}, '': NOW, ['x'.repeat(1e4)]: NOW };
		memory.merge({ ...odd, evt_1: NOW }, NOW);
		expect(memory.state()).toEqual({ evt_1: NOW });
	});

	it('cannot hold an event for ever by a time in the future', () => {
		const memory = new RepeatMemory();
		memory.merge({ evt_1: NOW + 1_000 * HOUR }, NOW);
		expect(memory.admit('evt_1', NOW + HOUR)).toBe(false);
		expect(memory.admit('evt_1', NOW + REMEMBER_MS)).toBe(true);
	});

	it('pollutes nothing', () => {
		const memory = new RepeatMemory();
		memory.merge(JSON.parse(`{"__proto__":${NOW},"constructor":${NOW}}`), NOW);
		expect(memory.state()).toEqual({ constructor: NOW });
		expect(memory.admit('toString', NOW)).toBe(true);
	});
});

function expectAdmitted(memory: RepeatMemory, id: string): void {
	if (!memory.admit(id, NOW)) throw new Error(`${id} was not admitted`);
}
