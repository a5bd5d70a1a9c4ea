import type { INodeParameters } from 'n8n-workflow';
import { loadList, type ListRequest } from '../../engine/editor';
import { loader, toLead, toProfile, useSandbox, workflowWith } from './support';

const use = useSandbox();

async function list(method: string, parameters: INodeParameters, request: ListRequest = {}) {
	const node = workflowWith([], { parameters }).nodes[1];
	const sendPilotApi = { apiKey: use.sandbox.apiKey, baseUrl: use.sandbox.url };
	return await loadList(await loader, node, method, { sendPilotApi }, request);
}

const names = ({ results }: Awaited<ReturnType<typeof list>>) => results.map(({ name }) => name);

describe('the list of senders', () => {
	it('shows plain names, which n8n saves with the workflow, and those first that can send now', async () => {
		use.sandbox.seed.senders[2].messagesSentToday = 2;
		const found = await list('searchSenders', toProfile());
		expect(names(found)).toEqual([
			'Alex Moreau',
			'Bianca Costa',
			'Casper Lind',
			'Dora Novak',
			'Emil Haas',
		]);
		expect(found.results[0]).toEqual({
			name: 'Alex Moreau',
			value: 'sender_alex',
			url: 'https://www.linkedin.com/in/alex-moreau',
		});
	});

	it('offers Automatic for a lead, and only there', async () => {
		expect(names(await list('searchSenders', toLead()))[0]).toBe('Automatic');
		expect(names(await list('searchSenders', toProfile()))).not.toContain('Automatic');
	});

	it.each(['bianca', 'COSTA', ' sender_bianca '])('finds one by "%s"', async (filter) => {
		expect(names(await list('searchSenders', toProfile(), { filter }))).toEqual(['Bianca Costa']);
	});
});

describe('the list of campaigns', () => {
	const addCampaigns = (count: number) => {
		const [template] = use.sandbox.seed.campaigns;
		use.sandbox.seed.campaigns.push(
			...Array.from({ length: count }, (_, index) => ({
				...template,
				id: `camp_${index}`,
				name: `Campaign ${index}`,
			})),
		);
	};

	it('shows plain names', async () => {
		const found = names(await list('searchCampaigns', toProfile()));
		expect(found).toEqual(use.sandbox.seed.campaigns.map(({ name }) => name));
		expect(found.slice(0, 3)).toEqual(['Founders in Europe', 'Agency owners', 'Webinar guests']);
	});

	it('comes page by page, each campaign once', async () => {
		addCampaigns(230);
		const seen: string[] = [];
		let paginationToken: string | undefined;
		do {
			const page = await list('searchCampaigns', toProfile(), { paginationToken });
			seen.push(...page.results.map(({ value }) => String(value)));
			paginationToken = page.paginationToken as string | undefined;
		} while (paginationToken);
		expect(seen).toEqual(use.sandbox.seed.campaigns.map(({ id }) => id));
	});

	it('ends where SendPilot gives out no further page', async () => {
		const message = 'page must not be greater than 100';
		use.sandbox.inject({ fault: 'status', status: 400, message, path: '/v1/campaigns' });
		const found = await list('searchCampaigns', toProfile(), { paginationToken: '101' });
		expect(found).toEqual({ results: [] });
	});

	it('is searched on all pages', async () => {
		addCampaigns(230);
		const found = await list('searchCampaigns', toProfile(), { filter: 'campaign 229' });
		expect(names(found)).toEqual(['Campaign 229']);
		expect(found.paginationToken).toBeUndefined();
	});
});

describe('the list of campaigns of an older SendPilot', () => {
	const older = useSandbox({ generation: 'docs' });

	it('reads the same', async () => {
		const node = workflowWith([], { parameters: toProfile() }).nodes[1];
		const sendPilotApi = { apiKey: older.sandbox.apiKey, baseUrl: older.sandbox.url };
		const found = await loadList(await loader, node, 'searchCampaigns', { sendPilotApi });
		expect(names(found)[0]).toBe('Founders in Europe');
	});
});

describe('the list of leads', () => {
	const inCampaign = (value: string) => toLead({ campaignId: { __rl: true, mode: 'list', value } });

	it('shows the people of the chosen campaign, by address until the name is known', async () => {
		const found = await list('searchLeads', inCampaign('camp_founders'));
		expect(names(found)).toEqual([
			'Jane Doe – CTO, Acme',
			'Omar Haddad – Founder, Northwind',
			'優希 山田 – CEO, Hoshi',
			'Noah Berg – COO, Fjord Labs',
			'lead_opaque',
		]);
		expect(found.results[0]).toMatchObject({
			value: 'lead_jane',
			url: 'https://www.linkedin.com/in/jane-doe',
		});
	});

	it('comes page by page, and is searched on all pages', async () => {
		const [template] = use.sandbox.seed.leads;
		use.sandbox.seed.leads.push(
			...Array.from({ length: 230 }, (_, index) => ({
				...template,
				id: `lead_${index}`,
				firstName: `Person ${index}`,
			})),
		);
		const seen: unknown[] = [];
		let paginationToken: string | undefined;
		do {
			const page = await list('searchLeads', inCampaign('camp_founders'), { paginationToken });
			seen.push(...page.results.map(({ value }) => value));
			paginationToken = page.paginationToken as string | undefined;
		} while (paginationToken);
		const { leads } = use.sandbox.seed;
		expect(seen).toEqual(
			leads.filter(({ campaignId }) => campaignId === 'camp_founders').map(({ id }) => id),
		);

		for (const filter of ['person 229', 'lead_229']) {
			const found = await list('searchLeads', inCampaign('camp_founders'), { filter });
			expect(names(found)).toEqual(['Person 229 Doe – CTO, Acme']);
		}
	});

	it('is empty if nobody matches', async () => {
		const found = await list('searchLeads', inCampaign('camp_founders'), { filter: 'nobody' });
		expect(found).toEqual({ results: [] });
	});

	it('asks to choose a campaign first', async () => {
		await expect(list('searchLeads', inCampaign(''))).rejects.toThrow('Choose a Campaign first');
	});
});

describe('a list that cannot be loaded', () => {
	it.each([
		[401, 'Unauthorized', /does not accept the API key/, /Check the API Key/],
		[403, 'Plan', /denied access: Plan/, /your plan includes the API/],
	])('says why and what to do, in the error that the editor shows (%i)', async (...row) => {
		const [status, message, says, next] = row;
		use.sandbox.inject({
			fault: 'status',
			status,
			message,
			path: '/v1/inbox/senders',
			method: 'GET',
		});
		await expect(list('searchSenders', toProfile())).rejects.toMatchObject({
			name: 'NodeApiError',
			httpCode: String(status),
			message: expect.stringMatching(says),
			description: expect.stringMatching(next),
		});
	});

	it('explains a campaign that does not exist, and a base URL that is not one', async () => {
		await expect(
			list('searchLeads', toLead({ campaignId: { __rl: true, mode: 'id', value: 'camp_x' } })),
		).rejects.toThrow(/Campaign not found/);
		const node = workflowWith([], { parameters: toProfile() }).nodes[1];
		const sendPilotApi = { apiKey: 'key', baseUrl: 'not a url' };
		await expect(loadList(await loader, node, 'searchSenders', { sendPilotApi })).rejects.toThrow(
			/not a web address/,
		);
	});

	it('is read again after a server error that passes', async () => {
		use.sandbox.inject({ fault: 'lostThen500', path: '/v1/inbox/senders', method: 'GET' });
		expect(names(await list('searchSenders', toProfile()))).toHaveLength(5);
	});
});
