import { createCrowd } from './crowd';
import { opaqueId } from './people';
import type {
	SandboxCampaign,
	SandboxConversation,
	SandboxLead,
	SandboxSender,
	Seed,
} from './seedTypes';

const CREATED = '2026-01-05T09:00:00.000Z';
const UPDATED = '2026-01-12T16:30:00.000Z';

/**
 * @param leads how many the largest campaign has
 * @returns a new set of made-up senders, campaigns, leads, conversations and credits
 */
export function createSeed(leads?: number): Seed {
	const crowd = createCrowd(leads);
	return {
		credits: { subscription: 1_000, purchased: 500, used: 0 },
		senders: [
			sender('sender_alex', 'Alex Moreau', 'active', 100),
			sender('sender_bianca', 'Bianca Costa', 'active', 80),
			sender('sender_casper', 'Casper Lind', 'active', 2),
			sender('sender_dora', 'Dora Novak', 'disconnected', 50),
			sender('sender_emil', 'Emil Haas', 'warming', 10),
		],
		campaigns: [
			campaign('camp_founders', 'Founders in Europe', 'started', ['sender_alex', 'sender_bianca']),
			campaign('camp_agencies', 'Agency owners', 'paused', ['sender_bianca']),
			campaign('camp_webinar', 'Webinar guests', 'finished', ['sender_alex']),
			...crowd.campaigns,
		],
		conversations: [omarsReply(), ...crowd.conversations],
		leads: [
			lead('lead_jane', 'camp_founders', 'jane-doe', {
				...person('Jane', 'Doe', 'CTO', 'Acme'),
				senderId: 'sender_alex',
				email: 'jane.doe@example.com',
				location: 'Lyon, France',
				data: { topic: 'scaling support' },
			}),
			lead('lead_omar', 'camp_founders', 'omar-haddad', {
				...person('Omar', 'Haddad', 'Founder', 'Northwind'),
				senderId: 'sender_alex',
				status: 'REPLY_RECEIVED',
			}),
			lead('lead_yuki', 'camp_founders', encodeURIComponent('山田-優希'), {
				...person('優希', '山田', 'CEO', 'Hoshi'),
				senderId: 'sender_bianca',
			}),
			lead('lead_noah', 'camp_founders', 'noah-berg', {
				...person('Noah', 'Berg', 'COO', 'Fjord Labs'),
				senderId: 'sender_bianca',
				status: 'CONNECTION_SENT',
				connected: false,
			}),
			lead('lead_opaque', 'camp_founders', 'ACoAABsandbox00000000000000000000000001', {
				senderId: 'sender_alex',
			}),
			lead('lead_ines', 'camp_agencies', 'ines-prieto', {
				...person('Inés', 'Prieto', 'Owner', 'Estudio Prieto'),
			}),
			lead('lead_tom', 'camp_agencies', 'tom-okafor', {
				...person('Tom', 'Okafor', 'Managing Director', 'Okafor & Co'),
				senderId: 'sender_casper',
			}),
			// The same person as lead_jane: one profile can be in several campaigns.
			lead('lead_jane_webinar', 'camp_webinar', 'jane-doe', {
				...person('Jane', 'Doe', 'CTO', 'Acme'),
				senderId: 'sender_alex',
				status: 'DONE',
			}),
			...crowd.leads,
		],
	};
}

function sender(
	id: string,
	name: string,
	status: string,
	dailyMessageLimit: number,
): SandboxSender {
	const slug = name.toLowerCase().replace(' ', '-');
	return {
		id,
		name,
		linkedinUrl: `https://www.linkedin.com/in/${slug}`,
		status,
		dailyMessageLimit,
		messagesSentToday: 0,
		dailyInvitationLimit: 20,
		invitationsSentToday: 0,
	};
}

function campaign(
	id: string,
	name: string,
	status: string,
	linkedInSenderIds: string[],
): SandboxCampaign {
	return {
		id,
		name,
		status,
		linkedInSenderIds,
		description: null,
		createdAt: CREATED,
		updatedAt: UPDATED,
	};
}

function lead(
	id: string,
	campaignId: string,
	slug: string,
	known: Partial<SandboxLead>,
): SandboxLead {
	return {
		id,
		campaignId,
		linkedinUrl: `https://www.linkedin.com/in/${slug}`,
		status: 'CONNECTION_ACCEPTED',
		firstName: null,
		lastName: null,
		title: null,
		company: null,
		connected: true,
		createdAt: CREATED,
		updatedAt: UPDATED,
		...known,
	};
}

function person(firstName: string, lastName: string, title: string, company: string) {
	return { firstName, lastName, title, company };
}

function omarsReply(): SandboxConversation {
	return {
		id: '2-T21hcg==',
		accountId: 'sender_alex',
		name: 'Omar Haddad',
		opaqueId: opaqueId(0),
		linkedinUrl: 'https://www.linkedin.com/in/omar-haddad',
		unread: true,
		messages: [
			{
				id: 'msg_omar_1',
				direction: 'sent',
				content: 'Hello Omar, how do you handle support at Northwind?',
				sentAt: '2026-01-12T15:00:00.000Z',
			},
			{
				id: 'msg_omar_2',
				direction: 'received',
				content: 'Happy to talk on Tuesday.',
				sentAt: UPDATED,
			},
		],
	};
}
