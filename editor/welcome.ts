import { OWNER } from './client';
import { CURRENT_N8N } from './install';
import type { ReadyEditor } from './ready';

/** @returns what people need to know about an n8n that has just become ready */
export function welcome({ url, logFile, sandbox, workflows }: ReadyEditor): string {
	const addresses = workflows.map(({ id, name }) => `  ${name}\n  ${url}/workflow/${id}`);
	const [trigger] = sandbox.webhooks.list();
	const post = (path: string, body: object) =>
		`  curl ${sandbox.url}/_sandbox/${path} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
	return `
n8n ${CURRENT_N8N} is ready.

n8n        ${url}
Sign in    ${OWNER.email}, password ${OWNER.password}
SendPilot  ${sandbox.url}, a sandbox on this machine: nothing reaches LinkedIn
Log        ${logFile}

Workflows
${addresses.join('\n')}

Try this first
  1. Sign in, open "Send LinkedIn messages with SendPilot" and click Execute workflow.
  2. Double-click one of its two sending nodes. Its output shows the sent messages. The Error Branch
     shows the others: why, and what to do. One answer gets lost on purpose, so it is uncertain
     whether Omar Haddad received his message.
  3. Open "Log sent LinkedIn messages with SendPilot" and its Executions tab. SendPilot's signed event
     about each message has started it.
  4. Build your own workflow: click +, and type "linkedin".

Send events to "Log sent LinkedIn messages with SendPilot", from another terminal
  A test event, as from Send Test Event in SendPilot. It starts one execution:
${post('webhooks/test', { url: trigger.url })}
  An unsigned event. It is rejected, starts nothing, and n8n's log says why:
${post('events', { eventType: 'message.sent', signature: 'none' })}
  One event that arrives twice. It starts one execution:
${post('events', { eventType: 'message.sent', times: 2 })}

What SendPilot does appears below, and all of it at ${sandbox.url}/_sandbox/state
Press Ctrl-C to stop n8n and the sandbox. Everything in them is deleted.
`;
}
