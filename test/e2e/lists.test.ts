import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ListRequest, N8nError } from '../../editor/client';
import { toLead, toProfile, workflowWith, type NodeSettings } from '../support';
import { usePlace } from './support';

const place = usePlace();

const SENDERS = { field: 'senderId', method: 'searchSenders' };
const CAMPAIGNS = { field: 'campaignId', method: 'searchCampaigns' };
const LEADS = { field: 'leadId', method: 'searchLeads' };

async function list(request: ListRequest, parameters: INodeParameters = toProfile()) {
	const { client, credentials } = place;
	return await client.list(workflowWith([], { credentials, parameters }).nodes[1], request);
}

const namesIn = ({ results }: Awaited<ReturnType<typeof list>>) => results.map(({ name }) => name);

function addCampaigns(count: number): void {
	const { campaigns } = place.sandbox.seed;
	const [template] = campaigns;
	campaigns.push(
		...Array.from({ length: count }, (_, index) => ({
			...template,
			id: `camp_${index}`,
			name: `Campaign ${index}`,
		})),
	);
}

describe('a list in the open node', () => {
	it('shows the senders, by name, with a link to the profile', async () => {
		const page = await list(SENDERS);
		expect(namesIn(page)).toEqual([
			'Alex Moreau',
			'Bianca Costa',
			'Casper Lind',
			'Dora Novak',
			'Emil Haas',
		]);
		expect(page.results[0]).toMatchObject({
			value: 'sender_alex',
			url: 'https://www.linkedin.com/in/alex-moreau',
		});
	});

	it('filters by what the user types', async () => {
		expect(namesIn(await list({ ...SENDERS, filter: 'costa' }))).toEqual(['Bianca Costa']);
	});

	it('offers Automatic for a lead', async () => {
		expect(namesIn(await list(SENDERS, toLead()))[0]).toBe('Automatic');
	});

	it('loads page by page, each campaign once', async () => {
		addCampaigns(230);
		const seen: string[] = [];
		let paginationToken: string | undefined;
		do {
			const page = await list({ ...CAMPAIGNS, paginationToken });
			seen.push(...page.results.map(({ value }) => value));
			({ paginationToken } = page);
		} while (paginationToken);
		expect(seen).toEqual(place.sandbox.seed.campaigns.map(({ id }) => id));
	});

	it('searches all pages', async () => {
		addCampaigns(230);
		const page = await list({ ...CAMPAIGNS, filter: 'campaign 229' });
		expect(namesIn(page)).toEqual(['Campaign 229']);
	});

	it('shows the leads of the selected campaign', async () => {
		const campaignId = { __rl: true, mode: 'list', value: 'camp_agencies' };
		expect(namesIn(await list(LEADS, toLead({ campaignId })))).toEqual([
			'Inés Prieto – Owner, Estudio Prieto',
			'Tom Okafor – Managing Director, Okafor & Co',
		]);
	});
});

describe('a list that cannot be loaded', () => {
	/** What the editor shows instead of the senders. */
	async function shown(node: NodeSettings) {
		const [, sender] = workflowWith([], { parameters: toProfile(), ...node }).nodes;
		const error: unknown = await place.client
			.list(sender, SENDERS)
			.catch((thrown: unknown) => thrown);
		const { message, description, httpCode } = JSON.parse((error as N8nError).body);
		return { message, description, httpCode };
	}

	async function credentialsWith(data: IDataObject) {
		const id = await place.client.createCredential('Unusable', 'sendPilotApi', data);
		return { credentials: { sendPilotApi: { id, name: 'Unusable' } } };
	}

	it('says why, and what to do, if the key is rejected', async () => {
		const { url: baseUrl } = place.sandbox;
		expect(await shown(await credentialsWith({ apiKey: 'sp_live_wrong', baseUrl }))).toEqual({
			message:
				'The list could not be loaded: SendPilot does not accept the API key: Invalid API key (HTTP 401)',
			description: expect.stringContaining('Check the API Key in the SendPilot API credential.'),
			// This makes the editor offer to open the credential.
			httpCode: '401',
		});
	});

	it('says what is wrong with the base URL', async () => {
		const data = { apiKey: 'sp_live_key', baseUrl: 'not a web address' };
		expect(await shown(await credentialsWith(data))).toMatchObject({
			message:
				'The list could not be loaded: the Base URL in the SendPilot API credential is not a web address',
			description: expect.stringContaining('https://api.sendpilot.ai'),
		});
	});

	it('asks for a credential first', async () => {
		expect(await shown({ credentials: undefined })).toMatchObject({
			message: 'The list could not be loaded: no SendPilot API credential is chosen',
			description: expect.stringContaining('choose By ID'),
		});
	});
});

describe('the list of leads without a campaign', () => {
	it('asks to choose one first', async () => {
		await expect(list(LEADS, toLead())).rejects.toThrow(
			/Choose a Campaign first.*You can also choose By ID and enter the ID of a lead/,
		);
	});
});
