import type { IDataObject } from 'n8n-workflow';
import { readCredits } from '../../../sendpilot/account';
import { itemOperation } from '../../shared/itemOperation';

/** Account → Get Credits. */
export const getCredits = itemOperation({
	value: 'getCredits',
	name: 'Get Credits',
	action: 'Get the credits of the account',
	description: 'Read how many credits are left for searches and extractions',
	effect: 'read',
	fields: [],
	async runItem({ api }) {
		return [(await readCredits(api)) as IDataObject];
	},
});
