import { NO_PLAN_KEY } from './apiKey';
import type { Sandbox } from './index';

/** @returns what people should know of a sandbox that has just started */
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
API key  ${apiKey}   (${NO_PLAN_KEY} is a key without a plan)

In n8n, open the credential "SendPilot API", paste the key into "API Key" and the URL into "Base URL".

Senders
${indented(senders)}
Leads
${indented(leads)}
To send events to a SendPilot Trigger, register its URL, with any secret that its credential holds too:

  curl ${url}/_sandbox/webhooks -H 'Content-Type: application/json' \\
    -d '{"url": "<production URL>", "secret": "<whsec_ and base64>", "scheme": "svix"}'

From then on, each message that goes out is told to it. Other events come when they are called for:

  curl ${url}/_sandbox/events -H 'Content-Type: application/json' -d '{"eventType": "reply.received"}'

What went out and came in: ${url}/_sandbox/state
Ctrl-C ends it.
`;
}

function indented(lines: string[]): string {
	return lines.map((line) => `  ${line}\n`).join('');
}
