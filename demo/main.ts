import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPackage } from '../engine/package';
import { start, type WorkflowJson } from '../engine/run';
import { startSandbox } from '../sandbox';
import { describeSandbox, describeSends, describeTotals } from './describe';
import { readSends } from './sends';

const ROOT = join(__dirname, '..');
const EXAMPLE = 'examples/send-linkedin-message.json';

/** Runs the example workflow against a sandbox, and says what was sent to whom. */
async function main(): Promise<void> {
	const sandbox = await startSandbox();
	try {
		// The answer to this one gets lost, so that an uncertain delivery is to be seen too.
		sandbox.inject({ fault: 'deliveredThen500', recipient: 'omar-haddad' });
		console.log(describeSandbox(sandbox, EXAMPLE));

		const workflow = JSON.parse(readFileSync(join(ROOT, EXAMPLE), 'utf8')) as WorkflowJson;
		const run = await start(await loadPackage(ROOT), workflow, {
			credentials: { sendPilotApi: { apiKey: sandbox.apiKey, baseUrl: sandbox.url } },
		}).result;
		if (run.data.resultData.error) throw run.data.resultData.error;

		const sends = readSends(workflow, run);
		console.log(describeSends(sends, sandbox.seed));
		console.log(describeTotals(sends, sandbox.delivered));
	} finally {
		await sandbox.stop();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
