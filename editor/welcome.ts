import { OWNER } from './client';
import { CURRENT_N8N } from './install';
import type { ReadyEditor } from './ready';

/** @returns what people should know of an n8n that has just been made ready */
export function welcome({ url, sandbox, workflows }: ReadyEditor): string {
	const addresses = workflows.map(({ id, name }) => `  ${name}\n  ${url}/workflow/${id}`);
	return `
n8n ${CURRENT_N8N} is ready.

n8n        ${url}
Sign in    ${OWNER.email}, password ${OWNER.password}
SendPilot  ${sandbox.url}, a sandbox on this machine: nothing reaches LinkedIn

Workflows
${addresses.join('\n')}

Try this first
  1. Sign in, open "Send LinkedIn messages with SendPilot", and press Execute workflow.
  2. Double-click one of its two sending nodes: the output shows what was sent, and the Error
     Branch what was not, why, and what to do. One answer gets lost on purpose, so that it is
     uncertain whether Omar Haddad got his message.
  3. Open "Log sent LinkedIn messages with SendPilot", tab Executions: SendPilot's signed event
     about each message has started it.
  4. Make a workflow of your own: press +, and type "linkedin".

What SendPilot does shows up below, and all of it at ${sandbox.url}/_sandbox/state
Ctrl-C ends n8n and the sandbox, and forgets what was done in them.
`;
}
