import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { unreadableField } from '../../shared/explanation';
import type { ReadField } from '../../shared/reach/requestFields';

/** What SendPilot fills in, as people type it. */
const PLACEHOLDER = /\{\{\s*(firstName|lastName)\s*\}\}/g;

/** A lead that SendPilot has the names of. */
export const ANY_LEAD = { firstName: 'Jane', lastName: 'Doe' };

/** @returns the text as SendPilot sends it to a lead */
export function filledIn(
	text: string,
	names: Partial<Record<'firstName' | 'lastName', string | null>>,
): string {
	return text.replace(
		PLACEHOLDER,
		(_placeholder, name: keyof typeof names) => names[name]?.trim() ?? '',
	);
}

/**
 * Reads a text in which SendPilot fills in placeholders. n8n's editor makes an expression of a text as soon as
 * somebody types braces, and a bare name in one is always empty: the message would go out with holes in it. So these
 * names are left to SendPilot there as well, beside real expressions.
 *
 * @param read reads the fields of the item
 * @param field the text, by its names for n8n and for the user
 * @throws ExplainedError for an expression that cannot be evaluated
 */
export function readWithPlaceholders(
	context: IExecuteFunctions,
	itemIndex: number,
	read: ReadField,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
): unknown {
	const { [name]: typed } = context.getNode().parameters;
	if (typeof typed !== 'string' || !typed.startsWith('=')) return read(name);
	// The braces are apart, because n8n takes the first two as the end of an expression.
	const kept = typed.replace(PLACEHOLDER, '{{ "{" + "{$1}" + "}" }}');
	if (kept === typed) return read(name);
	try {
		return context.evaluateExpression(kept.slice(1), itemIndex);
	} catch (error) {
		throw unreadableField(displayName, error);
	}
}
