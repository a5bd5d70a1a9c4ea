import type { IBuilderHint } from 'n8n-workflow';

/** What n8n's AI builder can't tell from the fields. */
export const sendBuilderHint: IBuilderHint = {
	searchHint:
		"Writes to 1st-degree LinkedIn connections only; it can't send invitations. Set onError to 'continueErrorOutput', except as an agent's tool, and handle the error output by `details.delivery`: 'notSent' can be fixed and sent, 'uncertain' needs a person to check the conversation and must never be sent again automatically. A person who was sent the same text by this node before is skipped (`alreadySent: true`); where a model writes the texts, set safety.repeats to 'skipSamePerson'.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-sendpilot.sendPilotTrigger',
			relationHint:
				"Start here to answer a reply ('reply.received') or to write to someone who has just connected ('connection_request.accepted')",
		},
		{
			nodeType: 'n8n-nodes-sendpilot.sendPilot',
			relationHint:
				'Use it to invite people who are not connections yet, and to write the outcome back to the lead',
		},
		{
			nodeType: 'n8n-nodes-base.dataTable',
			relationHint:
				'Use it to skip people whom other nodes or workflows have messaged: this node only remembers its own messages',
		},
		{
			nodeType: 'n8n-nodes-base.switch',
			relationHint: 'Route the error output by `details.delivery` or `details.reason`',
		},
		{
			nodeType: '@n8n/n8n-nodes-langchain.agent',
			relationHint:
				'As its tool, let the model fill in the recipient and the message; set the sender yourself',
		},
	],
	extraTypeDefContent: [
		{
			content: `<patterns>
<pattern title="To a person whose LinkedIn profile URL is known; the user chooses the sender">
const sendToProfile = node({
  type: 'n8n-nodes-sendpilot.sendLinkedInMessage',
  version: 1,
  config: {
    name: 'Send LinkedIn Message',
    parameters: {
      recipient: 'profile',
      senderId: { __rl: true, mode: 'list', value: '' },
      recipientLinkedinUrl: expr('{{ $json.linkedinUrl }}'),
      message: expr('Hi {{ $json.firstName }}, thanks for connecting!')
    },
    credentials: { sendPilotApi: newCredential('SendPilot account') },
    onError: 'continueErrorOutput',
    output: [{ success: true, messageId: 'msg_abc123', status: 'sent', recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe' }]
  }
});
</pattern>
<pattern title="To a SendPilot lead, from the lead's own sender">
const sendToLead = node({
  type: 'n8n-nodes-sendpilot.sendLinkedInMessage',
  version: 1,
  config: {
    name: 'Send LinkedIn Message',
    parameters: {
      recipient: 'lead',
      senderId: { __rl: true, mode: 'list', value: 'automatic' },
      leadId: { __rl: true, mode: 'id', value: expr('{{ $json.data.leadId }}') },
      message: 'Thanks for your reply! When would a short call suit you?'
    },
    credentials: { sendPilotApi: newCredential('SendPilot account') },
    onError: 'continueErrorOutput',
    output: [{ success: true, messageId: 'msg_abc123', status: 'sent', recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe' }]
  }
});
</pattern>
</patterns>`,
		},
	],
};
