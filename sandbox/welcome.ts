import { NO_PLAN_KEY, NO_SCOPES_KEY } from './apiKey';
import { CROWD_CAMPAIGNS } from './crowd';
import { EARLIER_EXTRACTION, EARLIER_SEARCH } from './earlierJobs';
import type { Sandbox } from './index';
import { availableOf } from './jobs';

/** @returns what people need to know about a sandbox that has just started */
export function welcome({ url, apiKey, seed }: Sandbox): string {
	const senders = seed.senders.map(({ id, name, status, dailyMessageLimit }) =>
		[id, name, `${status}, ${dailyMessageLimit} messages a day`].join('  '),
	);
	const named = seed.leads.filter((lead) => !CROWD_CAMPAIGNS.includes(lead.campaignId));
	const leads = named.map(({ id, campaignId, linkedinUrl, senderId, connected }) =>
		[id, campaignId, linkedinUrl, senderId ?? 'no sender', connected ? '' : 'not connected']
			.filter(Boolean)
			.join('  '),
	);
	return `SendPilot sandbox: nothing here reaches LinkedIn.

URL      ${url}
API key  ${apiKey}
         ${NO_PLAN_KEY} is the key of a plan without API access
         ${NO_SCOPES_KEY} is a key that may not read quotas, the workspace or search filters

In n8n, open a SendPilot API credential. Paste the key into "API Key" and the URL into "Base URL".

Senders
${indented(senders)}
Leads
${indented(leads)}  and ${seed.leads.length - named.length} more in ${CROWD_CAMPAIGNS.join(', ')}

There are ${seed.conversations.length} conversations and ${availableOf(seed.credits)} credits. Searches and extractions take some seconds and use
up credits; one with "fail" in its name fails. Finished from the start: ${EARLIER_SEARCH.id} and ${EARLIER_EXTRACTION.id}.

To send events to a SendPilot Trigger, register its test or production URL with the secret in its
SendPilot Webhook API credential:

  curl ${url}/_sandbox/webhooks -H 'Content-Type: application/json' \\
    -d '{"url": "<URL>", "secret": "<whsec_ and base64>", "scheme": "svix"}'

From then on, it receives an event for what happens: messages that go out, campaigns that are paused,
leads that change, searches and extractions that finish. To send a test event to one URL, as Send Test
Event in SendPilot does:

  curl ${url}/_sandbox/webhooks/test -H 'Content-Type: application/json' \\
    -d '{"url": "<URL>", "eventType": "message.sent"}'

To send an event to every URL that selected it:

  curl ${url}/_sandbox/events -H 'Content-Type: application/json' -d '{"eventType": "reply.received"}'

To have someone accept an invitation that you have sent:

  curl ${url}/_sandbox/invitations/accept -H 'Content-Type: application/json' \\
    -d '{"linkedinUrl": "https://www.linkedin.com/in/noah-berg"}'

To have someone reply or unsubscribe, or to disconnect a sender, now or once so many messages have gone out:

  curl ${url}/_sandbox/replies -H 'Content-Type: application/json' \\
    -d '{"linkedinUrl": "https://www.linkedin.com/in/jane-doe", "text": "Sounds good", "afterDeliveries": 1}'
  curl ${url}/_sandbox/leads -H 'Content-Type: application/json' \\
    -d '{"id": "lead_jane", "status": "UNSUBSCRIBED"}'
  curl ${url}/_sandbox/senders -H 'Content-Type: application/json' \\
    -d '{"id": "sender_alex", "status": "disconnected", "afterDeliveries": 3}'

To have a search or an extraction end when its status is first read:

  curl ${url}/_sandbox/quirks -H 'Content-Type: application/json' -d '{"jobPolls": 1}'

Everything that was sent and received: ${url}/_sandbox/state
Press Ctrl-C to stop.
`;
}

function indented(lines: string[]): string {
	return lines.map((line) => `  ${line}\n`).join('');
}
