import { type LeadStatus } from '../sendpilot/contract/lead';
import { opaqueId, personOf } from './people';
import type {
	SandboxCampaign,
	SandboxConversation,
	SandboxLead,
	SandboxMessage,
} from './seedTypes';

/** The largest campaign. */
const LARGEST = 'camp_saas';

/** How many leads it has by default. */
export const DEFAULT_LEADS = 1_200;

/** The generated campaigns, and how many leads each has. */
const CAMPAIGNS = [
	[LARGEST, 'SaaS founders, Europe', 'started', DEFAULT_LEADS, ['sender_alex', 'sender_bianca']],
	['camp_revops', 'RevOps leaders', 'started', 900, ['sender_bianca']],
	['camp_partners', 'Partner agencies', 'paused', 600, ['sender_alex']],
	['camp_expo', 'Met at the expo 2025', 'finished', 300, ['sender_alex', 'sender_dora']],
	['camp_next', 'Next quarter', 'draft', 0, ['sender_bianca']],
] as const;

/** The ids of the generated campaigns. */
export const CROWD_CAMPAIGNS: readonly string[] = CAMPAIGNS.map(([id]) => id);

/** Every so many leads, somebody is in the campaign before too. */
const SHARED_EVERY = 40;

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse('2025-11-03T08:00:00.000Z');

/** What becomes of leads: most wait or were invited, fewer go further. */
const STATUSES: ReadonlyArray<[status: LeadStatus, connected: boolean]> = [
	['PENDING', false],
	['CONNECTION_SENT', false],
	['CONNECTION_SENT', false],
	['CONNECTION_ACCEPTED', true],
	['MESSAGE_SENT', true],
	['MESSAGE_SENT', true],
	['REPLY_RECEIVED', true],
	['DONE', true],
	['PENDING', false],
	['CONNECTION_SCHEDULED', false],
	['FOLLOWUP_SENT', true],
	['PROFILE_UNREACHABLE', false],
	['OPPORTUNITY', true],
];

/** How many conversations there are, besides those of messages sent through the API. */
const CONVERSATIONS = 200;

/** One thread is longer than any page. */
const LONG_THREAD = 130;

const TEXTS = [
	['sent', 'Hi {name}, thanks for connecting! How do you keep your CRM up to date?'],
	['received', 'Hi, mostly by hand, and badly. Why do you ask?'],
	['sent', 'Because we automate that. Shall I send you a two-minute video?\n'],
	['received', 'Sounds good – Tuesday works.'],
	['sent', 'Great, talk to you on Tuesday. '],
] as const;

/** What SendPilot knows of a lead that was just added. */
const NOT_LOOKED_UP = { firstName: null, lastName: null, title: null, company: null };

interface Crowd {
	campaigns: SandboxCampaign[];
	leads: SandboxLead[];
	conversations: SandboxConversation[];
}

/** By the number of leads in the largest campaign. */
const made = new Map<number, Crowd>();

/**
 * Some 3,000 leads in further campaigns, and 200 conversations; the same at every call, and made only once
 * per process, because many tests start a sandbox.
 *
 * @param leads how many the largest campaign has
 * @returns new entries, which may be changed
 */
export function createCrowd(leads = DEFAULT_LEADS): Crowd {
	const crowd = made.get(leads) ?? make(leads);
	made.set(leads, crowd);
	return {
		campaigns: crowd.campaigns.map((one) => ({ ...one })),
		leads: crowd.leads.map((one) => ({ ...one })),
		conversations: crowd.conversations.map((one) => ({ ...one, messages: [...one.messages] })),
	};
}

function make(largest: number): Crowd {
	const campaigns = CAMPAIGNS.map(
		([id, name, status, , senders], index): SandboxCampaign => ({
			id,
			name,
			status,
			linkedInSenderIds: [...senders],
			description: index === 0 ? 'Founders who raised a seed round' : null,
			createdAt: time(index),
			updatedAt: time(index + 40),
		}),
	);
	let number = 0;
	const leads = CAMPAIGNS.flatMap(([id, , , count, senders]) =>
		Array.from({ length: id === LARGEST ? largest : count }, (_, index) => {
			const shared = index % SHARED_EVERY === SHARED_EVERY - 1 && number > SHARED_EVERY * 30;
			const person = shared ? number - SHARED_EVERY * 30 : number;
			number++;
			return leadOf(`${id.replace('camp_', 'lead_')}_${index + 1}`, id, person, index, senders);
		}),
	);
	const conversations = talkingTo(leads).map(conversationOf);
	return { campaigns, leads, conversations };
}

/** The leads with a conversation; the last one has the name of another, with the same sender. */
function talkingTo(leads: SandboxLead[]): SandboxLead[] {
	const talking = leads.filter(({ connected }) => connected);
	const first = talking.slice(0, CONVERSATIONS - 1);
	const names = new Set(first.map(nameAndSender));
	const namesake = talking.slice(first.length).find((lead) => names.has(nameAndSender(lead)));
	return namesake ? [...first, namesake] : first;
}

function nameAndSender({ firstName, lastName, senderId }: SandboxLead): string {
	return `${firstName} ${lastName} ${senderId}`;
}

function leadOf(
	id: string,
	campaignId: string,
	number: number,
	index: number,
	senders: readonly string[],
): SandboxLead {
	const person = personOf(number);
	const [status, connected] = STATUSES[index % STATUSES.length] ?? ['PENDING', false];
	const isNew = status === 'PENDING' && index % 9 === 0;
	const { firstName, lastName, title, company, location, industry } = person;
	const details = {
		...{ location, industry, headline: `${title} at ${company}` },
		connectionCount: 100 + (number % 400),
		followerCount: 120 + (number % 900),
		isPremium: number % 4 === 0,
		isOpenProfile: number % 10 === 0,
	};
	return {
		id,
		campaignId,
		linkedinUrl: `https://www.linkedin.com/in/${person.slug}`,
		status,
		...(isNew ? NOT_LOOKED_UP : { firstName, lastName, title, company, ...details }),
		senderId: senders[index % senders.length],
		email: index % 3 === 0 ? `${person.slug}@example.com` : undefined,
		customLeadStatus: status === 'OPPORTUNITY' ? 'INTERESTED' : undefined,
		data: { segment: index % 2 === 0 ? 'A' : 'B' },
		connected,
		createdAt: time(index % 30),
		updatedAt: time(30 + (index % 30)),
	};
}

function conversationOf(lead: SandboxLead, index: number): SandboxConversation {
	const length = index === 0 ? LONG_THREAD : 1 + (index % TEXTS.length);
	// The newest activity is that of the first conversation.
	const last = FIRST_DAY + (60 - index / 10) * DAY_MS;
	const messages = Array.from({ length }, (_, position): SandboxMessage => {
		const [direction, text] = TEXTS[position % TEXTS.length] ?? TEXTS[0];
		return {
			id: `msg_${index + 1}_${position + 1}`,
			direction,
			content: text.replace('{name}', lead.firstName ?? ''),
			sentAt: new Date(last - (length - 1 - position) * 60_000).toISOString(),
			...(index === 1 && position === 0 && { attachment: 'one-pager.pdf' }),
		};
	});
	return {
		id: `2-${Buffer.from(`thread ${index + 1}`).toString('base64')}`,
		accountId: lead.senderId ?? 'sender_alex',
		name: `${lead.firstName} ${lead.lastName}`,
		opaqueId: opaqueId(index + 1),
		linkedinUrl: lead.linkedinUrl,
		unread: messages.at(-1)?.direction === 'received' && index % 2 === 0,
		messages,
	};
}

function time(day: number): string {
	return new Date(FIRST_DAY + day * DAY_MS).toISOString();
}
