import { cpuOfWork, cpuRatio, timeRatio } from '../../bench/rounds';
import { verify } from '../../bench/run';

const took = (ms: number, cpu: number) => ({ begin: 1_000, end: 1_000 + ms, cpu, calls: [] });

describe('a round', () => {
	it('compares time with that of HTTP Request', () => {
		const round = { sendPilot: took(500, 0), httpRequest: took(2_000, 0) };
		expect(timeRatio('sendPilot')(round)).toBe(0.25);
	});

	it('compares CPU time with that of HTTP Request, both without that of the base', () => {
		const round = { base: took(0, 100), sendPilot: took(0, 400), httpRequest: took(0, 700) };
		expect(cpuRatio('sendPilot')(round)).toBe(0.5);
	});

	it('leaves out what the same workflow needs without the work', () => {
		expect(cpuOfWork('sendPilot')({ base: took(0, 100), sendPilot: took(0, 400) })).toBe(300);
	});
});

describe('a run', () => {
	it('must have done what it should', () => {
		const task = { name: 'Leads', done: { added: 5, output: 5 } };
		expect(() => verify(task, { added: 5, output: 5, people: 0 })).not.toThrow();
		expect(() => verify(task, { added: 4, output: 5 })).toThrow('Leads: "added" is 4 and not 5');
		expect(() => verify(task, { added: 5 })).toThrow('Leads: "output" is undefined and not 5');
	});
});
