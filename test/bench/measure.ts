import type { PackageDirectoryLoader } from 'n8n-core';
import { start } from '../../engine/run';
import type { Sandbox } from '../../sandbox';
import { people, toProfile, workflowWith, type NodeSettings } from '../engine/support';
import { PLAIN_SEND } from './plainSend';

/** How many messages a run sends. */
export const ITEMS = 60;

/** Who sends, and how quickly SendPilot answers. */
export interface Setting {
	senders: number;
	/** In ms, beside what the sandbox itself takes. */
	answersAfter: number;
}

/** Who takes part: our node, or the plain one in one of its two ways. */
export type Contestant = 'node' | 'oneByOne' | 'allAtOnce';

/** What one run cost. */
export interface Cost {
	/** In ms; only ratios of it mean anything. */
	time: number;
	credentialReads: number;
	/** The most calls under way at one time. */
	connections: number;
}

/**
 * Runs a workflow with one of the contestants against a fresh sandbox.
 *
 * @throws Error where not every message went out, once
 */
export async function measure(
	loader: PackageDirectoryLoader,
	sandbox: Sandbox,
	contestant: Contestant,
	{ senders, answersAfter }: Setting,
): Promise<Cost> {
	const names = prepare(sandbox, senders);
	if (answersAfter > 0) sandbox.inject({ fault: 'delay', ms: answersAfter, times: Infinity });

	const items = people(ITEMS, (index) => ({ sender: names[index % names.length] }));
	const workflow = workflowWith(items, nodeOf(contestant, senders, sandbox.url));
	const sendPilotApi = { apiKey: sandbox.apiKey, baseUrl: sandbox.url };
	const begin = performance.now();
	const run = await start(loader, workflow, { credentials: { sendPilotApi } }).result;
	const time = performance.now() - begin;

	const recipients = new Set(sandbox.delivered.map((sent) => sent.recipientLinkedinUrl));
	if (recipients.size !== ITEMS || sandbox.delivered.length !== ITEMS) {
		throw new Error(`${contestant} sent ${sandbox.delivered.length} of ${ITEMS} messages`);
	}
	return { time, credentialReads: run.credentialReads, connections: sandbox.peakSends() };
}

/** @returns the ids of as many senders, without a limit, in the sandbox as it was at the start */
function prepare({ seed, reset }: Sandbox, count: number): string[] {
	reset();
	const [template] = seed.senders;
	const names = Array.from({ length: count }, (_, index) => `sender_${index}`);
	seed.senders.push(...names.map((id) => ({ ...template, id, dailyMessageLimit: Infinity })));
	return names;
}

function nodeOf(contestant: Contestant, senders: number, url: string): NodeSettings {
	if (contestant === 'node') {
		return { parameters: toProfile({ options: { parallelSenders: senders } }) };
	}
	const { recipientLinkedinUrl, message } = toProfile();
	return {
		type: PLAIN_SEND,
		parameters: {
			...{ recipientLinkedinUrl, message },
			url: `${url}/v1/inbox/send`,
			senderId: '={{ $json.sender }}',
			allAtOnce: contestant === 'allAtOnce',
		},
	};
}
