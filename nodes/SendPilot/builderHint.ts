import type { IBuilderHint } from 'n8n-workflow';

/** What n8n's AI builder can't tell from the fields. */
export const sendPilotBuilderHint: IBuilderHint = {
	searchHint:
		"Invites people, adds leads to campaigns, finds leads, reads conversations, sets outcomes and reads quotas. To only send messages, use Send LinkedIn Message. For what reaches a person, set onError to 'continueErrorOutput', except as an agent's tool, and handle the error output by `details.delivery`: 'uncertain' must never be sent again automatically.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-sendpilot.sendLinkedInMessage',
			relationHint: 'Use it where the workflow only sends messages',
		},
		{
			nodeType: 'n8n-nodes-sendpilot.sendPilotTrigger',
			relationHint:
				"Go on after an invitation with the event 'connection_request.accepted', and after a message with 'reply.received': never poll for them",
		},
		{
			nodeType: 'n8n-nodes-base.switch',
			relationHint: 'Route the error output by `details.reason`',
		},
	],
	extraTypeDefContent: [
		{
			content: `<patterns>
<pattern title="Invite a person; the user chooses the sender">
const invite = node({
  type: 'n8n-nodes-sendpilot.sendPilot',
  version: 1,
  config: {
    name: 'Invite',
    parameters: {
      resource: 'connectionRequest',
      operation: 'send',
      senderId: { __rl: true, mode: 'list', value: '' },
      recipientLinkedinUrl: expr('{{ $json.linkedinUrl }}'),
      note: expr('Hi {{ $json.firstName }}, I enjoyed your talk. Shall we connect?')
    },
    credentials: { sendPilotApi: newCredential('SendPilot account') },
    onError: 'continueErrorOutput',
    output: [{ success: true, requestId: 'req_abc123', status: 'sent', recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe' }]
  }
});
</pattern>
</patterns>`,
		},
	],
};
