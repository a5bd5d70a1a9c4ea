import { expectAllDescribed } from '../../contract';
import { expectSchema, runOperation, beginOperation, type OperationRun } from '../sendPilot';
import { byId, useSandbox, withAnswer } from '../support';

const use = useSandbox();
afterEach(() => {
	if (use.sandbox.requests.length > 0) expectAllDescribed(use.sandbox);
});

const BY_ITEM = {
	campaignId: byId('={{ $json.campaign ?? "camp_founders" }}'),
	linkedinUrl: '={{ $json.url }}',
};

const find = async (items: OperationRun['items'], run: OperationRun = {}) =>
	await runOperation(use.sandbox, 'lead.find', {
		...{ items, ...run },
		parameters: { ...BY_ITEM, ...run.parameters },
	});

/** Adds leads who are the same person, in the forms that SendPilot stores. */
function addJaneAgain(): void {
	const { leads } = use.sandbox.seed;
	const jane = leads.find(({ id }) => id === 'lead_jane')!;
	leads.push(
		{ ...jane, id: 'lead_jane_2', linkedinUrl: 'https://fr.linkedin.com/in/Jane-Doe/?x=1' },
		{ ...jane, id: 'lead_jane_3', linkedinUrl: 'in/jane-doe%253FminiProfileUrn=urn' },
	);
}

const pagesRead = (campaign: string) =>
	use.sandbox.requests.filter(
		({ query }) => (query as { campaignId: string }).campaignId === campaign,
	).length;

describe('Lead → Find by Profile URL', () => {
	it.each([
		['a full address', 'https://www.linkedin.com/in/jane-doe/'],
		['another country and a query', 'https://uk.linkedin.com/in/JANE-DOE?trk=x'],
		['the name alone', 'in/jane-doe?miniProfileUrn=urn%3Ali%3Afs_miniProfile%3A1'],
	])('finds a person by %s', async (_, url) => {
		const { output, pairing } = await find([{ url }]);
		expect(output).toMatchObject([{ id: 'lead_jane', campaignId: 'camp_founders' }]);
		expect(pairing).toEqual([0]);
		expectSchema('lead.find', output);
	});

	it('finds names that are not in Latin letters, in either form', async () => {
		const slug = '山田-優希';
		const urls = [slug, encodeURIComponent(slug)].map((one) => ({ url: `linkedin.com/in/${one}` }));
		const { output } = await find(urls);
		expect(output.map(({ id }) => id)).toEqual(['lead_yuki', 'lead_yuki']);
	});

	it('outputs every lead that is the person, and none of other campaigns', async () => {
		addJaneAgain();
		const { output, pairing } = await find([{ url: 'linkedin.com/in/jane-doe' }]);
		expect(output.map(({ id }) => id)).toEqual(['lead_jane', 'lead_jane_2', 'lead_jane_3']);
		expect(pairing).toEqual([0, 0, 0]);
	});

	it('does not take leads that SendPilot lists, but that name another campaign', async () => {
		const linkedinUrl = 'https://www.linkedin.com/in/jane-doe';
		const leads = ['camp_expo', 'camp_founders', null].map((campaignId, index) => ({
			...{ id: `lead_${index}`, linkedinUrl, campaignId },
		}));
		const { result } = await withAnswer(
			{ leads, pagination: { total: 3, page: 1, limit: 100, totalPages: 1 } },
			async (settings) => await find([{ url: linkedinUrl }], { settings }),
		);
		expect(result.output.map(({ id }) => id)).toEqual(['lead_1', 'lead_2']);
	});

	it('outputs the first one only, if told to, and then stops reading', async () => {
		addJaneAgain();
		const options = { firstOnly: true };
		const { output } = await find([{ url: 'linkedin.com/in/jane-doe' }], {
			parameters: { options },
		});
		expect(output.map(({ id }) => id)).toEqual(['lead_jane']);

		const [{ linkedinUrl: url }] = use.sandbox.seed.leads.filter(
			({ campaignId }) => campaignId === 'camp_saas',
		);
		await find([{ url, campaign: 'camp_saas' }], { parameters: { options } });
		expect(pagesRead('camp_saas')).toBeLessThan(12);
		const before = pagesRead('camp_saas');
		await find([{ url, campaign: 'camp_saas' }]);
		expect(pagesRead('camp_saas') - before).toBe(12);
	});

	it('reads each campaign once, however many people are looked for', async () => {
		const people = use.sandbox.seed.leads.filter(({ campaignId }) =>
			['camp_saas', 'camp_expo'].includes(campaignId),
		);
		const items = people.map(({ linkedinUrl, campaignId }) => ({
			...{ url: linkedinUrl, campaign: campaignId },
		}));
		const { output, pairing } = await find(items);
		expect(output.map(({ linkedinUrl, campaignId }) => [linkedinUrl, campaignId])).toEqual(
			items.map(({ url, campaign }) => [url, campaign]),
		);
		expect(pairing).toEqual([...items.keys()]);
		expect([pagesRead('camp_saas'), pagesRead('camp_expo')]).toEqual([12, 3]);
		expect(use.sandbox.requests).toHaveLength(15);
	});

	it('includes all details if asked to', async () => {
		const { output } = await find([{ url: 'linkedin.com/in/jane-doe' }], {
			parameters: { options: { full: true } },
		});
		expect(output).toMatchObject([
			{ email: 'jane.doe@example.com', data: { topic: 'scaling support' } },
		]);
	});

	describe('nobody found', () => {
		const items = [{ url: 'linkedin.com/in/nobody' }, { url: 'linkedin.com/in/omar-haddad' }];

		it('outputs nothing for them, and says so once', async () => {
			const { result } = await beginOperation(use.sandbox, 'lead.find', {
				...{ parameters: BY_ITEM, items: [...items, { url: 'linkedin.com/in/nobody-else' }] },
			});
			const [run] = (await result).data.resultData.runData['Send'];
			expect(run.data!.main[0]!.map(({ json }) => json.id)).toEqual(['lead_omar']);
			expect(run.hints).toMatchObject([
				{ message: expect.stringContaining('Not everybody was found') },
			]);
		});

		it.each([
			['simplified', {}],
			['raw', { simple: false }],
		])('outputs a lead without ID for them, if told to, %s', async (_, parameters) => {
			const { leads } = use.sandbox.seed;
			leads.splice(
				leads.findIndex(({ id }) => id === 'lead_opaque'),
				1,
			);
			const { output, pairing } = await find(items, {
				parameters: { ...parameters, options: { ifNotFound: 'empty' } },
			});
			expect(output).toMatchObject([
				{
					id: null,
					linkedinUrl: 'https://www.linkedin.com/in/nobody',
					campaignId: 'camp_founders',
				},
				{ id: 'lead_omar' },
			]);
			expect(pairing).toEqual([0, 1]);
		});

		it('does not say so where a lead hides its address, who may be the person', async () => {
			const { output, failed } = await find(items, {
				...{ parameters: { options: { ifNotFound: 'empty' } }, onError: 'continueErrorOutput' },
			});
			expect(output).toMatchObject([{ id: 'lead_omar' }]);
			expect(failed).toMatchObject([
				{
					error: expect.stringContaining('1 lead of the campaign has no public profile URL'),
					details: { description: expect.stringContaining('Do not add the person again') },
				},
			]);
		});

		it('does not say so of a list that SendPilot cuts off', async () => {
			const cut = { fault: 'status', status: 400, message: 'page must not be greater' } as const;
			use.sandbox.inject({ ...cut, path: '/v1/leads', after: 2, times: Infinity });
			const { failed } = await find([{ url: 'linkedin.com/in/nobody', campaign: 'camp_saas' }], {
				onError: 'continueErrorOutput',
			});
			expect(failed).toMatchObject([
				{
					error: expect.stringMatching(/not found, but SendPilot only listed [12]00 of the leads/),
				},
			]);
		});

		it('does not say so of a campaign that should have more leads than SendPilot listed', async () => {
			const leads = [{ id: 'lead_1', linkedinUrl: 'https://www.linkedin.com/in/jane-doe' }];
			const { result } = await withAnswer(
				{ leads, pagination: { total: 2, page: 1, limit: 100, totalPages: 1 } },
				async (settings) =>
					await find([{ url: 'linkedin.com/in/nobody' }, { url: 'linkedin.com/in/jane-doe' }], {
						...{ settings, parameters: { options: { ifNotFound: 'empty' } } },
						onError: 'continueErrorOutput',
					}),
			);
			expect(result.output).toMatchObject([{ id: 'lead_1' }]);
			expect(result.failed).toMatchObject([
				{ error: expect.stringMatching(/only listed 1 of the leads .* changed while it was read/) },
			]);
		});
	});

	it('goes on with the others if an item or a campaign cannot be used', async () => {
		const { output, failed } = await find(
			[
				{ url: 'linkedin.com/company/acme' },
				{ url: 'linkedin.com/in/omar-haddad', campaign: 'gone' },
				{ url: 'linkedin.com/in/omar-haddad' },
				{ url: 'linkedin.com/in/omar-haddad', campaign: '' },
			],
			{ onError: 'continueErrorOutput' },
		);
		expect(output).toMatchObject([{ id: 'lead_omar' }]);
		expect(failed).toMatchObject([
			{ error: expect.stringContaining('company'), details: { itemIndex: 0 } },
			{ details: { reason: 'notFound', itemIndex: 1 } },
			{ error: 'The field Campaign is empty', details: { itemIndex: 3 } },
		]);
	});

	it('reads nothing if the node stops on errors and an item cannot be used', async () => {
		const { error } = await find([{ url: 'linkedin.com/in/omar-haddad' }, { url: 'x' }]);
		expect(error).toMatchObject({ itemIndex: 1 });
		expect(use.sandbox.requests).toEqual([]);
	});
});
