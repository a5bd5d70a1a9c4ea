import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import { newNode } from '../support';
import { SECRET } from '../triggerSupport';
import { cpuOf, untilIdle } from './cpu';
import {
	sendPilotRequest,
	slackRequest,
	SLACK_SECRET,
	type ReadyRequest,
	type Signing,
} from './eventSenders';
import { median } from './figures';
import type { Place } from './place';
import { sendAll } from './sendAll';
import type { Measured } from './results';
import type { Scale } from './scale';
import { nothing } from './workflows';

/** Who receives events. */
type Receiver = 'sendPilot' | 'slack' | 'webhook';

/** What came of the events of one round. */
interface Received {
	perSecond: number;
	/** CPU time of n8n for each event, in ms. */
	cpu: number;
}

/** The results of one round, by who received the events. */
type EventRound = Record<Receiver, Received>;

/** Compares what events cost that arrive at our trigger, at Slack's, and at a Webhook node. */
export async function measureEvents(place: Place, scale: Scale): Promise<Measured> {
	const urls = await activate(place);
	const oneOf = async (signing: Signing, clients: number, round: number) => {
		const events = signing === 'signed' ? scale.events : scale.rejectedEvents;
		return await oneRound(place, urls, { signing, clients, events, round });
	};
	const measure = async (signing: Signing, clients: number): Promise<EventRound[]> => {
		const rounds: EventRound[] = [];
		for (let round = 0; round < scale.rounds; round++) {
			rounds.push(await oneOf(signing, clients, round));
		}
		return rounds;
	};
	const most = Math.max(...scale.clients);
	for (let round = 0; round < scale.warmUps; round++) await oneOf('signed', most, round);
	const byClients = new Map<number, EventRound[]>();
	for (const clients of scale.clients) byClients.set(clients, await measure('signed', clients));
	const forged = await measure('forged', most);
	const unsigned = await measure('unsigned', most);

	const signed = byClients.get(most)!;
	const perSecond = (who: Receiver) => (round: EventRound) => round[who].perSecond;
	const cpuRatio = ({ sendPilot, slack }: EventRound) => sendPilot.cpu / slack.cpu;
	const one = median(byClients.get(scale.clients[0])!.map(perSecond('slack')));
	const line = (name: string, who: Receiver) => ({
		name,
		points: [...byClients].map(([clients, rounds]): [number, number] => [
			clients,
			median(rounds.map(perSecond(who))) / one,
		]),
	});
	return {
		rows: {
			eventsPerSecond: signed.map(({ sendPilot, slack }) => sendPilot.perSecond / slack.perSecond),
			eventsToWebhook: signed.map(
				({ sendPilot, webhook }) => sendPilot.perSecond / webhook.perSecond,
			),
			eventsCpu: signed.map(cpuRatio),
			forgedCpu: forged.map(cpuRatio),
			unsignedCpu: unsigned.map(cpuRatio),
		},
		plots: {
			'benchmark-events': [
				line('SendPilot Trigger', 'sendPilot'),
				line('Slack Trigger', 'slack'),
				line('Webhook, unsigned', 'webhook'),
			],
		},
	};
}

/** What one round is about; its number decides about the order. */
interface RoundSettings {
	signing: Signing;
	clients: number;
	events: number;
	round: number;
}

async function oneRound(
	{ n8n }: Place,
	urls: Record<Receiver, string>,
	{ signing, clients, events, round }: RoundSettings,
): Promise<EventRound> {
	// The Webhook node would accept what the others reject.
	const names = (Object.keys(urls) as Receiver[]).filter(
		(name) => signing === 'signed' || name !== 'webhook',
	);
	const result = {} as EventRound;
	for (const name of round % 2 === 0 ? names : [...names].reverse()) {
		const requests = Array.from({ length: events }, () => REQUESTS[name](signing));
		await untilIdle(n8n.pid);
		const before = cpuOf(n8n.pid);
		const begin = performance.now();
		const statuses = await sendAll(urls[name], requests, clients);
		const seconds = (performance.now() - begin) / 1_000;
		await untilIdle(n8n.pid);
		const expected = signing === 'signed' ? 200 : 401;
		const other = statuses.find((status) => status !== expected);
		if (other !== undefined) throw new Error(`${name} answered ${signing} events with ${other}`);
		result[name] = { perSecond: events / seconds, cpu: (cpuOf(n8n.pid) - before) / events };
	}
	return result;
}

/** The Webhook node gets the same events as our trigger. */
const REQUESTS: Record<Receiver, (signing: Signing) => ReadyRequest> = {
	sendPilot: sendPilotRequest,
	slack: slackRequest,
	webhook: sendPilotRequest,
};

/** Activates a workflow for each receiver. @returns where they receive */
async function activate({ client, n8n }: Place): Promise<Record<Receiver, string>> {
	const credential = async (type: string, data: Record<string, string>) => ({
		[type]: { id: await client.createCredential(type, type, data), name: type },
	});
	const receive = async (type: string, node: Partial<INode>, path: (id: string) => string) => {
		const webhookId = randomUUID();
		const trigger = { ...newNode({ id: 'trigger', name: 'Trigger', type, ...node }), webhookId };
		const next = nothing();
		const saved = await client.createWorkflow({
			name: `Benchmark: ${type}`,
			nodes: [trigger, next],
			connections: { Trigger: { main: [[{ node: next.name, type: 'main', index: 0 }]] } },
			settings: { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' },
		});
		await client.activate(saved);
		return `${n8n.url}/webhook/${path(webhookId)}`;
	};
	const path = randomUUID();
	return {
		sendPilot: await receive(
			'n8n-nodes-sendpilot.sendPilotTrigger',
			{
				parameters: { authentication: 'signingSecret', events: ['*'] },
				credentials: await credential('sendPilotWebhookApi', { signingSecret: SECRET }),
			},
			(id) => `${id}/webhook`,
		),
		slack: await receive(
			'n8n-nodes-base.slackTrigger',
			{
				parameters: { trigger: ['any_event'], watchWorkspace: true },
				credentials: await credential('slackApi', {
					...{ accessToken: 'xoxb-benchmark', signatureSecret: SLACK_SECRET },
				}),
			},
			(id) => `${id}/webhook`,
		),
		webhook: await receive(
			'n8n-nodes-base.webhook',
			{ typeVersion: 2, parameters: { path, httpMethod: 'POST', responseMode: 'onReceived' } },
			() => path,
		),
	};
}
