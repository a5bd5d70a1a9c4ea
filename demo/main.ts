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

/** The secret that the sandbox signs its webhooks with. */
const SIGNING_SECRET = `whsec_${Buffer.from('the secret of the demo').toString('base64')}`;

/**
 * Runs the example workflows against a sandbox: one sends messages, the other receives the signed events
 * about them. Prints what was sent to whom, which events arrived, and how a forged one was rejected.
 */
async function main(): Promise<void> {
	// One attempt each: the demo does not wait for SendPilot's retries of the forged event.
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
		// The answer about this person gets lost, to show what the node does then.
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
