import { z } from 'zod';
import {
	id,
	optionalFlag,
	optionalNumber,
	optionalObject,
	optionalText,
	UNCONFIRMED,
} from './fields';
import { pagination } from './paging';

/** Lists the leads of a campaign page by page (GET), or adds leads to one (POST). */
export const LEADS_PATH = '/v1/leads';

/** Reads one lead. */
export const LEAD_PATH = `${LEADS_PATH}/:id`;

/** Sets the outcome of one lead. */
export const LEAD_STATUS_PATH = `${LEAD_PATH}/status`;

/** All statuses of a lead; the campaign sets most of them. Others may be added and pass through. */
export const LEAD_STATUSES = [
	'PENDING',
	'PROCESSING',
	'MESSAGE_SENT',
	'CONNECTION_SENT',
	'CONNECTION_ACCEPTED',
	'CONNECTION_ALREADY_SENT',
	'REPLY_RECEIVED',
	'FOLLOWUP_SENT',
	'BLOCKED',
	'PROFILE_UNREACHABLE',
	'RATE_LIMITED',
	'FAILED',
	'SUCCESS',
	'UNSUBSCRIBED',
	'IRRELEVANT',
	'SKIPPED',
	'DONE',
	'MEETING_BOOKED',
	'OPPORTUNITY',
	'LIKED_POST',
	'MESSAGE_SCHEDULED',
	'CONNECTION_SCHEDULED',
	'LIKE_POST_SCHEDULED',
	'VIEW_PROFILE_SCHEDULED',
	'CONNECTED',
	'CONNECTION_WITHDRAWN',
	'WITHDRAWAL_SCHEDULED',
	'WITHDRAWAL_NOT_POSSIBLE',
	'NOT_CONNECTED',
	'ICP_MATCH',
	'ICP_NOT_MATCH',
	'PROFILE_VIEWED',
	'STARTED',
	'STOPPED',
	'WAITING',
] as const;

/** See {@link LEAD_STATUSES}. */
export type LeadStatus = (typeof LEAD_STATUSES)[number];

/** The statuses that `PATCH /v1/leads/{id}/status` can set; all others belong to the campaign. */
export const SETTABLE_LEAD_STATUSES = [
	'OPPORTUNITY',
	'MEETING_BOOKED',
	'DONE',
	'UNSUBSCRIBED',
	'IRRELEVANT',
] as const satisfies readonly LeadStatus[];

/** See {@link SETTABLE_LEAD_STATUSES}. */
export type SettableLeadStatus = (typeof SETTABLE_LEAD_STATUSES)[number];

/** The CRM labels of a lead (`customLeadStatus`). */
export const CUSTOM_LEAD_STATUSES = [
	'LEAD',
	'INTERESTED',
	'MEETING_BOOKED',
	'MEETING_COMPLETE_NOT_CLOSED',
	'CLOSED',
	'WRONG_PERSON',
	'NOT_INTERESTED',
	'NO_RESPONSE',
] as const;

/** See {@link CUSTOM_LEAD_STATUSES}. */
export type CustomLeadStatus = (typeof CUSTOM_LEAD_STATUSES)[number];

/** How people see the CRM labels; events about tags use these texts. */
export const CUSTOM_LEAD_STATUS_LABELS: Readonly<Record<CustomLeadStatus, string>> = {
	LEAD: 'Lead',
	INTERESTED: 'Interested',
	MEETING_BOOKED: 'Meeting Booked',
	MEETING_COMPLETE_NOT_CLOSED: 'Meeting Complete, Not Closed',
	CLOSED: 'Closed',
	WRONG_PERSON: 'Wrong Person',
	NOT_INTERESTED: 'Not Interested',
	NO_RESPONSE: 'No Response',
};

/**
 * A person in a campaign; additions pass. `senderId` comes with `full=true` (documented) and in lists
 * (observed); names and titles are filled in some time after a lead was added.
 */
export const lead = z
	.object({
		id: z.string().min(1),
		linkedinUrl: optionalText,
		campaignId: optionalText,
		senderId: optionalText,
		status: optionalText,
		firstName: optionalText,
		lastName: optionalText,
		title: optionalText,
		company: optionalText,
		createdAt: optionalText,
		updatedAt: optionalText,
	})
	.passthrough();

/** See {@link lead}. */
export type Lead = z.infer<typeof lead>;

/** A lead with `full=true`; `websiteUrl` is a second name of `website`. */
export const fullLead = lead.extend({
	about: optionalText,
	customLeadStatus: optionalText,
	email: optionalText,
	headline: optionalText,
	industry: optionalText,
	location: optionalText,
	profilePictureUrl: optionalText,
	website: optionalText,
	websiteUrl: optionalText,
	connectionCount: optionalNumber,
	followerCount: optionalNumber,
	isOpenProfile: optionalFlag,
	isPremium: optionalFlag,
	/** The custom fields. */
	data: optionalObject,
});

/** See {@link fullLead}. */
export type FullLead = z.infer<typeof fullLead>;

/** The reply of `GET /v1/leads`. */
export const leadList = z.object({
	leads: z.array(lead),
	pagination: pagination.optional(),
});

/** The reply of `GET /v1/leads` with `full=true`. */
export const fullLeadList = leadList.extend({ leads: z.array(fullLead) });

/**
 * The most leads that one `POST /v1/leads` takes. The docs say 100 and SendPilot's API description 1,000;
 * what is in production is unknown.
 */
export const LEADS_PER_REQUEST = 100;

/** The fields of a new lead that SendPilot knows, besides its `linkedinUrl`. */
export const NEW_LEAD_FIELDS = ['firstName', 'lastName', 'company', 'title', 'email'] as const;

/** See {@link NEW_LEAD_FIELDS}. */
export type NewLeadField = (typeof NEW_LEAD_FIELDS)[number];

const knownText = z.string().optional();

/**
 * A lead to add. All other fields are custom fields, beside the known ones; they can hold any JSON and cannot
 * be changed later.
 */
export const newLead = z
	.object({
		linkedinUrl: z.string().url(),
		firstName: knownText,
		lastName: knownText,
		company: knownText,
		title: knownText,
		email: knownText,
	} satisfies Record<NewLeadField | 'linkedinUrl', z.ZodTypeAny>)
	.passthrough();

/** See {@link newLead}. */
export type NewLead = z.infer<typeof newLead>;

/** The body of `POST /v1/leads`. */
export const addLeadsBody = z
	.object({ campaignId: id, leads: z.array(newLead).min(1).max(LEADS_PER_REQUEST) })
	.strict();

/** See {@link addLeadsBody}. */
export type AddLeadsBody = z.infer<typeof addLeadsBody>;

const rejectedLead = z
	.object({
		linkedinUrl: optionalText,
		reason: optionalText,
		/** The position in the request, from 0. */
		index: optionalNumber,
	})
	.passthrough();

/** See {@link addLeadsReply}. */
export type RejectedLead = z.infer<typeof rejectedLead>;

/**
 * The reply of `POST /v1/leads`: counters, no ids, and perhaps what was wrong with which lead; additions
 * pass.
 */
export const addLeadsReply = z
	.object({
		success: optionalFlag,
		leadsAdded: optionalNumber,
		duplicatesSkipped: optionalNumber,
		invalidEntries: optionalNumber,
		errors: z.array(rejectedLead).nullish().catch(undefined),
	})
	.passthrough();

/** See {@link addLeadsReply}. */
export type AddLeadsReply = z.infer<typeof addLeadsReply>;

/** The body of `PATCH /v1/leads/{id}/status`: a status, a CRM label, or both. */
export const setLeadStatusBody = z
	.object({
		status: z.enum(SETTABLE_LEAD_STATUSES).optional(),
		customLeadStatus: z.enum(CUSTOM_LEAD_STATUSES).optional(),
		/** The reason. */
		note: z.string().optional(),
	})
	.strict()
	.refine(
		({ status, customLeadStatus }) => status !== undefined || customLeadStatus !== undefined,
		{
			message: 'At least one of status and customLeadStatus is required',
		},
	);

/** See {@link setLeadStatusBody}. */
export type SetLeadStatusBody = z.infer<typeof setLeadStatusBody>;

/**
 * The reply of `PATCH /v1/leads/{id}/status`; additions pass. Older replies call the lead `id`, have no
 * `success`, and add `linkedinUrl`, `previousStatus` and `updatedAt`.
 */
export const setLeadStatusReply = z
	.object({
		success: optionalFlag,
		leadId: optionalText,
		id: optionalText,
		status: optionalText,
		customLeadStatus: optionalText,
		previousStatus: optionalText,
		message: optionalText,
	})
	.passthrough()
	.refine(
		({ success, status, customLeadStatus }) =>
			success === true || Boolean(status ?? customLeadStatus),
		UNCONFIRMED,
	)
	.transform(({ id: oldName, leadId, ...rest }) => ({ ...rest, leadId: leadId ?? oldName }));

/** See {@link setLeadStatusReply}. */
export type SetLeadStatusReply = z.infer<typeof setLeadStatusReply>;
