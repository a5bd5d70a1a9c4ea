import { chosenSections } from '../../bench/sections';

const NAMES = ['messages', 'leads', 'memory'] as const;

describe('the parts of the benchmark', () => {
	it('are all measured unless some are chosen', () => {
		expect(chosenSections(NAMES, [])).toEqual(NAMES);
		expect(chosenSections(NAMES, ['leads'])).toEqual(['leads']);
	});

	it('keep their order', () => {
		expect(chosenSections(NAMES, ['memory', 'messages'])).toEqual(['messages', 'memory']);
	});

	it('are named where a name is wrong', () => {
		expect(() => chosenSections(NAMES, ['leads', 'lead'])).toThrow(
			'There is no "lead" to measure, only messages, leads, memory',
		);
	});
});
