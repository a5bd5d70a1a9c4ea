import { NO_PLAN_KEY } from './apiKey';
import type { Sandbox } from './index';

/** @returns what people need to know about a sandbox that has just started */
export function welcome({ url, apiKey, seed }: Sandbox): string {
	const senders = seed.senders.map(({ id, name, status, dailyMessageLimit }) =>
		[id, name, `${status}, ${dailyMessageLimit} messages a day`].join('  '),
	);
	const leads = seed.leads.map(({ id, campaignId, linkedinUrl, senderId, connected }) =>
		[id, campaignId, linkedinUrl, senderId ?? 'no sender', connected ? '' : 'not connected']
			.filter(Boolean)
			.join('  '),
	);
	return `SendPilot sandbox: nothing here reaches LinkedIn.

URL      ${url}
API key  ${apiKey}   (${NO_PLAN_KEY} is the key of a plan without API access)

In n8n, open a SendPilot API credential. Paste the key into "API Key" and the URL into "Base URL".

Senders
${indented(senders)}
Leads
${indented(leads)}
To send events to a SendPilot Trigger, register its test or production URL with the secret in its
SendPilot Webhook API credential:

  curl ${url}/_sandbox/webhooks -H 'Content-Type: application/json' \\
    -d '{"url": "<URL>", "secret": "<whsec_ and base64>", "scheme": "svix"}'

From then on, it receives an event for each message that goes out. To send a test event to one URL, as
Send Test Event in SendPilot does:

  curl ${url}/_sandbox/webhooks/test -H 'Content-Type: application/json' \\
    -d '{"url": "<URL>", "eventType": "message.sent"}'

To send an event to every URL that selected it:

  curl ${url}/_sandbox/events -H 'Content-Type: application/json' -d '{"eventType": "reply.received"}'

Everything that was sent and received: ${url}/_sandbox/state
Press Ctrl-C to stop.
`;
}

function indented(lines: string[]): string {
	return lines.map((line) => `  ${line}\n`).join('');
}
