import { jsonOf, run, toLead, useSandbox } from '../support';

const use = useSandbox();

/** Checks leads of one campaign in a dry run. @returns how many calls it took to read them */
async function readsWith(maxDelay: number): Promise<number> {
	const { seed, requests } = use.sandbox;
	const leads = seed.leads.filter(({ campaignId }) => campaignId === 'camp_saas').slice(0, 20);
	const parameters = toLead({
		options: { maxDelay },
		safety: { dryRun: true, stopIfReplied: true },
	});
	const count = () => requests.filter(({ path }) => path.startsWith('/v1/leads')).length;
	const before = count();
	const items = leads.map(({ id }) => ({ lead: id }));
	expect(jsonOf(await run(use.sandbox, items, { parameters }))).toHaveLength(20);
	return count() - before;
}

it('a dry run reads leads together even with delays, as it does not wait', async () => {
	expect(await readsWith(60)).toBe(await readsWith(0));
});
