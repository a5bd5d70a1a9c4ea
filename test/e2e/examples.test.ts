import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeCredentials } from 'n8n-workflow';
import type { Execution, NewWorkflow, SavedWorkflow } from '../../editor/client';
import { outputOf } from '../../engine/output';
import { ROOT } from '../../scripts/unpack';
import { deliveredTo } from '../support';
import { SECRET } from '../triggerSupport';
import { deliver, firstExecution, usePlace } from './support';

const place = usePlace({ acceptAnyRecipient: false, webhookRetrySeconds: [] });

/** Imports a workflow, and selects the credentials of this n8n in its nodes, as people do. */
async function imported(file: string): Promise<SavedWorkflow> {
	const { client, credentials } = place;
	const json = readFileSync(join(ROOT, 'examples', file), 'utf8');
	const { name, nodes, connections, settings, pinData } = JSON.parse(json) as NewWorkflow;
	const data = { signingSecret: SECRET };
	const id = await client.createCredential('SendPilot webhook', 'sendPilotWebhookApi', data);
	const all: INodeCredentials = {
		...credentials,
		sendPilotWebhookApi: { id, name: 'SendPilot webhook' },
	};
	const connected = nodes.map((node): INode => {
		const types = Object.keys(node.credentials ?? {});
		const selected = Object.fromEntries(types.map((type) => [type, all[type]]));
		return node.credentials ? { ...node, credentials: selected } : node;
	});
	return await client.createWorkflow({ name, nodes: connected, connections, settings, pinData });
}

const itemsOf = (execution: Execution, node: string, output = 0) =>
	outputOf(execution, node, output).map(({ json }) => json);

const SEND_EXAMPLE = 'send-linkedin-message.json';
const LOG_EXAMPLE = 'log-sent-messages.json';

it('there is a test for each example', () => {
	expect(readdirSync(join(ROOT, 'examples')).sort()).toEqual([LOG_EXAMPLE, SEND_EXAMPLE]);
});

describe(`the example ${SEND_EXAMPLE}`, () => {
	it('outputs each person on one of the two branches', async () => {
		const { client, sandbox } = place;
		const workflow = await imported(SEND_EXAMPLE);
		const id = await client.run(workflow, 'When clicking ‘Execute workflow’');
		const execution = await client.finished(id);
		expect(execution.status).toBe('success');
		expect(deliveredTo(sandbox).map(decodeURI)).toEqual([
			'https://www.linkedin.com/in/jane-doe',
			'https://www.linkedin.com/in/山田-優希',
			'https://www.linkedin.com/in/tom-okafor',
			'https://www.linkedin.com/in/omar-haddad',
		]);
		const notSent = [
			...itemsOf(execution, 'Send to LinkedIn profiles', 1),
			...itemsOf(execution, 'Send to SendPilot leads', 1),
		];
		expect(notSent.map(({ firstName, error }) => [firstName, error])).toEqual([
			['Noah', expect.stringMatching(/^Message not sent: .*1st-degree connection/)],
			['Lena', expect.stringMatching(/^Message not sent: .*Sales Navigator/)],
			['Marco', expect.stringMatching(/^Message not sent: .*empty/)],
			['Inés', 'Message not sent: This lead has no sender in SendPilot'],
		]);
	});
});

describe(`the example ${LOG_EXAMPLE}`, () => {
	it('logs an event with the details of the lead', async () => {
		const { client, sandbox } = place;
		const workflow = await imported(LOG_EXAMPLE);
		await client.activate(workflow);
		const { webhookId } = workflow.nodes.find(({ name }) => name === 'SendPilot Trigger')!;
		const url = `${client.url}/webhook/${webhookId}/webhook`;
		sandbox.webhooks.register({ url, secret: SECRET, scheme: 'svix' });
		expect(await deliver(place, 'message.sent')).toEqual([200]);
		const execution = await client.finished(await firstExecution(client, workflow));
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Log it in your CRM')).toEqual([
			expect.objectContaining({
				text: 'Hello Jane',
				lead: expect.objectContaining({ name: 'Jane Doe' }),
			}),
		]);
	});
});
