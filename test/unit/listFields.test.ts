import type { ItemRun } from '../../nodes/shared/itemOperation';
import { listed } from '../../nodes/shared/listFields';
import type { ReadOptions } from '../../sendpilot/paging';

/** Lists numbers, in pages of two, of which SendPilot gives out the first. */
async function listNumbers(
	given: number,
	{ isCut = false, otherwise = undefined as string | undefined } = {},
) {
	const hints: string[] = [];
	const item = {
		fields: { isOn: () => true },
		context: { addExecutionHints: ({ message }: { message: string }) => hints.push(message) },
	} as unknown as ItemRun;
	async function* read({ onCut }: ReadOptions) {
		for (let from = 0; from < given; from += 2) yield [from, from + 1];
		if (isCut) onCut?.();
	}
	const output = await listed(item, (number: number) => ({ number }), read, { otherwise });
	return { output, hints };
}

it('a list that SendPilot gives out whole needs no hint', async () => {
	const { output, hints } = await listNumbers(4);
	expect(output).toEqual([0, 1, 2, 3].map((number) => ({ number })));
	expect(hints).toEqual([]);
});

it.each([
	[undefined, 'narrow the filters'],
	['start smaller searches', 'start smaller searches'],
])(
	'one that may have more gets a hint, with how many there are and what to do: %s',
	async (otherwise, next) => {
		const { output, hints } = await listNumbers(4, { isCut: true, otherwise });
		expect(output).toHaveLength(4);
		expect(hints).toEqual([
			`There may be more than these 4 results: SendPilot does not list all of them, or the list changed while it was read. Try again. If that does not help, ${next}.`,
		]);
	},
);
