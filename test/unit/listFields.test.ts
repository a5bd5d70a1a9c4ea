import type { ItemRun } from '../../nodes/shared/itemOperation';
import { listed } from '../../nodes/shared/listFields';
import type { ReadOptions } from '../../sendpilot/paging';

/** Lists numbers, in pages of two, of which SendPilot gives out the first. */
async function listNumbers(
	given: number,
	{ isCut = false, others = undefined as string | undefined } = {},
) {
	const hints: string[] = [];
	const item = {
		fields: { isOn: () => true },
		context: { addExecutionHints: ({ message }: { message: string }) => hints.push(message) },
	} as unknown as ItemRun;
	async function* read({ onCut }: ReadOptions) {
		// Pages are read ahead, so several can find out that the rest is cut, and before others are output.
		if (isCut) for (let page = 0; page < 3; page++) onCut?.();
		for (let from = 0; from < given; from += 2) yield [from, from + 1];
	}
	const output = await listed(item, (number: number) => ({ number }), read, { others });
	return { output, hints };
}

it('a list that SendPilot gives out whole needs no hint', async () => {
	const { output, hints } = await listNumbers(4);
	expect(output).toEqual([0, 1, 2, 3].map((number) => ({ number })));
	expect(hints).toEqual([]);
});

it.each([
	[undefined, 'Narrow the filters to get the others.'],
	['Ask again tomorrow.', 'Ask again tomorrow.'],
])(
	'one that is cut gets one hint, with how many there are and what to do: %s',
	async (others, next) => {
		const { output, hints } = await listNumbers(4, { isCut: true, others });
		expect(output).toHaveLength(4);
		expect(hints).toEqual([`SendPilot does not list more than these 4 results. ${next}`]);
	},
);
