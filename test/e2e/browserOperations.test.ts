import type { EditorPage } from '../../editor/editorPage';
import { byId, newNode, SEND, workflowWith } from '../support';
import { useBrowser } from './browserSupport';
import { usePlace } from './support';

const place = usePlace({ acceptAnyRecipient: false });
const browser = useBrowser(place);
let editor: EditorPage;
beforeAll(async () => {
	({ editor } = browser);
	const own = place.credentials.sendPilotApi.id;
	const ids = await place.client.credentialIds();
	browser.hideCredentials(ids.filter((id) => id !== own));
});

/** An operation as a person uses it who adds it from the node panel. */
interface ByHand {
	/** In the node panel. */
	action: string;
	/** Fills in the fields. */
	fill?: () => Promise<void>;
	/** In the output table. */
	shows: RegExp;
	/** The request that changes something in SendPilot. */
	arrived?: object;
}

const OPERATIONS: ByHand[] = [
	{
		action: 'Get the credits of the account',
		shows: /available\s+subscription\s+purchased.*\s1500\s+1000\s+500\s/s,
	},
	{
		action: 'Pause a campaign',
		fill: async () => await pick('campaignId', 'Founders in Europe'),
		shows: /paused\s+Campaign paused successfully/,
		arrived: { path: '/v1/campaigns/camp_founders', body: { action: 'pause' } },
	},
	{
		action: 'Send a LinkedIn connection request',
		async fill() {
			await pick('senderId', 'Alex Moreau');
			await editor.fill('recipientLinkedinUrl', 'linkedin.com/in/noah-berg/');
			await editor.fill('note', "Hi Noah, let's connect!");
		},
		shows: /true\s+req_1\s+sent/,
		arrived: {
			path: '/v1/inbox/connect',
			body: {
				senderId: 'sender_alex',
				recipientLinkedinUrl: 'https://www.linkedin.com/in/noah-berg',
				message: "Hi Noah, let's connect!",
			},
		},
	},
	{
		action: 'Get the messages of a conversation',
		async fill() {
			await pick('senderId', 'Alex Moreau');
			await pick('conversationId', 'Omar Haddad');
		},
		shows: /Happy to talk on Tuesday/,
	},
	{
		action: 'Set the status of a lead',
		async fill() {
			await pick('campaignId', 'Founders in Europe');
			await pick('leadId', 'Jane Doe');
			await editor.chooseOption('status', 'Meeting Booked');
			await editor.fill('note', 'Tuesday, 10:00');
		},
		shows: /true\s+lead_jane\s+MEETING_BOOKED/,
		arrived: {
			path: '/v1/leads/lead_jane/status',
			body: { status: 'MEETING_BOOKED', note: 'Tuesday, 10:00' },
		},
	},
	{
		action: 'Start a lead extraction',
		async fill() {
			await editor.fill('name', 'CTOs');
			await editor.fill('urls', 'https://www.linkedin.com/search/results/people/?keywords=cto');
		},
		shows: /true\s+extract_1\s/,
		arrived: { path: '/v1/lead-extractor/campaigns', body: { name: 'CTOs', limit: 50 } },
	},
	{
		action: 'Start a lead search',
		async fill() {
			await editor.fill('name', 'CTOs');
			await editor.addToCollection('People', 'Job Titles');
			await editor.fill('job_titles', 'CTO, Head of Engineering');
		},
		shows: /true\s+search_1\s+pending\s+CTOs/,
		arrived: {
			path: '/v1/lead-database/searches',
			body: { name: 'CTOs', filters: { job_titles: ['CTO', 'Head of Engineering'] } },
		},
	},
	{
		action: 'Send a LinkedIn message to a lead',
		async fill() {
			await pick('senderId', 'Alex Moreau');
			await pick('campaignId', 'Founders in Europe');
			await pick('leadId', 'Jane Doe');
			// n8n's editor makes an expression of the braces.
			await editor.fill('message', 'Hi {{firstName}}!');
		},
		shows: /true\s+msg_1\s+sent/,
		arrived: { path: '/v1/inbox/send/lead/lead_jane', body: { message: 'Hi {{firstName}}!' } },
	},
	{ action: 'Get the quotas of all senders', shows: /sender_alex/ },
];

describe('the node SendPilot', () => {
	it.each(OPERATIONS)(
		'is added, filled in and run manually: $action',
		async ({ action, fill, shows, arrived }) => {
			await editor.newWorkflow();
			await editor.searchNodes('sendpilot');
			await editor.addAction('SendPilot', action);
			await fill?.();
			await editor.executeStep();

			await editor.output.getByRole('cell').first().waitFor();
			expect(await editor.output.innerText()).toMatch(shows);
			const changes = place.sandbox.requests.filter(({ method }) => method !== 'GET');
			expect(changes).toMatchObject(arrived ? [arrived] : []);
		},
	);

	it('shows the next node which fields it will output, before it has run', async () => {
		const { nodes, connections } = workflowWith([{}], {
			type: 'n8n-nodes-sendpilot.sendPilot',
			parameters: { resource: 'lead', operation: 'getAll', campaignId: byId('camp_founders') },
			credentials: place.credentials,
		});
		const next = newNode({ id: 'next', name: 'Next', type: 'n8n-nodes-base.noOp' });
		const { id } = await place.client.createWorkflow({
			name: 'Not run yet',
			nodes: [...nodes, { ...next, position: [400, 0] }],
			connections: {
				...connections,
				[SEND]: { main: [[{ node: 'Next', type: 'main', index: 0 }]] },
			},
		});
		await editor.openWorkflow(id);
		await editor.openNode('Next');
		await editor.input.getByText('Usually outputs the following fields').waitFor();
		const shown = (await editor.input.innerText()).split('\n');
		expect(shown).toEqual(expect.arrayContaining(['id', 'linkedinUrl', 'firstName', 'status']));
		expect(place.sandbox.requests).toEqual([]);
	});
});

/** Picks an entry of a list that SendPilot fills. */
async function pick(field: string, entry: string): Promise<void> {
	await editor.openList(field);
	await editor.choose(entry);
}
