import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FinishedRun, RunSettings } from '../../../engine/run';
import type { Generation, Sandbox, SandboxLead } from '../../../sandbox';
import {
	begin,
	byId,
	errorOf,
	jsonOf,
	personUrl,
	toInvite,
	toLead,
	toProfile,
	useSandbox,
	type NodeSettings,
} from '../support';

/** A way to reach people. */
export interface Way {
	name: string;
	/** The SendPilot that it is used with. */
	generation: Generation;
	kind: 'message' | 'invitation';
	/** Whether items name leads instead of profiles. */
	isByLead: boolean;
	node: Pick<NodeSettings, 'type' | 'parameters'>;
}

const SEND_TO_LEAD: INodeParameters = {
	resource: 'message',
	operation: 'sendToLead',
	senderId: byId('={{ $json.sender ?? "sender_alex" }}'),
	leadId: byId('={{ $json.lead }}'),
	message: '={{ $json.message ?? "Hello" }}',
};

const SEND_PILOT = 'n8n-nodes-sendpilot.sendPilot';

/** The node Send LinkedIn Message, to a profile. */
export const BY_PROFILE: Way = {
	name: 'Send LinkedIn Message, by profile',
	generation: 'live',
	kind: 'message',
	isByLead: false,
	node: { parameters: toProfile() },
};

/** The same, to a lead. */
export const BY_LEAD: Way = {
	name: 'Send LinkedIn Message, by lead',
	generation: 'live',
	kind: 'message',
	isByLead: true,
	node: { parameters: toLead() },
};

/** The operation that fills in names. */
export const TO_LEAD: Way = {
	name: 'Message → Send to Lead',
	generation: 'live',
	kind: 'message',
	isByLead: true,
	node: { type: SEND_PILOT, parameters: SEND_TO_LEAD },
};

/** The operation that invites. */
export const INVITE: Way = {
	name: 'Connection Request → Send',
	generation: 'live',
	kind: 'invitation',
	isByLead: false,
	node: toInvite(),
};

/** All ways to reach a person. */
export const WAYS: readonly Way[] = [
	BY_PROFILE,
	BY_LEAD,
	{ ...BY_LEAD, name: `${BY_LEAD.name}, of the older SendPilot`, generation: 'docs' },
	{
		...BY_PROFILE,
		name: 'Message → Send',
		node: {
			type: SEND_PILOT,
			parameters: { ...toProfile(), resource: 'message', operation: 'send' },
		},
	},
	TO_LEAD,
	INVITE,
];

/** Those that name a profile. */
export const PROFILE_WAYS = WAYS.filter(({ isByLead }) => !isByLead);

/** Those that name a lead. */
export const LEAD_WAYS = WAYS.filter(({ isByLead }) => isByLead);

/** The names of ways, for tables of tests. */
export const named = (ways: readonly Way[]) => ways.map((way) => [way.name, way] as const);

/** How to run a way. */
export interface OutreachRun extends Omit<NodeSettings, 'parameters' | 'type'> {
	safety?: INodeParameters;
	options?: INodeParameters;
	parameters?: INodeParameters;
	settings?: Partial<RunSettings>;
}

/** What became of a run. */
export interface OutreachResult {
	output: IDataObject[];
	failed: IDataObject[];
	error: ReturnType<typeof errorOf>;
	hints: string[];
	finished: FinishedRun;
}

/** The campaign of all people of {@link Outreach}. */
const CAMPAIGN = 'camp_test';

/** A small SendPilot, and one way to reach its people: `person-0` … are leads of a campaign, not connected yet. */
export class Outreach {
	constructor(
		readonly sandbox: Sandbox,
		readonly way: Way,
	) {}

	/** Items for the first people, in the way's own terms, with their names. */
	people(count: number, more: (number: number) => IDataObject = () => ({})): IDataObject[] {
		return Array.from({ length: count }, (_, number) => this.person(number, more(number)));
	}

	/** An item for one person. */
	person(number: number, more: IDataObject = {}): IDataObject {
		const who = this.way.isByLead ? { lead: leadId(number) } : { url: personUrl(number) };
		return { ...who, name: nameOf(number), ...more };
	}

	/** Runs the way. By default, errors go to the error output, and nothing waits. */
	async send(items: IDataObject[], run: OutreachRun = {}): Promise<OutreachResult> {
		const { result } = await this.begin(items, run);
		return resultOf(await result);
	}

	/** Begins to run the way. */
	async begin(
		items: IDataObject[],
		{ safety = {}, options = {}, parameters = {}, settings, ...node }: OutreachRun = {},
	) {
		const name = this.way.isByLead ? {} : { recipientName: '={{ $json.name }}' };
		return await begin(
			this.sandbox,
			items,
			{
				onError: 'continueErrorOutput',
				...node,
				type: this.way.node.type ?? 'n8n-nodes-sendpilot.sendLinkedInMessage',
				parameters: {
					...this.way.node.parameters,
					options: { inboxDelay: 0, ...options },
					safety: { ...name, ...safety },
					...parameters,
				},
			},
			settings,
		);
	}

	/** Whom the way has reached, by their numbers, in this order. */
	get reached(): number[] {
		return this.reachedWith.map(({ recipientLinkedinUrl }) => numberOf(recipientLinkedinUrl));
	}

	/** The same with what they got. */
	get reachedWith() {
		const { delivered, invited } = this.sandbox;
		return this.way.kind === 'message'
			? delivered
			: invited.map((one) => ({ ...one, message: one.note }));
	}

	/** The calls that could have reached somebody. */
	get posts() {
		return this.sandbox.requests.filter(({ method }) => method === 'POST');
	}

	/** The paths of what was read, without ids. */
	get reads(): string[] {
		return this.sandbox.requests
			.filter(({ method }) => method === 'GET')
			.map(({ path }) => path.replace(/2-[^/]+|lead_[^/]+/, ':id'));
	}

	/** Has a person reply to Alex. */
	reply(number: number, text: string, afterReached = 0): void {
		const { sandbox } = this;
		const reply = { linkedinUrl: personUrl(number), text, senderId: 'sender_alex' };
		if (afterReached === 0) sandbox.reply(reply);
		else this.after(afterReached, () => sandbox.reply(reply));
	}

	/** Has something happen once so many people have been reached. */
	after(count: number, happen: () => void): void {
		const { sandbox } = this;
		const note = () => {
			if (this.reached.length === count) happen();
		};
		if (this.way.kind === 'message') sandbox.onDelivered = note;
		else sandbox.onInvited = note;
	}

	/** Has a person and Alex have written to each other. Hours are before now. */
	talked(
		number: number,
		messages: Array<{ direction: 'sent' | 'received'; content: string; hoursAgo: number }>,
		more: { name?: string; linkedinUrl?: string } = {},
	): void {
		const { conversations } = this.sandbox.seed;
		const id = `2-talk${conversations.length}`;
		conversations.push({
			...{ id, accountId: 'sender_alex', name: nameOf(number), unread: false },
			opaqueId: `ACoAA${String(conversations.length).padStart(6, '0')}B${'y'.repeat(25)}`,
			linkedinUrl: personUrl(number),
			messages: messages.map(({ hoursAgo, ...message }, index) => ({
				...message,
				id: `${id}_${index}`,
				sentAt: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
			})),
			...more,
		});
	}

	/** Makes something go wrong with the first call of a run that could reach a person. */
	fault(fault: 'deliveredThen500' | 'resetAfterDelivery' | 'lostThen500'): void {
		// By lead, production refuses the first call for its shape, which uses up a fault that comes after delivery.
		const isAskedFirst =
			this.way.node.parameters?.recipient === 'lead' && this.way.generation === 'live';
		const times = isAskedFirst && fault !== 'lostThen500' ? 2 : 1;
		this.sandbox.inject({ fault, times, method: 'POST', path: '/v1/inbox' });
	}

	/** Makes it impossible to read conversations, so many times. */
	hideInbox(times = Infinity): void {
		this.sandbox.inject({
			...{ fault: 'status', status: 403, message: 'Forbidden resource' },
			...{ path: '/v1/inbox/conversations', method: 'GET', times },
		});
	}

	/** Has whoever is invited accept at once, so that the note is in the inbox, as messages are. */
	acceptAll(): void {
		const { sandbox } = this;
		sandbox.onInvited = ({ recipientLinkedinUrl }) => sandbox.accept(recipientLinkedinUrl);
	}

	/** The lead that a person is. */
	lead(number: number): SandboxLead {
		return this.sandbox.seed.leads.find(({ id }) => id === leadId(number))!;
	}
}

/** @returns what a run gave out, or the error that it ended with */
export function resultOf(finished: FinishedRun): OutreachResult {
	const error = errorOf(finished);
	const runs = finished.data.resultData.runData['Send'] ?? [];
	const hints = (runs.at(-1)?.hints ?? []).map(({ message }) => message);
	const [output, failed] = error ? [[], []] : [jsonOf(finished), jsonOf(finished, 1)];
	return { output, failed, error, hints, finished };
}

/**
 * A live and an older SendPilot for the tests of one file, with 120 people of the same campaign in each.
 *
 * @returns a function that gives the one for a way; `fresh` starts over within a test
 */
export function useOutreach() {
	const sandboxes = {
		live: useSandbox({ leads: 1 }),
		docs: useSandbox({ leads: 1, generation: 'docs' }),
	};
	beforeEach(() => {
		for (const { sandbox } of Object.values(sandboxes)) populate(sandbox);
	});
	const use = (way: Way) => new Outreach(sandboxes[way.generation].sandbox, way);
	const fresh = (way: Way) => {
		sandboxes[way.generation].reset();
		populate(sandboxes[way.generation].sandbox);
		return use(way);
	};
	return Object.assign(use, { fresh });
}

const PEOPLE = 120;

/** Leaves only people of our own, so that nobody has written to anybody. */
function populate({ seed }: Sandbox): void {
	seed.conversations.length = 0;
	const [campaign] = seed.campaigns;
	seed.campaigns.push({ ...campaign, id: CAMPAIGN, name: 'Test' });
	for (let number = 0; number < PEOPLE; number++) {
		seed.leads.push({
			...{ id: leadId(number), campaignId: CAMPAIGN, linkedinUrl: personUrl(number) },
			...{ firstName: 'Person', lastName: String(number), title: null, company: 'Acme' },
			...{ status: 'CONNECTION_ACCEPTED', senderId: 'sender_alex', connected: false },
			...{ createdAt: campaign.createdAt, updatedAt: campaign.updatedAt },
		});
	}
	for (const sender of seed.senders) {
		if (sender.status === 'active') sender.dailyMessageLimit = sender.dailyInvitationLimit = 1_000;
	}
}

/** The lead that a person is. */
export function leadId(number: number): string {
	return `lead_person_${number}`;
}

/** What a person is called. */
export function nameOf(number: number): string {
	return `Person ${number}`;
}

/** @returns the number of the person with a profile */
export function numberOf(url: string): number {
	return Number(url.split('-').at(-1));
}
