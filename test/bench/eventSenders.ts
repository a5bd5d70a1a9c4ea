import { createHmac, randomUUID } from 'node:crypto';
import { signatureHeaders } from '../../sandbox/webhooks/schemes';
import { SECRET } from '../triggerSupport';

/** A request that is ready to be sent. */
export interface ReadyRequest {
	headers: Record<string, string>;
	body: string;
}

/** How an event is signed. */
export type Signing = 'signed' | 'forged' | 'unsigned';

/** The secret of the Slack app. */
export const SLACK_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

/** A secret of the same form as ours, which n8n does not know. */
const WRONG_SECRET = `whsec_${Buffer.from('secret of somebody else').toString('base64')}`;

/** What somebody writes, in both events. */
const TEXT = 'Thanks for reaching out! Next week sounds good, how about Tuesday at ten?';

/** Makes an event as SendPilot sends it. */
export function sendPilotRequest(signing: Signing): ReadyRequest {
	const id = randomUUID();
	const body = JSON.stringify({
		eventId: id,
		eventType: 'reply.received',
		timestamp: new Date().toISOString(),
		workspaceId: 'ws_abc123',
		data: {
			...{ leadId: 'lead_abc123', campaignId: 'camp_abc123', senderId: 'sender_abc123' },
			...{ linkedinUrl: 'https://www.linkedin.com/in/jane-doe', reply: TEXT },
		},
	});
	const secret = signing === 'forged' ? WRONG_SECRET : SECRET;
	const timestamp = unixSeconds();
	const signature = signatureHeaders('svix', [secret], { id: `msg_${id}`, timestamp, body });
	return { headers: signing === 'unsigned' ? {} : signature, body };
}

/** Makes an event as Slack sends it, as long as SendPilot's. */
export function slackRequest(signing: Signing): ReadyRequest {
	const event = {
		...{ type: 'message', channel: 'C0123456789', user: 'U0123456789' },
		...{ ts: '1700000000.000100', text: TEXT },
	};
	const envelope = {
		...{ type: 'event_callback', team_id: 'T0123456789', api_app_id: 'A0123456789' },
		...{ event_id: randomUUID(), event_time: unixSeconds(), event },
	};
	const missing = sendPilotRequest(signing).body.length - JSON.stringify(envelope).length;
	const body = JSON.stringify({
		...envelope,
		event: { ...event, text: TEXT + '.'.repeat(missing) },
	});
	const timestamp = String(unixSeconds());
	const secret = signing === 'forged' ? WRONG_SECRET : SLACK_SECRET;
	const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
	const signature = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
	return { headers: signing === 'unsigned' ? {} : signature, body };
}

function unixSeconds(): number {
	return Math.floor(Date.now() / 1_000);
}
