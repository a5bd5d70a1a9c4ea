import type { IBuilderHint } from 'n8n-workflow';

/** What n8n's AI builder can't tell from the fields. */
export const triggerBuilderHint: IBuilderHint = {
	searchHint:
		"n8n can't register the webhook. Tell the user to paste the production URL into SendPilot under Integrations → Webhooks, choose the same events there, and save the secret that SendPilot shows in a SendPilot Webhook API credential, which is not the API key. The trigger verifies signatures and drops repeated deliveries itself. Read `eventType`, `text` and `data.leadId` from its output; not every event has a text or a lead.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-sendpilot.sendLinkedInMessage',
			relationHint:
				"Answer the lead of the event: recipient 'lead' with `data.leadId`. Never behind 'message.sent' or all events: each message it sends would start the workflow again",
		},
		{
			nodeType: 'n8n-nodes-sendpilot.sendPilot',
			relationHint: 'Set the outcome of the lead, or read the conversation, of the event',
		},
		{
			nodeType: 'n8n-nodes-base.switch',
			relationHint: 'Route by `eventType` where several events start the workflow',
		},
	],
	extraTypeDefContent: [
		{
			content: `<patterns>
<pattern title="When a lead replies or accepts an invitation">
const onReplyOrConnection = trigger({
  type: 'n8n-nodes-sendpilot.sendPilotTrigger',
  version: 1,
  config: {
    name: 'SendPilot Trigger',
    parameters: {
      authentication: 'signingSecret',
      events: ['reply.received', 'connection_request.accepted']
    },
    credentials: { sendPilotWebhookApi: newCredential('SendPilot webhook') },
    output: [{
      eventType: 'reply.received',
      text: 'Happy to talk on Tuesday.',
      data: { leadId: 'lead_abc123', senderId: 'sender_abc123', linkedinUrl: 'https://www.linkedin.com/in/jane-doe' }
    }]
  }
});
</pattern>
<pattern title="When a lead replies, with the name and company of the lead">
const onReplyWithLead = trigger({
  type: 'n8n-nodes-sendpilot.sendPilotTrigger',
  version: 1,
  config: {
    name: 'SendPilot Trigger',
    parameters: {
      events: ['reply.received'],
      options: { includeLeadDetails: true }
    },
    credentials: {
      sendPilotWebhookApi: newCredential('SendPilot webhook'),
      sendPilotApi: newCredential('SendPilot account')
    },
    output: [{
      eventType: 'reply.received',
      text: 'Happy to talk on Tuesday.',
      data: { leadId: 'lead_abc123', campaignId: 'camp_abc123' },
      lead: { firstName: 'Jane', company: 'Acme', title: 'CEO' }
    }]
  }
});
</pattern>
</patterns>`,
		},
	],
};
