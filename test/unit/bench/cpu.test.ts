import { parseStat, ticksBelow } from '../../bench/cpu';

const FIELDS = '4242 77 77 0 -1 4194304 100 200 0 0 7 5 3 1 20 0 11 0 12345';

describe('the CPU time of processes', () => {
	it('adds up own time and that of children that have ended', () => {
		expect(parseStat(`77 (node) S ${FIELDS}`)).toEqual({ parent: 4242, ticks: 7 + 5 + 3 + 1 });
	});

	it('is found whatever the program is called', () => {
		expect(parseStat(`77 (a) b (c 9) S ${FIELDS}`)).toEqual(parseStat(`77 (node) S ${FIELDS}`));
	});

	it('includes everything below a process, and nothing beside it', () => {
		const stats = new Map([
			[1, { parent: 0, ticks: 1_000 }],
			[2, { parent: 1, ticks: 1 }],
			[3, { parent: 2, ticks: 20 }],
			[4, { parent: 3, ticks: 300 }],
			[5, { parent: 1, ticks: 4_000 }],
		]);
		expect(ticksBelow(2, stats)).toBe(321);
	});
});
