import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeCredentials } from 'n8n-workflow';
import type { Execution, SavedWorkflow } from '../../editor/client';
import { outputOf } from '../../engine/output';
import { SECRET } from '../triggerSupport';
import { startApprovals, type Approvals, type Question } from './approvals';
import { startChatModel, type ChatModel } from './chatModel';
import { importExample, type ImportSettings } from './importExample';
import { deliver, firstExecution, until, usePlace } from './support';

const EXAMPLE = 'answer-replies.json';

const TRIGGER = 'SendPilot Trigger';
const MODEL = 'Classify and draft';
const SLACK = 'Ask in Slack';
const HUBSPOT = 'Note it in HubSpot';

const OMAR = {
	senderId: 'sender_alex',
	recipientLinkedinUrl: 'https://www.linkedin.com/in/omar-haddad',
};

const place = usePlace({ acceptAnyRecipient: false, webhookRetrySeconds: [] });
let model: ChatModel;
let chat: Approvals;
let credentials: INodeCredentials;

beforeAll(async () => {
	const { client } = place;
	model = await startChatModel();
	chat = await startApprovals();
	const create = async (type: string, data: IDataObject) => {
		return { [type]: { id: await client.createCredential(type, type, data), name: type } };
	};
	credentials = {
		...(await create('openAiApi', { apiKey: 'sk-scripted', url: model.url })),
		...(await create('telegramApi', { accessToken: '1:a', baseUrl: chat.url })),
	};
});
afterAll(async () => {
	await model.stop();
	await chat.stop();
});

const imported = async (settings: ImportSettings = {}) =>
	await importExample(place, EXAMPLE, { credentials, ...settings });

/** Runs a workflow from its pinned reply. */
async function runOf(workflow: SavedWorkflow): Promise<Execution> {
	const { client } = place;
	const execution = await client.finished(await client.run(workflow, TRIGGER));
	expect(execution.status).toBe('success');
	return execution;
}

const run = async (settings?: ImportSettings) => await runOf(await imported(settings));

const itemsOf = (execution: Execution, node: string) =>
	outputOf(execution, node).map(({ json }) => json);

/** The nodes that nothing follows, as far as the execution has reached them. */
const endsOf = ({ data }: Execution) =>
	[
		'Nothing to do',
		'Needs a look',
		'Answer by hand',
		'Check the conversation',
		'Set it by hand',
		HUBSPOT,
	].filter((node) => node in data.resultData.runData);

/** What SendPilot was asked to change about leads. */
const statusesSet = () =>
	place.sandbox.requests
		.filter(({ method }) => method === 'PATCH')
		.map(({ path, body }) => [path, body]);

const says = (category: string, answer = '') => ({ answer: JSON.stringify({ category, answer }) });

/** Pins the reply with another text, and lets the model read it. */
const withReply =
	(text: string | null): ImportSettings['pin'] =>
	(node, items) => {
		if (node === MODEL) return undefined;
		return node === TRIGGER ? items.map((item) => ({ json: { ...item.json, text } })) : items;
	};

describe(`the example ${EXAMPLE}, as imported`, () => {
	it('sends the approved answer to the person who replied, once, and sets the status', async () => {
		const workflow = await imported();
		const execution = await runOf(workflow);
		const [{ output }] = itemsOf(execution, MODEL) as [{ output: { answer: string } }];
		expect(place.sandbox.delivered).toMatchObject([{ ...OMAR, message: output.answer }]);
		expect(statusesSet()).toEqual([
			['/v1/leads/lead_omar/status', { status: 'OPPORTUNITY', customLeadStatus: 'INTERESTED' }],
		]);
		expect(endsOf(execution)).toEqual([HUBSPOT]);
		expect(endsOf(await runOf(workflow))).toEqual([HUBSPOT]);
		expect(place.sandbox.delivered).toHaveLength(1);
	});

	it('sends nothing if the answer is declined', async () => {
		const declined = { data: { approved: false } };
		const execution = await run({
			pin: (node, items) => (node === SLACK ? [{ json: declined }] : items),
		});
		expect(place.sandbox.delivered).toEqual([]);
		expect(statusesSet()).toEqual([]);
		expect(endsOf(execution)).toEqual(['Answer by hand']);
	});

	it('has people look at the conversation if the answer may have been sent', async () => {
		place.sandbox.inject({ fault: 'resetAfterDelivery' });
		const execution = await run({});
		expect(place.sandbox.delivered).toHaveLength(1);
		expect(statusesSet()).toEqual([]);
		expect(endsOf(execution)).toEqual(['Check the conversation']);
	});

	it('leaves a reply that waited in vain to people', async () => {
		// n8n goes on with what the node got.
		const execution = await run({
			pin: (node, items) => (node === SLACK ? [{ json: { output: {} } }] : items),
		});
		expect(place.sandbox.delivered).toEqual([]);
		expect(endsOf(execution)).toEqual(['Answer by hand']);
	});

	it('answers a person whose lead SendPilot does not know, and says that no status was set', async () => {
		place.sandbox.seed.leads.find(({ id }) => id === 'lead_omar')!.id = 'lead_other';
		const execution = await run();
		expect(place.sandbox.delivered).toMatchObject([OMAR]);
		expect(itemsOf(execution, 'Set it by hand')).toMatchObject([
			{ error: expect.stringContaining('Lead not found') },
		]);
	});
});

describe(`the example ${EXAMPLE}, with what a chat model says`, () => {
	it.each([
		{ category: 'NOT_INTERESTED', label: 'NOT_INTERESTED' },
		{ category: 'WRONG_PERSON', label: 'WRONG_PERSON' },
	])('sends nothing, and sets the status: $category', async ({ category, label }) => {
		model.follow([says(category)]);
		const execution = await run({ pin: withReply('No, thank you.') });
		expect(model.asked).toBe('From: Omar Haddad, Founder, Northwind\n\nNo, thank you.');
		expect(place.sandbox.delivered).toEqual([]);
		expect(statusesSet()).toEqual([
			['/v1/leads/lead_omar/status', { status: 'DONE', customLeadStatus: label }],
		]);
		expect(endsOf(execution)).toEqual([HUBSPOT]);
	});

	it.each([
		{ what: 'an automatic reply', turn: says('OUT_OF_OFFICE'), end: 'Nothing to do' },
		{ what: 'an unclear reply', turn: says('UNCLEAR'), end: 'Needs a look' },
		{ what: 'no text', reply: null, turn: says('INTERESTED', 'Great!'), end: 'Needs a look' },
	])('neither sends nor sets anything: $what', async ({ reply = 'Hm.', turn, end }) => {
		model.follow([turn]);
		const execution = await run({ pin: withReply(reply) });
		expect(place.sandbox.delivered).toEqual([]);
		expect(statusesSet()).toEqual([]);
		expect(endsOf(execution)).toEqual([end]);
	});

	it.each([
		{ what: 'it makes up a category', turns: [says('MAYBE'), says('MAYBE')] },
		{ what: 'it cannot be reached', turns: [] },
	])('leaves the reply to people, with the error: $what', async ({ turns }) => {
		model.follow(turns);
		const execution = await run({ pin: withReply('Happy to talk.') });
		expect(place.sandbox.delivered).toEqual([]);
		expect(itemsOf(execution, 'Needs a look')).toMatchObject([
			{ text: 'Happy to talk.', error: expect.any(String) },
		]);
	});
});

/** The same question in another chat. */
function inTelegram(node: INode): INode {
	if (node.name !== SLACK) return node;
	const { message, approvalOptions, options } = node.parameters;
	return {
		...node,
		type: 'n8n-nodes-base.telegram',
		typeVersion: 1.2,
		parameters: { operation: 'sendAndWait', chatId: '1', message, approvalOptions, options },
		credentials: { telegramApi: { id: null, name: '' } },
	};
}

/** In production nothing is pinned, and the test has no account for this. */
function withoutHubSpot(node: INode): INode {
	return node.name === HUBSPOT ? { ...node, disabled: true } : node;
}

/** Each published workflow needs a URL of its own. */
function withOwnUrl(node: INode): INode {
	return node.name === TRIGGER ? { ...node, webhookId: randomUUID() } : node;
}

describe(`the example ${EXAMPLE}, published`, () => {
	const TEXT = 'Happy to talk on Tuesday. How much is it?';
	const DRAFT = 'Great, Omar! Pick a time: https://example.com/call';

	/** Publishes it, and has Omar reply. @returns the question in the chat */
	async function askedAbout(workflow: SavedWorkflow): Promise<Question> {
		const { client, sandbox } = place;
		const before = chat.questions.length;
		await client.activate(workflow);
		const { webhookId } = workflow.nodes.find(({ name }) => name === TRIGGER)!;
		const url = `${client.url}/webhook/${webhookId}/webhook`;
		sandbox.webhooks.register({ url, secret: SECRET, scheme: 'svix' });
		model.follow([says('INTERESTED', DRAFT)]);
		const data = { leadId: 'lead_omar', linkedinUrl: OMAR.recipientLinkedinUrl, reply: TEXT };
		const event = { eventType: 'reply.received', data: { ...data, senderId: 'sender_alex' } };
		// SendPilot may deliver an event several times.
		expect(await deliver(place, event, { times: 2 })).toEqual([200, 200]);
		await until('the question', () => chat.questions.length > before);
		return chat.questions.at(-1)!;
	}

	const published = async () =>
		await imported({ change: (node) => withOwnUrl(withoutHubSpot(inTelegram(node))) });

	it('asks once, waits, and sends exactly the approved answer, once', async () => {
		const { client, sandbox } = place;
		const workflow = await published();
		const question = await askedAbout(workflow);
		expect(question.text).toContain('*Omar Haddad, Founder, Northwind* replied on LinkedIn');
		expect(question.text).toContain(TEXT);
		expect(question.text).toContain(`*Send this answer?*\n\n${DRAFT}`);
		const id = await firstExecution(client, workflow);
		await until('the wait', async () => (await client.execution(id)).status === 'waiting');
		expect(sandbox.delivered).toEqual([]);

		await chat.click(question, 'Send');
		const execution = await client.finished(id);
		expect(execution.status).toBe('success');
		expect(sandbox.delivered).toMatchObject([{ ...OMAR, message: DRAFT }]);
		expect(statusesSet()).toEqual([
			['/v1/leads/lead_omar/status', { status: 'OPPORTUNITY', customLeadStatus: 'INTERESTED' }],
		]);

		await chat.click(question, 'Send');
		expect(await client.executionIds(workflow.id)).toEqual([id]);
		expect(sandbox.delivered).toHaveLength(1);
	});

	it('sends nothing after a click on Decline', async () => {
		const { client, sandbox } = place;
		const workflow = await published();
		const question = await askedAbout(workflow);
		const id = await firstExecution(client, workflow);
		await until('the wait', async () => (await client.execution(id)).status === 'waiting');
		await chat.click(question, 'Decline');
		const execution = await client.finished(id);
		expect(endsOf(execution)).toEqual(['Answer by hand']);
		expect(sandbox.delivered).toEqual([]);
		expect(statusesSet()).toEqual([]);
	});
});
