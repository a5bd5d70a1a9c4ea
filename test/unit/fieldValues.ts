import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ItemFields } from '../../nodes/shared/itemFields';

/** Fields with values as n8n would give them: a collection has only what was added. */
export function fieldsWith(fields: INodeProperties[], values: IDataObject): ItemFields {
	const getNodeParameter = (path: string, _: number, fallback: unknown) =>
		path.split('.').reduce<unknown>((level, name) => (level as IDataObject)?.[name], values) ??
		fallback;
	return new ItemFields({ getNodeParameter } as unknown as IExecuteFunctions, 0, fields);
}
