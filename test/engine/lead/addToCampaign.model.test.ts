import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { AddLeadsBody } from '../../../sendpilot/contract/lead';
import type { FaultRule } from '../../../sandbox';
import { runOperation } from '../sendPilot';
import { byId, personUrl, sendBodies, useSandbox } from '../support';

const use = useSandbox();

const CAMPAIGNS = ['camp_next', 'camp_expo', 'camp_webinar'];

/** The same profile, as people paste it. */
const FORMS: Array<(number: number) => string> = [
	personUrl,
	(number) => `linkedin.com/in/PERSON-${number}/`,
	(number) => `in/person-${number}?miniProfileUrn=x`,
];

const BAD_URLS = ['', 'https://example.com/in/x', 'linkedin.com/company/acme', 'https://lnkd.in/x'];

const campaign = fc.constantFrom(...CAMPAIGNS);
const person = fc.record({ campaign, number: fc.nat(400), form: fc.nat(FORMS.length - 1) });
const item = fc.oneof(
	{
		weight: 20,
		arbitrary: person.map(({ campaign: id, number, form }) => ({
			...{ campaign: id, url: FORMS[form](number), isUsable: true },
		})),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			campaign,
			url: fc.constantFrom(...BAD_URLS),
			isUsable: fc.constant(false),
		}),
	},
	{ weight: 1, arbitrary: fc.constant({ campaign: ' ', url: personUrl(1), isUsable: false }) },
);

const FAULTS: FaultRule[] = [
	{ fault: 'status', status: 400, message: 'no' },
	{ fault: 'status', status: 403, message: 'no', times: 2 },
	{ fault: 'status', status: 401, message: 'no', times: Infinity },
	{ fault: 'lostThen500' },
	{ fault: 'deliveredThen500' },
	{ fault: 'resetAfterDelivery', times: 2 },
];
const fault = fc.option(
	fc.record({ rule: fc.constantFrom(...FAULTS), after: fc.nat(3) }).map(({ rule, after }) => ({
		...{ ...rule, after, path: '/v1/leads', method: 'POST' },
	})),
);

/** Who is in the campaigns, as often as they are. */
const members = () =>
	use.sandbox.seed.leads
		.filter(({ campaignId }) => CAMPAIGNS.includes(campaignId))
		.map(({ campaignId, linkedinUrl }) => `${campaignId} ${linkedinUrl}`);
const who = ({ campaignId, linkedinUrl }: IDataObject) => `${campaignId} ${linkedinUrl}`;

async function addAll(items: IDataObject[]) {
	return await runOperation(use.sandbox, 'lead.addToCampaign', {
		...{ items, onError: 'continueRegularOutput' },
		parameters: {
			campaignId: byId('={{ $json.campaign }}'),
			linkedinUrl: '={{ $json.url }}',
		},
	});
}

function expectTrue(row: IDataObject, rows: IDataObject[], before: Set<string>): void {
	const after = new Set(members());
	const first = rows[Number(row.duplicateOfItem)];
	switch (row.outcome) {
		case 'added':
			expect([before.has(who(row)), after.has(who(row))]).toEqual([false, true]);
			break;
		case 'unknown':
			expect(after).toContain(who(row));
			break;
		default:
			expect(row.outcome).toBe('duplicate');
			if (row.duplicateOfItem === null) expect(before).toContain(who(row));
			else expect(first.duplicateOfItem ?? null).toBeNull();
	}
}

it('says exactly one true thing about each item, and sends nobody twice, whatever happens', async () => {
	const known = fc.array(person, { maxLength: 60 });
	const items = fc.array(item, { maxLength: 400, size: 'max' });
	await fc.assert(
		fc.asyncProperty(known, items, fault, async (already, given, rule) => {
			use.reset();
			const { leads } = use.sandbox.seed;
			for (const [index, { campaign: campaignId, number }] of already.entries()) {
				leads.push({
					...leads[0],
					id: `known_${index}`,
					campaignId,
					linkedinUrl: personUrl(number),
				});
			}
			const before = members();
			if (rule) use.sandbox.inject(rule);

			const { output, pairing } = await addAll(given);

			expect(pairing).toEqual([...given.keys()]);
			for (const [index, row] of output.entries()) {
				const { reason } = (row.details ?? {}) as IDataObject;
				expect(reason === 'invalidInput').toBe(!given[index].isUsable);
				expect('error' in row).not.toBe('outcome' in row);
				if ('outcome' in row) expectTrue(row, output, new Set(before));
			}
			// A request that is tried again is the same one.
			const tries = sendBodies(use.sandbox).map((body) => JSON.stringify(body));
			const requests = [...new Set(tries)].map((body) => JSON.parse(body) as AddLeadsBody);
			expect(Math.max(0, ...requests.map((request) => request.leads.length))).toBeLessThanOrEqual(
				100,
			);
			const sent = requests.flatMap(({ campaignId, leads: people }) =>
				people.map(({ linkedinUrl }) => who({ campaignId, linkedinUrl })),
			);
			expect(new Set(sent).size).toBe(sent.length);
			expect(members().length - before.length).toBe(new Set(members()).size - new Set(before).size);
		}),
		{ numRuns: 40 },
	);
});
