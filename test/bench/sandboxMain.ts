import { startSandbox, type Sandbox } from '../../sandbox';
import { SENDERS } from './messages';

/** What the benchmark asks its sandbox to do; each is answered with one message. */
export type SandboxTask = { task: 'reset'; latency: number } | { task: 'report' };

/** One call, in ms since 1970. */
export interface Call {
	/** Who sends, if it is about a message. */
	sender?: string;
	begin: number;
	end: number;
}

/** What arrived at the sandbox. */
export interface RunReport {
	delivered: number;
	/** How many people were messaged. */
	people: number;
	/** How many leads were added to campaigns. */
	added: number;
	calls: Call[];
}

/** How many leads there are after a reset. */
let leadsBefore = 0;

/** Runs a sandbox that another process controls, and ends with it. Its argument is the number of leads. */
async function main(): Promise<void> {
	const [, , leads] = process.argv;
	const sandbox = await startSandbox({
		acceptAnyRecipient: true,
		...(leads && { leads: Number(leads) }),
	});
	process.on('message', (task: SandboxTask) => {
		process.send?.(task.task === 'reset' ? reset(sandbox, task.latency) : report(sandbox));
	});
	process.once('disconnect', () => void sandbox.stop());
	process.send?.({ url: sandbox.url, apiKey: sandbox.apiKey });
}

function reset(sandbox: Sandbox, latency: number): object {
	sandbox.reset();
	const { senders, leads } = sandbox.seed;
	leadsBefore = leads.length;
	const [template] = senders;
	senders.push(...SENDERS.map((id) => ({ ...template, id, dailyMessageLimit: Infinity })));
	if (latency > 0) sandbox.inject({ fault: 'delay', path: '/v1/', ms: latency, times: Infinity });
	return {};
}

function report({ delivered, requests, seed }: Sandbox): RunReport {
	return {
		delivered: delivered.length,
		people: new Set(delivered.map((sent) => sent.recipientLinkedinUrl)).size,
		added: seed.leads.length - leadsBefore,
		calls: requests.map(({ body, startedAt, endedAt = Date.now() }) => ({
			sender: (body as { senderId?: string } | undefined)?.senderId,
			begin: startedAt,
			end: endedAt,
		})),
	};
}

void main();
