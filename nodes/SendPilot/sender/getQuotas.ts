import type { IDataObject } from 'n8n-workflow';
import { readQuotas } from '../../../sendpilot/sender';
import { itemOperation } from '../../shared/itemOperation';

/** Sender → Get Quotas. */
export const getQuotas = itemOperation({
	value: 'getQuotas',
	name: 'Get Quotas',
	action: 'Get the quotas of all senders',
	description: 'Read how many invitations, messages and likes each sender has left today',
	effect: 'read',
	fields: [],
	async runItem({ api }) {
		return (await readQuotas(api)) as IDataObject[];
	},
});
