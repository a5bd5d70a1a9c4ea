import type { IDataObject } from 'n8n-workflow';
import { readWorkspace } from '../../../sendpilot/account';
import { itemOperation } from '../../shared/itemOperation';

/** Account → Get Workspace. */
export const getWorkspace = itemOperation({
	value: 'getWorkspace',
	name: 'Get Workspace',
	action: 'Get the workspace of the API key',
	description:
		'Read the workspace, its subscription, and the scopes of the API key, which needs workspace:read',
	effect: 'read',
	fields: [],
	async runItem({ api }) {
		return [(await readWorkspace(api)) as IDataObject];
	},
});
