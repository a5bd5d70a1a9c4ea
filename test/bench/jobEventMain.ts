import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeType, IWebhookFunctions } from 'n8n-workflow';
import { exampleData } from '../../sandbox/webhooks/payloads';
import { signatureHeaders } from '../../sandbox/webhooks/schemes';
import { ROOT } from '../../scripts/unpack';
import { SECRET } from '../triggerSupport';

/** How long each way took in one round, in ms. */
export interface JobEventTimes {
	/** The bound: nothing but parsing. */
	parse: number;
	/** One item with all leads. */
	whole: number;
	/** An item for each lead. */
	split: number;
}

const EVENT = 'lead_extractor.job.completed';

/** Prints the {@link JobEventTimes} of each round. Its arguments: the size of the event in MB, rounds, warm-ups. */
async function main(): Promise<void> {
	const [megabytes, rounds, warmUps] = process.argv.slice(2).map(Number);
	const trigger = loadTrigger();
	const bytesPerLead = JSON.stringify(exampleData(EVENT, 1_000)).length / 1_000;
	const leads = Math.round((megabytes * 1e6) / bytesPerLead);
	const data = exampleData(EVENT, leads);

	/** Receives an event. @returns how long that took */
	const receive = async (body: Buffer, splitLeads: boolean): Promise<number> => {
		const context = contextOf(body, splitLeads);
		collectGarbage();
		const begin = performance.now();
		const { workflowData } = await trigger.webhook!.call(context);
		const took = performance.now() - begin;
		const [count, expected] = [workflowData?.[0].length, splitLeads ? leads : 1];
		if (count !== expected) throw new Error(`${count} items came out, and not ${expected}`);
		return took;
	};
	const ways = {
		parse: (body: Buffer): number => {
			collectGarbage();
			const begin = performance.now();
			JSON.parse(body.toString('utf8'));
			return performance.now() - begin;
		},
		whole: async (body: Buffer) => await receive(body, false),
		split: async (body: Buffer) => await receive(body, true),
	};

	const results: JobEventTimes[] = [];
	for (let round = -warmUps; round < rounds; round++) {
		const result = {} as JobEventTimes;
		const names = Object.keys(ways) as Array<keyof typeof ways>;
		for (const name of round % 2 === 0 ? names : names.reverse()) {
			const eventId = `evt_${round}_${name}`;
			const body = Buffer.from(JSON.stringify({ eventId, eventType: EVENT, data }));
			result[name] = await ways[name](body);
		}
		if (round >= 0) results.push(result);
	}
	console.log(JSON.stringify(results));
}

/** So that nobody pays for what was left before. */
function collectGarbage(): void {
	if (!globalThis.gc) throw new Error('This needs --expose-gc');
	globalThis.gc();
}

/** The trigger as it is published. */
function loadTrigger(): INodeType {
	const load = createRequire(join(ROOT, 'package.json'));
	const { SendPilotTrigger } = load('./dist/nodes/SendPilotTrigger/SendPilotTrigger.node.js') as {
		SendPilotTrigger: new () => INodeType;
	};
	return new SendPilotTrigger();
}

/** What n8n gives to a trigger, as far as it asks for it. */
function contextOf(body: Buffer, splitLeads: boolean): IWebhookFunctions {
	const timestamp = Math.floor(Date.now() / 1_000);
	const signed = { id: 'msg_1', timestamp, body: body.toString('utf8') };
	const headers = signatureHeaders('svix', [SECRET], signed);
	const parameters: Record<string, unknown> = {
		...{ authentication: 'signingSecret', events: ['*'], options: { splitLeads } },
	};
	const context = {
		getMode: () => 'webhook',
		getNode: () => ({ id: 'trigger', name: 'SendPilot Trigger' }),
		getWorkflow: () => ({ id: 'benchmark', name: 'Benchmark' }),
		getNodeParameter: (name: string) => parameters[name],
		getCredentials: async () => ({ signingSecret: SECRET }),
		getRequestObject: () => ({ headers, rawBody: body }),
		getResponseObject: () => ({ writeHead: () => undefined }),
		getHeaderData: () => headers,
		getWorkflowStaticData: () => STATIC_DATA,
		logger: { warn: (line: string) => console.error(line) },
	};
	return context as unknown as IWebhookFunctions;
}

const STATIC_DATA = {};

void main();
