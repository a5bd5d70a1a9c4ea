import { z } from 'zod';
import { CUSTOM_LEAD_STATUSES, LEAD_STATUSES } from '../sendpilot/contract/lead';
import { SENDER_STATUSES } from '../sendpilot/contract/sender';
import { afterDeliveries } from './later';
import type { SandboxLead } from './seedTypes';
import { leadTagEvent, leadUpdatedEvent } from './webhooks/happened';
import type { Webhooks } from './webhooks/webhooks';

const id = z.string().min(1);
const count = z.number().int().min(0);
const name = z.string().nullable();

/** Checks a {@link LeadChange}. */
export const leadChangeSchema = z
	.object({
		id,
		status: z.enum(LEAD_STATUSES).optional(),
		customLeadStatus: z.enum(CUSTOM_LEAD_STATUSES).optional(),
		/** Whether this is a 1st-degree connection. */
		connected: z.boolean().optional(),
		senderId: z.string().min(1).optional(),
		firstName: name.optional(),
		lastName: name.optional(),
		title: name.optional(),
		company: name.optional(),
		afterDeliveries,
	})
	.strict();

/** What changes about a lead, by its id. */
export type LeadChange = z.input<typeof leadChangeSchema>;

/** Checks a {@link SenderChange}. */
export const senderChangeSchema = z
	.object({
		id,
		status: z.enum(SENDER_STATUSES).optional(),
		dailyMessageLimit: count.optional(),
		messagesSentToday: count.optional(),
		dailyInvitationLimit: count.optional(),
		invitationsSentToday: count.optional(),
		afterDeliveries,
	})
	.strict();

/** What changes about a sender, by its id. */
export type SenderChange = z.input<typeof senderChangeSchema>;

/** Changes a lead, with the events of a new status and a new label. */
export function changeLead(
	lead: SandboxLead,
	changes: Omit<LeadChange, 'id' | 'afterDeliveries'>,
	webhooks: Pick<Webhooks, 'emit'>,
): void {
	const { status: previousStatus, customLeadStatus: previousLabel } = lead;
	Object.assign(lead, changes, { updatedAt: new Date().toISOString() });
	if (lead.status !== previousStatus) webhooks.emit(leadUpdatedEvent(lead, previousStatus));
	const { customLeadStatus: label } = changes;
	if (label && label !== previousLabel) webhooks.emit(leadTagEvent(lead, label, previousLabel));
}
