import { personUrl } from '../support';
import { LEAD_WAYS, named, PROFILE_WAYS, useOutreach, WAYS } from './ways';

const use = useOutreach();

describe.each(named(WAYS))('Block List: %s', (_name, way) => {
	it('leaves out profiles, however they are written', async () => {
		const outreach = use(way);
		const blockList = `\n https://fr.linkedin.com/in/PERSON-0/?utm=1 \n\n${personUrl(2)}`;
		const { failed } = await outreach.send(outreach.people(3), { safety: { blockList } });
		expect(outreach.reached).toEqual([1]);
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining('this person is on the Block List'),
				details: { delivery: 'notSent', reason: 'blockList', blockListEntry: personUrl(0) },
			},
			{ details: { reason: 'blockList' } },
		]);
	});

	it('takes a list from an expression', async () => {
		const outreach = use(way);
		await outreach.send(outreach.people(2), {
			safety: { blockList: `={{ ["${personUrl(0)}", ""] }}` },
		});
		expect(outreach.reached).toEqual([1]);
	});

	it.each([
		[
			'an address that is no profile',
			'https://www.linkedin.com/company/acme',
			'neither the address of a LinkedIn profile',
		],
		['a list of an item', '={{ $json.name }}', 'is taken from an item of the input'],
		['entries that are no text', '={{ [1] }}', 'has an entry that is not text'],
	])('refuses %s before the first call', async (_what, blockList, why) => {
		const outreach = use(way);
		const { failed } = await outreach.send(outreach.people(2), { safety: { blockList } });
		expect(outreach.sandbox.requests).toEqual([]);
		expect(failed).toHaveLength(2);
		expect(failed[0]).toMatchObject({
			error: expect.stringContaining(why),
			details: { reason: 'invalidSetup' },
		});
	});

	it('leaves out people of a company, without case and legal form', async () => {
		const outreach = use(way);
		outreach.lead(1).company = 'Northwind';
		const companies = ['ACME, Inc.', 'Northwind'];
		const { output } = await outreach.send(
			outreach.people(2, (number) => ({ company: companies[number] })),
			{
				safety: {
					...{ blockList: 'Acme', blockedItems: 'output' },
					...(way.isByLead ? {} : { recipientCompany: '={{ $json.company }}' }),
				},
			},
		);
		expect(outreach.reached).toEqual([1]);
		expect(output).toMatchObject([
			{ success: false, details: { reason: 'blockList', blockListEntry: 'Acme' } },
			{ success: true },
		]);
	});
});

describe.each(named(PROFILE_WAYS))('a company that is not known: %s', (_name, way) => {
	it('is left out, or not, as the user wants', async () => {
		const outreach = use(way);
		const { failed } = await outreach.send(outreach.people(1), { safety: { blockList: 'Acme' } });
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([
			{
				details: {
					...{ delivery: 'notSent', reason: 'blockListUnknown' },
					description: expect.stringContaining('Fill in Recipient Company under Safety.'),
				},
			},
		]);
		await outreach.send(outreach.people(1), {
			safety: { blockList: 'Acme', ifUnchecked: 'send' },
		});
		expect(outreach.reached).toEqual([0]);
	});

	it('is taken from the lead under Safety', async () => {
		const outreach = use(way);
		const { failed } = await outreach.send(outreach.people(1), {
			safety: { blockList: 'Acme', recipientLead: 'lead_person_0' },
		});
		expect(failed).toMatchObject([{ details: { reason: 'blockList' } }]);
	});
});

describe.each(named(LEAD_WAYS))('the company of a lead without one: %s', (_name, way) => {
	it('is not known', async () => {
		const outreach = use(way);
		outreach.lead(0).company = null;
		const { failed } = await outreach.send(outreach.people(1), { safety: { blockList: 'Acme' } });
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([{ details: { reason: 'blockListUnknown' } }]);
	});

	it('is that of the item, if it has one', async () => {
		const outreach = use(way);
		await outreach.send(outreach.people(1), {
			safety: { blockList: 'Acme', recipientCompany: 'Northwind' },
		});
		expect(outreach.reached).toEqual([0]);
	});
});
