import type { INodeProperties } from 'n8n-workflow';
import type { JobKind } from './kinds';

/** The field for the name of a new job. */
export function nameField({ noun }: JobKind): INodeProperties {
	return {
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. CTOs in Germany',
		description: `What SendPilot shows for this ${noun}`,
	};
}

/** What nobody should find out from the bill. */
export function costNotice({ noun }: JobKind): INodeProperties {
	return {
		displayName: `Each execution starts a new ${noun}, which costs credits. Test runs too. Retrying an execution starts nothing twice.`,
		name: 'costNotice',
		type: 'notice',
		default: '',
	};
}

/** The field that limits what a new job finds, and costs. */
export const LIMIT_FIELD: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	hint: 'Each person costs credits. If there are not enough, SendPilot finds fewer people.',
};
