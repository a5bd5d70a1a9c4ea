import type { FullLead } from '../../../../sendpilot/contract/lead';
import { INBOX_CONVERSATIONS } from '../../../../sendpilot/inbox';
import type { Problem } from '../../../../sendpilot/problem';
import type { Reply } from '../../../../sendpilot/reply';
import { shortened } from '../../../../sendpilot/text';
import { explainProblem } from '../../explainProblem';
import type { PeopleWords } from '../words';
import type { Block } from './block';
import type { UnfinishedPart } from './unfinishedText';

/** How much of a reply a message shows, in characters. */
const SHOWN = 80;

const SEND_UNCHECKED =
	"To send without this check, set If It Can't Be Checked to Send under Safety.";

/** For somebody who has replied. */
export function replied(reply: Reply | undefined): Block {
	const { at, text } = reply ?? {};
	const when = at ? ` on ${at.slice(0, 16).replace('T', ' at ')}` : '';
	const what = text ? `: "${shortened(text.replace(/\s+/g, ' ').trim(), SHOWN)}"` : '';
	return {
		reason: 'replied',
		what: `this person has replied${when}${what}`,
		next: 'Answer this person yourself: Stop if They Replied leaves them out from now on.',
		facts: { reply: reply ? { ...reply } : null },
	};
}

/** For somebody who may have replied. */
function replyUnknown(why: string, next: string, facts: Block['facts'] = {}): Block {
	return {
		reason: 'replyUnknown',
		what: `it can't be told whether this person has replied, because ${why}`,
		next: `${next} ${SEND_UNCHECKED}`.trim(),
		facts,
	};
}

/** For a reply that may be from another person. */
export function ambiguousReply(reply: Reply): Block {
	return replyUnknown(
		'a reply is in a group, or from somebody with such a name',
		'Check the conversation in SendPilot.',
		{ reply: { ...reply } },
	);
}

/** For a person whose conversation can't be found without a name. */
export function unmatchedPerson(): Block {
	return replyUnknown(
		'LinkedIn hides profile addresses in conversations, and no name is given',
		'Fill in Recipient Name under Safety.',
	);
}

/** For a conversation that doesn't say who wrote what. */
export function unclearConversation(): Block {
	return replyUnknown(
		'SendPilot does not say who wrote the messages',
		'Check the conversation in SendPilot.',
	);
}

/** For a lead whose sender SendPilot doesn't name. */
export function unknownSender(): Block {
	return replyUnknown(
		'SendPilot does not say which sender this lead has',
		'Choose a Sender in the node instead of Automatic.',
	);
}

/** For a lead with a reply that isn't in the conversations. */
export function unknownReplyTime(): Block {
	return replyUnknown(
		'SendPilot says that this lead has replied, but not when, and the conversation was not found',
		'Check the conversation in SendPilot.',
	);
}

/** For conversations that can't be read. */
export function unreadableInbox(problem: Problem): Block {
	const { what, next } = explainProblem(problem);
	return replyUnknown(`the conversations could not be read: ${what}`, next);
}

/** For a lead whose status or label ends contact. */
export function endedContact({ id }: FullLead, status: string): Block {
	return {
		reason: 'leadStatus',
		what: `the lead is ${status}, which Skip Lead Statuses names`,
		next: 'If this person wants to be contacted after all, change the status in SendPilot first.',
		facts: { leadId: id, leadStatus: status },
	};
}

/** For a lead under Safety that is certainly not the recipient. */
export function otherLead({ id, linkedinUrl }: FullLead): Block {
	return {
		reason: 'leadStatus',
		what: `Recipient Lead is somebody else: ${linkedinUrl}`,
		next: 'Correct Recipient Lead under Safety: it must be the lead of the person who is contacted.',
		facts: { leadId: id },
	};
}

/** For a person or a company on the Block List. */
export function onBlockList(entry: string, isCompany: boolean): Block {
	const who = isCompany ? 'the company of this person' : 'this person';
	return {
		reason: 'blockList',
		what: `${who} is on the Block List ("${shortened(entry, SHOWN)}")`,
		next: 'If that is a mistake, correct the list.',
		facts: { blockListEntry: entry },
	};
}

/** For a lead whose profile can't be compared with those on the Block List. */
export function unknownProfile(): Block {
	return {
		reason: 'blockListUnknown',
		what: 'the Block List has profiles, and SendPilot has no readable profile URL of this lead',
		next: `Check this person yourself. ${SEND_UNCHECKED}`,
	};
}

/** For a person whose company isn't known while companies are on the Block List. */
export function unknownCompany(): Block {
	return {
		reason: 'blockListUnknown',
		what: 'the Block List has companies, and the company of this person is not known',
		next: `Fill in Recipient Company under Safety. ${SEND_UNCHECKED}`,
	};
}

/** What a limit says. */
export interface Limit {
	/** Whose limit it is, for the message. */
	name: string;
	/** How many were sent, and of how many; undefined if SendPilot doesn't say. */
	sent?: number;
	max?: number;
	/** How many the sender may still send today; undefined if unknown. */
	left: number | undefined;
	/** In ISO 8601. */
	nextAllowedAt: string;
}

/** For a sender that has reached a limit. */
export function overLimit(
	{ name, sent, max, left, nextAllowedAt }: Limit,
	words: PeopleWords,
): Block {
	const counts =
		max === undefined
			? ''
			: `: ${sent} ${words.noun}${sent === 1 ? '' : 's'} counted, ${max} allowed`;
	return {
		reason: 'limit',
		what: `the sender has reached ${name}${counts}`,
		next: `The next one can be sent from ${nextAllowedAt} on. A Wait node can wait until nextAllowedAt in the details.`,
		facts: { left: left ?? null, nextAllowedAt },
	};
}

/** For a sender that SendPilot would refuse. */
export function senderNotReady(name: string, status: string): Block {
	return {
		reason: 'senderNotReady',
		what: `the sender ${name} is ${status} in SendPilot`,
		next:
			status === 'warming'
				? 'Wait until it has warmed up, or choose another Sender.'
				: 'Reconnect it in SendPilot, or choose another Sender.',
		facts: { senderStatus: status },
	};
}

/** For a text with something left open. */
export function unfinished(parts: readonly UnfinishedPart[], { noun }: PeopleWords): Block {
	const found = parts.map((part) => `"${part.found}"`).join(', ');
	const fields = [...new Set(parts.map(({ field }) => field).filter(Boolean))];
	const isOne = fields.length === 1;
	const isFixed = parts.some((part) => /\{\{\s*\$/.test(part.found));
	const guess = isFixed
		? 'It has an expression that n8n does not evaluate: switch the field from Fixed to Expression.'
		: fields.length === 0
			? `Check the text of the ${noun}, and whether this item has all values that it uses.`
			: `${fields.join(', ')} ${isOne ? 'is' : 'are'} probably empty for this item: fill ${isOne ? 'it' : 'them'} in, or leave this person out.`;
	return {
		reason: 'unfinishedText',
		what: `the text has something left open: ${found}`,
		next: `${guess} If the text is meant as it is, turn off Refuse Unfinished Text under Safety.`,
		facts: { unfinished: parts.map((part) => part.found) },
	};
}

/** What was checked for what is uncertain, by what came of it. Sentences without a full stop. */
export const INBOX_WITHOUT = {
	notThere: 'It is not in the conversation with this person, but may still arrive',
	nobody: `The newest ${INBOX_CONVERSATIONS} conversations of the sender have nobody with this name, but it may still arrive`,
	ambiguous:
		'It was not looked for in the inbox, because several conversations can be with this person',
};

/** The same for a person without a name. */
export const INBOX_WITHOUT_NAME =
	'It was not found in the inbox: LinkedIn hides most profile addresses there, and Recipient Name is not filled in';

/** The same for a text that cannot be compared. */
export const INBOX_WITHOUT_TEXT = 'The inbox was not checked, because there is no text to look for';

/** @returns the same for conversations that can't be read */
export function inboxUnreadable(problem: Problem): string {
	return `The inbox could not be checked: ${explainProblem(problem).what}`;
}
