import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPackage } from '../engine/package';
import { start, type WorkflowJson } from '../engine/run';
import { listen } from '../engine/webhooks';
import { startSandbox } from '../sandbox';
import { describeSandbox, describeSends, describeTotals } from './describe';
import { describeEvents, describeForgery } from './describeEvents';
import { readEvents } from './events';
import { readSends } from './sends';

const ROOT = join(__dirname, '..');
const SENDING = 'examples/send-linkedin-message.json';
const RECEIVING = 'examples/log-sent-messages.json';

/** With this the sandbox signs its webhooks, as SendPilot does with the secret of a webhook. */
const SIGNING_SECRET = `whsec_${Buffer.from('the demonstration’s own').toString('base64')}`;

/**
 * Runs the example workflows against a sandbox: one sends messages, the other receives the signed events
 * about them. Says what was sent to whom, what came in, and what was kept out.
 */
async function main(): Promise<void> {
	// One attempt each: the demonstration does not wait for SendPilot's retries of a forged delivery.
	const sandbox = await startSandbox({ webhookRetrySeconds: [] });
	const loader = await loadPackage(ROOT);
	const credentials = {
		sendPilotApi: { apiKey: sandbox.apiKey, baseUrl: sandbox.url },
		sendPilotWebhookApi: { signingSecret: SIGNING_SECRET },
	};
	const logged: string[] = [];
	const trigger = await listen(loader, readWorkflow(RECEIVING), {
		credentials,
		log: (line) => logged.push(line),
	});
	try {
		sandbox.webhooks.register({ url: trigger.url, secret: SIGNING_SECRET, scheme: 'svix' });
		// The answer to this one gets lost, so that an uncertain delivery is to be seen too.
		sandbox.inject({ fault: 'deliveredThen500', recipient: 'omar-haddad' });
		console.log(describeSandbox(sandbox, SENDING));

		const workflow = readWorkflow(SENDING);
		const run = await start(loader, workflow, { credentials }).result;
		if (run.data.resultData.error) throw run.data.resultData.error;
		const sends = readSends(workflow, run);
		console.log(describeSends(sends, sandbox.seed));
		console.log(describeTotals(sends, sandbox.delivered));

		await sandbox.webhooks.settled();
		console.log(describeEvents(await readEvents(trigger), sandbox.seed, RECEIVING));
		const before = trigger.runs.length;
		sandbox.webhooks.emit('message.sent', { signature: 'forged' });
		await sandbox.webhooks.settled();
		const { status } = sandbox.webhooks.log.at(-1)!;
		console.log(describeForgery(status, trigger.runs.length - before, logged));
	} finally {
		await trigger.stop();
		await sandbox.stop();
	}
}

function readWorkflow(path: string): WorkflowJson {
	return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as WorkflowJson;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
