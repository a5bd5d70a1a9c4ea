import { startSandbox, type Sandbox } from '../../sandbox';
import { SENDERS } from './workflows';

/** What the benchmark asks its sandbox to do; each is answered with one message. */
export type SandboxTask = { task: 'reset'; latency: number } | { task: 'report' };

/** One sending call, in ms since 1970. */
export interface Call {
	sender: string;
	begin: number;
	end: number;
}

/** What arrived at the sandbox. */
export interface RunReport {
	delivered: number;
	/** How many people were messaged. */
	people: number;
	calls: Call[];
}

/** Runs a sandbox that another process controls, and ends with it. */
async function main(): Promise<void> {
	const sandbox = await startSandbox({ acceptAnyRecipient: true });
	process.on('message', (task: SandboxTask) => {
		process.send?.(task.task === 'reset' ? reset(sandbox, task.latency) : report(sandbox));
	});
	process.once('disconnect', () => void sandbox.stop());
	process.send?.({ url: sandbox.url, apiKey: sandbox.apiKey });
}

function reset(sandbox: Sandbox, latency: number): object {
	sandbox.reset();
	const { senders } = sandbox.seed;
	const [template] = senders;
	senders.push(...SENDERS.map((id) => ({ ...template, id, dailyMessageLimit: Infinity })));
	if (latency > 0) sandbox.inject({ fault: 'delay', ms: latency, times: Infinity });
	return {};
}

function report({ delivered, requests }: Sandbox): RunReport {
	return {
		delivered: delivered.length,
		people: new Set(delivered.map((sent) => sent.recipientLinkedinUrl)).size,
		calls: requests.map(({ body, startedAt, endedAt = Date.now() }) => ({
			sender: (body as { senderId: string }).senderId,
			begin: startedAt,
			end: endedAt,
		})),
	};
}

void main();
