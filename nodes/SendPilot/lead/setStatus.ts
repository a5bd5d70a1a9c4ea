import {
	setLeadStatusBody,
	SETTABLE_LEAD_STATUSES,
	type SetLeadStatusBody,
	type SetLeadStatusReply,
} from '../../../sendpilot/contract/lead';
import { setLeadStatus } from '../../../sendpilot/lead';
import { CHANGE_WORDS, explainedAs } from '../../shared/explainedAs';
import { ExplainedError } from '../../shared/explanation';
import type { ItemFields } from '../../shared/itemFields';
import { itemOperation } from '../../shared/itemOperation';
import { LABEL_OPTIONS, leadFields, statusOptions } from './fields';

const UNCHANGED = { name: "(Don't Change)", value: '' };

/** Lead → Set Status. */
export const setStatus = itemOperation({
	value: 'setStatus',
	name: 'Set Status',
	action: 'Set the status of a lead',
	description: 'Set the outcome of a lead, its CRM label, or both',
	effect: 'repeatable',
	changes: 'leadId',
	builderHint:
		'Needs `status` or `customLeadStatus`, or both. Interest and rejection (interested, wrong person, not interested) are CRM labels; only five outcomes can be set as status.',
	fields: [
		...leadFields('The lead whose status to set'),
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			default: '',
			options: [UNCHANGED, ...statusOptions(SETTABLE_LEAD_STATUSES)],
			hint: 'Choose a status, a CRM label, or both',
			description: 'The outcome of the lead. The campaign sets all other statuses itself.',
		},
		{
			displayName: 'CRM Label',
			name: 'customLeadStatus',
			type: 'options',
			default: '',
			options: [UNCHANGED, ...LABEL_OPTIONS],
			description: 'The label of the lead in SendPilot. It does not affect the campaign.',
		},
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. Asked us to get back in March',
			description: 'Why the status changes',
		},
	],
	async runItem({ api, fields }) {
		const leadId = fields.id('leadId');
		const body = bodyOf(fields);
		const reply = await setLeadStatus(api, leadId, body).catch((error: unknown) => {
			throw explainedAs(error, CHANGE_WORDS);
		});
		return [outputOf(leadId, reply)];
	},
});

function bodyOf(fields: ItemFields): SetLeadStatusBody {
	const status = fields.optionalChoice('status');
	const customLeadStatus = fields.optionalChoice('customLeadStatus');
	if (status === undefined && customLeadStatus === undefined) {
		throw new ExplainedError(
			'neither a Status nor a CRM Label is chosen',
			'Choose a Status, a CRM Label, or both. If they come from expressions, check that this item has a value there.',
		);
	}
	const note = fields.optionalText('note');
	return setLeadStatusBody.parse({
		...(status && { status }),
		...(customLeadStatus && { customLeadStatus }),
		...(note && { note }),
	});
}

/** The same fields for all generations of the reply; null for what it does not say. */
function outputOf(leadId: string, reply: SetLeadStatusReply) {
	return {
		success: true,
		leadId: reply.leadId ?? leadId,
		status: reply.status ?? null,
		customLeadStatus: reply.customLeadStatus ?? null,
		previousStatus: reply.previousStatus ?? null,
		message: reply.message ?? null,
	};
}
