import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Shows fields only where others have these values, beside what they are shown for anyway. */
export function shownFor(
	show: NonNullable<IDisplayOptions['show']>,
	fields: readonly INodeProperties[],
): INodeProperties[] {
	return fields.map(({ displayOptions, ...field }) => ({
		...field,
		displayOptions: { ...displayOptions, show: { ...displayOptions?.show, ...show } },
	}));
}
