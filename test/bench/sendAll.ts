import { Agent, request } from 'node:http';
import type { ReadyRequest } from './eventSenders';

/**
 * Sends requests from several clients at once, each of which keeps its connection and waits for each answer.
 *
 * @returns the statuses of the answers, in the order of the requests
 * @throws Error if there is no answer
 */
export async function sendAll(
	url: string,
	requests: readonly ReadyRequest[],
	clients: number,
): Promise<number[]> {
	const agent = new Agent({ keepAlive: true, maxSockets: clients });
	const statuses: number[] = [];
	let next = 0;
	const work = async () => {
		while (next < requests.length) {
			const index = next++;
			statuses[index] = await statusOf(agent, url, requests[index]);
		}
	};
	try {
		await Promise.all(Array.from({ length: clients }, work));
	} finally {
		agent.destroy();
	}
	return statuses;
}

async function statusOf(
	agent: Agent,
	url: string,
	{ headers, body }: ReadyRequest,
): Promise<number> {
	return await new Promise((resolve, reject) => {
		const call = request(
			url,
			{ agent, method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
			(answer) => {
				answer.resume();
				answer.once('end', () => resolve(answer.statusCode!));
			},
		);
		call.once('error', reject);
		call.end(body);
	});
}
