import type { IConnections, IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Execution } from '../../editor/client';
import { outputOf } from '../../engine/output';
import { SENDERS_PATH } from '../../sendpilot/contract/sender';
import type { OperationName } from '../engine/sendPilot';
import { byId, deliveredTo, newNode, personUrl, START } from '../support';
import { startChatModel, type ChatModel, type Turn } from './chatModel';
import { usePlace } from './support';

const place = usePlace();
let model: ChatModel;
let openAiApi: { id: string; name: string };

beforeAll(async () => {
	model = await startChatModel();
	const data = { apiKey: 'sk-scripted', url: model.url };
	const id = await place.client.createCredential('Scripted model', 'openAiApi', data);
	openAiApi = { id, name: 'Scripted model' };
});
afterAll(async () => await model.stop());

const AGENT = 'AI Agent';
const MODEL = 'OpenAI Chat Model';
const TOOL = 'Tool';

const JANE = 'https://www.linkedin.com/in/jane-doe';
const TOM = 'https://www.linkedin.com/in/tom-okafor';
const COMPANY = 'https://www.linkedin.com/company/acme';

/** One call of the tool, with what the model fills in. */
const call = (profileUrl: string, message: string) => ({ profileUrl, message });
const calls = (...some: Array<ReturnType<typeof call>>): Turn => ({ calls: some });
const answer = (text: string): Turn => ({ answer: text });

/** A node that is a tool, and its parameters. */
type Tool = Pick<INode, 'type' | 'parameters'>;

/** The node that sends messages; the model fills in the recipient and the message. */
const SEND_MESSAGE: Tool = {
	type: 'n8n-nodes-sendpilot.sendLinkedInMessageTool',
	parameters: {
		recipient: 'profile',
		senderId: byId('sender_alex'),
		recipientLinkedinUrl: "={{ $fromAI('profileUrl', 'The LinkedIn profile URL', 'string') }}",
		message: "={{ $fromAI('message', 'The text of the message', 'string') }}",
	},
};

/** Runs an agent that has the node that sends messages as its only tool. */
const runAgent = async (...script: Turn[]) => await runAgentWith(SEND_MESSAGE, ...script);

/** Runs an agent that has a node as its only tool, and a model that follows the script. */
async function runAgentWith(tool: Tool, ...script: Turn[]): Promise<Execution> {
	const { client, credentials } = place;
	model.follow(script);
	const main = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const connections: IConnections = {
		[START]: main(AGENT),
		[MODEL]: { ai_languageModel: [[{ node: AGENT, type: 'ai_languageModel', index: 0 }]] },
		[TOOL]: { ai_tool: [[{ node: AGENT, type: 'ai_tool', index: 0 }]] },
	};
	const workflow = await client.createWorkflow({
		name: 'Agent',
		nodes: [
			newNode({ id: 'start', name: START, type: 'n8n-nodes-base.manualTrigger' }),
			newNode({
				id: 'agent',
				name: AGENT,
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion: 3.1,
				parameters: { promptType: 'define', text: 'Write to these people.', options: {} },
			}),
			newNode({
				id: 'model',
				name: MODEL,
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.3,
				parameters: { model: byId('scripted'), responsesApiEnabled: false },
				credentials: { openAiApi },
			}),
			newNode({ id: 'tool', name: TOOL, ...tool, credentials }),
		],
		connections,
		// As in every new workflow; in the old order n8n asks the model again before the tool has run.
		settings: { executionOrder: 'v1' },
	});
	return await client.finished(await client.run(workflow, START));
}

/** What the agent answered in the end. */
function answerOf(execution: Execution): unknown {
	expect(execution.status).toBe('success');
	return outputOf(execution, AGENT)[0].json.output;
}

/** All that the model was told about each call, in order: what the node gave out, or its error. */
const told = () => model.told.map((content) => JSON.parse(content) as IDataObject[]);

describe("n8n's AI Agent with Send LinkedIn Message as its tool", () => {
	it('tells the model what the tool does, and what to fill in', async () => {
		await runAgent(answer('Nobody to write to.'));
		expect(model.tool.description).toContain('Send a LinkedIn message to a 1st-degree connection');
		expect(Object.keys(model.tool.parameters.properties)).toEqual(['profileUrl', 'message']);
		expect(model.tool.parameters.required).toEqual(['profileUrl', 'message']);
	});

	it('sends a message, and tells the model that it was sent', async () => {
		const execution = await runAgent(calls(call(JANE, 'Hello Jane')), answer('Done.'));
		expect(answerOf(execution)).toBe('Done.');
		expect(place.sandbox.delivered).toMatchObject([
			{ recipientLinkedinUrl: JANE, senderId: 'sender_alex', message: 'Hello Jane' },
		]);
		expect(told()).toEqual([
			[expect.objectContaining({ success: true, recipientLinkedinUrl: JANE })],
		]);
	});

	it('tells the model how to correct the page of a company, and sends then', async () => {
		const execution = await runAgent(
			calls(call(COMPANY, 'Hello Jane')),
			calls(call(JANE, 'Hello Jane')),
			answer('Done.'),
		);
		expect(answerOf(execution)).toBe('Done.');
		expect(told()).toEqual([
			[
				{
					error: expect.stringMatching(
						/^Message not sent: .*company or school page.*linkedin\.com\/in\/.*safe to call this tool again.*Do not guess who the recipient is/s,
					),
				},
			],
			[expect.objectContaining({ success: true, recipientLinkedinUrl: JANE })],
		]);
		expect(deliveredTo(place.sandbox)).toEqual([JANE]);
	});

	it('sends nothing more to a person who may have got a message, however the model rewords it', async () => {
		place.sandbox.inject({ fault: 'deliveredThen500' });
		const execution = await runAgent(
			calls(call(JANE, 'Hello Jane')),
			calls(call(JANE, 'Good morning Jane')),
			answer('It may have been sent.'),
		);
		expect(answerOf(execution)).toBe('It may have been sent.');
		const error = expect.stringMatching(/^Message may have been sent: .*Do not send it again/s);
		expect(told()).toEqual([[{ error }], [{ error }]]);
		expect(deliveredTo(place.sandbox)).toEqual([JANE]);
	});

	it('sends one message to each of two people to whom the model writes in one turn', async () => {
		const execution = await runAgent(
			calls(call(JANE, 'Hello Jane'), call(TOM, 'Hello Tom')),
			answer('Done.'),
		);
		expect(answerOf(execution)).toBe('Done.');
		expect(deliveredTo(place.sandbox)).toEqual([JANE, TOM]);
		expect(told()).toEqual([
			[expect.objectContaining({ success: true, recipientLinkedinUrl: JANE })],
			[expect.objectContaining({ success: true, recipientLinkedinUrl: TOM })],
		]);
	});
});

/** What the model fills in for a field. */
const fromModel = (name: string, type = 'string') => `={{ $fromAI('${name}', '', '${type}') }}`;

/** An operation of the node SendPilot as a tool. */
function operationTool(name: OperationName, parameters: INodeParameters): Tool {
	const [resource, operation] = name.split('.');
	return {
		type: 'n8n-nodes-sendpilot.sendPilotTool',
		parameters: { resource, operation, ...parameters },
	};
}

/** A call of a tool, the requests that SendPilot got for it, and what the model was told. */
interface ToolCase {
	name: OperationName;
	parameters: INodeParameters;
	calls: IDataObject[];
	arrived: Array<[method: string, path: string, body?: object]>;
	tells: unknown[];
}

const NOAH = 'https://www.linkedin.com/in/noah-berg';
const CTOS = { name: 'CTOs', titles: 'CTO' };
const started = expect.objectContaining({ success: true, name: 'CTOs', estimated_quota: 5 });

const TOOL_CASES: ToolCase[] = [
	{
		name: 'campaign.get',
		parameters: { campaignId: byId(fromModel('campaignId')) },
		calls: [{ campaignId: 'camp_founders' }],
		arrived: [['GET', '/v1/campaigns/camp_founders']],
		tells: [[expect.objectContaining({ id: 'camp_founders', status: 'started' })]],
	},
	{
		name: 'lead.getAll',
		parameters: {
			campaignId: byId('camp_founders'),
			limit: fromModel('limit', 'number'),
			output: 'selectedFields',
			outputFields: 'id, status',
		},
		calls: [{ limit: 2 }],
		arrived: [['GET', '/v1/leads']],
		tells: [
			[
				{ id: 'lead_jane', status: expect.any(String) },
				{ id: expect.any(String), status: expect.any(String) },
			],
		],
	},
	{
		name: 'lead.setStatus',
		parameters: {
			leadId: byId(fromModel('leadId')),
			status: fromModel('status'),
			note: fromModel('note'),
		},
		calls: [{ leadId: 'lead_jane', status: 'MEETING_BOOKED', note: 'Tuesday' }],
		arrived: [
			['PATCH', '/v1/leads/lead_jane/status', { status: 'MEETING_BOOKED', note: 'Tuesday' }],
		],
		tells: [[expect.objectContaining({ success: true, status: 'MEETING_BOOKED' })]],
	},
	{
		name: 'lead.addToCampaign',
		parameters: {
			campaignId: byId('camp_founders'),
			linkedinUrl: fromModel('profileUrl'),
		},
		calls: [{ profileUrl: personUrl(1) }],
		arrived: [
			[
				'POST',
				'/v1/leads',
				{ campaignId: 'camp_founders', leads: [{ linkedinUrl: personUrl(1) }] },
			],
		],
		tells: [[expect.objectContaining({ outcome: 'added', linkedinUrl: personUrl(1) })]],
	},
	{
		name: 'connectionRequest.send',
		parameters: {
			senderId: byId('sender_alex'),
			recipientLinkedinUrl: fromModel('profileUrl'),
			note: fromModel('note'),
		},
		calls: [
			{ profileUrl: NOAH, note: 'Hi Noah' },
			{ profileUrl: NOAH, note: 'Hello Noah' },
		],
		arrived: [
			['POST', '/v1/inbox/connect', { senderId: 'sender_alex', recipientLinkedinUrl: NOAH }],
		],
		tells: [
			[expect.objectContaining({ success: true, recipientLinkedinUrl: NOAH })],
			[expect.objectContaining({ success: true, recipientLinkedinUrl: NOAH })],
		],
	},
	{
		name: 'leadSearch.start',
		parameters: {
			name: fromModel('name'),
			limit: 5,
			people: { job_titles: fromModel('titles') },
		},
		calls: [CTOS, CTOS],
		arrived: [
			['POST', '/v1/lead-database/searches', { limit: 5, filters: { job_titles: ['CTO'] } }],
		],
		tells: [[started], [started]],
	},
	{
		name: 'lead.get',
		parameters: { leadId: byId(fromModel('leadId')) },
		calls: [{ leadId: 'lead_unknown' }],
		arrived: [['GET', '/v1/leads/lead_unknown']],
		tells: [[{ error: expect.stringMatching(/Lead not found.*Check the ID/s) }]],
	},
];

describe("n8n's AI Agent with the node SendPilot as its tool", () => {
	it('tells the model what the operation does, and what to fill in', async () => {
		const parameters = {
			recipientLinkedinUrl: fromModel('profileUrl'),
			senderId: byId('sender_alex'),
		};
		await runAgentWith(operationTool('connectionRequest.send', parameters), answer('Nobody.'));
		expect(model.tool.description).toBe('Send a LinkedIn connection request in SendPilot');
		expect(Object.keys(model.tool.parameters.properties)).toEqual(['profileUrl']);
	});

	it.each(TOOL_CASES)(
		'makes the calls that the model wants, and tells it the results: $name',
		async ({ name, parameters, calls: wanted, arrived, tells }) => {
			const turns = wanted.map((args) => ({ calls: [args] }));
			await runAgentWith(operationTool(name, parameters), ...turns, answer('Done.'));
			expect(told()).toEqual(tells);
			// The senders are read before a message or an invitation.
			const requests = place.sandbox.requests
				.filter(({ path }) => path !== SENDERS_PATH)
				.map(({ method, path, body }) => ({ method, path, body }));
			expect(requests).toMatchObject(
				arrived.map(([method, path, body]) => ({ method, path, ...(body && { body }) })),
			);
		},
	);
});
