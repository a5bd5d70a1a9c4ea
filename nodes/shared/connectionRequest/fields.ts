import type { INodeProperties } from 'n8n-workflow';
import { NOTE_MAX_CHARACTERS } from '../../../sendpilot/contract/connectionRequest';
import { senderLocator } from '../locators';
import { safetyFields } from '../reach/safety/fields';
import { optionsField } from '../reach/settings';
import { INVITATION_WORDS } from '../reach/peopleWords';

/** The option for senders that cannot send notes. */
export const IF_NOTE_NOT_ALLOWED = {
	displayName: "If the Note Isn't Allowed",
	name: 'ifNoteNotAllowed',
	type: 'options',
	default: 'fail',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Send no invitation, and say why' },
		{
			name: 'Send Without Note',
			value: 'sendWithoutNote',
			description: 'Send the invitation without its note, if it certainly did not go out with it',
		},
	],
	description:
		'What to do if SendPilot refuses the invitation because of its note, e.g. because the sender does not have LinkedIn Premium',
} satisfies INodeProperties;

/** The fields of an invitation, for `POST /v1/inbox/connect`. */
export const connectFields: INodeProperties[] = [
	senderLocator({
		displayName: 'Sender',
		name: 'senderId',
		required: true,
		description: 'The LinkedIn account that sends the invitation',
	}),
	{
		displayName: 'LinkedIn Profile URL',
		name: 'recipientLinkedinUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.linkedin.com/in/jane-doe',
		description:
			"The address of the person's profile page, as your browser shows it. Sales Navigator and Recruiter links do not work.",
	},
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: "e.g. Hi Jane, I enjoyed your talk. Let's connect!",
		hint: `Up to ${NOTE_MAX_CHARACTERS} characters. Only senders with LinkedIn Premium can send notes: for others, SendPilot may leave the note out without saying so.`,
		description: 'The text of the invitation. Optional.',
	},
	optionsField(INVITATION_WORDS, [IF_NOTE_NOT_ALLOWED]),
	...safetyFields(INVITATION_WORDS),
];
