import { EVENT_DETAILS } from '../../../sendpilot/contract/event';
import type { Explanation } from '../explanation';
import { peopleWords } from './peopleSteps';

/** Empty where there is nothing to fix: what to do next then depends on the situation alone. */
const NOTHING_TO_FIX = '';

const FORGOTTEN: Explanation = {
	what: 'An earlier attempt at this execution may have sent it, and this node no longer remembers',
	next: NOTHING_TO_FIX,
};

const CHECK_DATABASE = "Check that the workflow is saved and that n8n's database works.";

/** For a LinkedIn message. */
export const MESSAGE_WORDS = peopleWords({
	kind: 'message',
	usualPerDay: 25,
	noun: 'message',
	Noun: 'Message',
	verb: 'message',
	done: 'messaged',
	whereToCheck:
		"the conversation with this person in a few minutes, on LinkedIn or in SendPilot's inbox: the message may still arrive.",
	place: 'conversation',
	toolCheck:
		"the conversation with this person in a few minutes, on LinkedIn or in SendPilot's inbox.",
	changed: 'reworded',
	ifThere: 'If the message is there, leave this person out.',
	ifNotThere: 'Only if the message is not there, not even with another text, send it',
	neverRerun:
		'Do not run the whole workflow again if texts have changed: people with a changed text would get a second message.',
	neverRerunCaller:
		'Do not run or retry the workflow that called it: people with a changed text could get a second message.',
	problems: {
		dailyQuota: {
			what: "The sender has reached today's LinkedIn message limit",
			next: 'Wait until tomorrow, or raise the daily limit in SendPilot.',
		},
		declined: {
			what: 'SendPilot reports that it did not send the message',
			next: 'In SendPilot, check that the sender is connected.',
		},
		interrupted: {
			what: 'An earlier message to this person may have been sent, perhaps with another text',
			next: NOTHING_TO_FIX,
		},
		historyUnavailable: {
			what: 'The message could not be recorded in n8n first',
			next: CHECK_DATABASE,
		},
		forgotten: FORGOTTEN,
		notStarted: {
			what: 'The execution was cancelled before this message',
			next: NOTHING_TO_FIX,
		},
	},
	repeats: {
		skipSameMessage: {
			name: 'Skip Same Message',
			description: 'Send a person (the same profile URL or lead) the same text only once',
		},
		skipSamePerson: {
			name: 'Skip Same Person',
			description:
				'Message each person (the same profile URL or lead) only once, whatever the text',
		},
		sendAgain: {
			name: 'Send Again',
			description:
				'Send it again in every new execution, also to people whose last message is uncertain. A retry still sends it only once.',
		},
	},
	repeatsDescription:
		'What to do if this node has already messaged a person, in this or an earlier execution. Test runs in the editor count too. Skipped items are output as sent, with alreadySent: true.',
	notice:
		'Nobody gets the same text from this node twice, unless you change that in Safety → Repeats. Test runs send messages, so they count too.',
});

/** For an invitation to connect. */
export const INVITATION_WORDS = peopleWords({
	kind: 'invitation',
	usualPerDay: 15,
	noun: 'invitation',
	Noun: 'Invitation',
	verb: 'invite',
	done: 'invited',
	whereToCheck:
		"the sender's sent invitations on LinkedIn (My Network → Manage → Sent) in a few minutes: the invitation may still go out.",
	place: 'sent invitations',
	toolCheck:
		"the sender's sent invitations on LinkedIn (My Network → Manage → Sent) in a few minutes.",
	changed: 'with another note',
	ifThere: 'If the invitation is there, or this person is a connection, leave this person out.',
	ifNotThere: 'Only if neither is so, send it',
	neverRerun:
		'Do not run the whole workflow again if senders have changed: people with another sender would get a second invitation.',
	neverRerunCaller:
		'Do not run or retry the workflow that called it: people with another sender could get a second invitation.',
	problems: {
		dailyQuota: {
			what: "The sender has reached today's LinkedIn invitation limit",
			next: 'Wait until tomorrow, or raise the daily limit in SendPilot.',
		},
		declined: {
			what: 'SendPilot reports that it did not send the invitation',
			next: 'In SendPilot, check that the sender is connected. LinkedIn also refuses invitations to people who were invited before.',
		},
		interrupted: {
			what: 'An earlier invitation to this person may have been sent',
			next: NOTHING_TO_FIX,
		},
		historyUnavailable: {
			what: 'The invitation could not be recorded in n8n first',
			next: CHECK_DATABASE,
		},
		forgotten: FORGOTTEN,
		notStarted: {
			what: 'The execution was cancelled before this invitation',
			next: NOTHING_TO_FIX,
		},
	},
	repeats: {
		skipSameMessage: {
			name: 'Skip Same Invitation',
			description: 'Invite a person (the same profile URL) from the same sender only once',
		},
		skipSamePerson: {
			name: 'Skip Same Person',
			description: 'Invite each person (the same profile URL) only once, whoever the sender is',
		},
		sendAgain: {
			name: 'Send Again',
			description:
				'Send it again in every new execution, also to people whose last invitation is uncertain. A retry still sends it only once.',
		},
	},
	repeatsDescription:
		'What to do if this node has already invited a person, in this or an earlier execution. Test runs in the editor count too. Skipped items are output as sent, with alreadySent: true.',
	needless: (count, all) =>
		`${count} of ${all} not invited, because the sender is connected with ${count === 1 ? 'this person' : 'these people'} already: their status is already_connected.`,
	afterwards: `To go on when they accept, start a workflow with a SendPilot Trigger and the event ${EVENT_DETAILS['connection_request.accepted'].displayName}.`,
	notice:
		'This node invites nobody from the same sender twice, not even with another note, unless you change that in Safety → Repeats. Test runs send invitations, so they count too.',
});
