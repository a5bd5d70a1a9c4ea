import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { unreadableField } from './explanation';
import { inputFieldOf } from './inputField';
import { isTool } from './reach/executionRecord';

/** What a field holds, found out once per run. */
type Content =
	/** The same for all items. */
	| { value: unknown }
	/** Something with expressions that may only name input fields. */
	| { raw: unknown }
	/** Something that n8n evaluates for each item. */
	| 'evaluated';

/** What the fields hold, by their names. */
const contents = new WeakMap<IExecuteFunctions, Map<string, Content>>();

/** In place of a value that only n8n can tell. */
const UNKNOWN = Symbol('unknown');

/**
 * Reads a field of a node for one item. n8n takes up to 1 ms for an expression, so the one that most fields of large
 * runs have, the name of an input field, is looked up here.
 *
 * @param name a path for a field in a collection
 * @param fallback for a field that is not set
 * @returns what the field holds; of a locator, what it picks
 * @throws ExplainedError if n8n cannot read it
 */
export function readField(
	context: IExecuteFunctions,
	itemIndex: number,
	field: INodeProperties,
	name: string,
	fallback: unknown,
): unknown {
	const extractValue = field.type === 'resourceLocator';
	const evaluate = (): unknown =>
		context.getNodeParameter(name, itemIndex, fallback, { extractValue });
	const known = contents.get(context) ?? new Map<string, Content>();
	contents.set(context, known);
	try {
		const content = known.get(name) ?? contentOf(context, field, name, fallback, evaluate);
		known.set(name, content);
		if (content === 'evaluated') return evaluate();
		if ('value' in content) return content.value;
		const filled = fillIn(content.raw, context.getInputData()[itemIndex]?.json ?? {});
		return filled === UNKNOWN ? evaluate() : filled;
	} catch (error) {
		throw unreadableField(field.displayName, error);
	}
}

function contentOf(
	context: IExecuteFunctions,
	{ modes = [] }: INodeProperties,
	name: string,
	fallback: unknown,
	evaluate: () => unknown,
): Content {
	const raw = context.getNodeParameter(name, 0, fallback, { rawExpressions: true }) as unknown;
	if (!hasExpression(raw)) return { value: evaluate() };
	const isExtracted = modes.some((mode) => mode.extractValue);
	if (isTool(context) || isExtracted) return 'evaluated';
	return { raw: isLocator(raw) ? raw.value : raw };
}

function hasExpression(raw: unknown): boolean {
	return isExpression(raw) || (isObject(raw) && Object.values(raw).some(hasExpression));
}

/** Puts the values of input fields in place of the expressions that name them. */
function fillIn(raw: unknown, input: IDataObject): unknown {
	if (isExpression(raw)) return valueOf(inputFieldOf(raw), input);
	if (!isObject(raw)) return raw;
	const entries = Object.entries(raw).map(([key, value]) => [key, fillIn(value, input)] as const);
	if (entries.some(([, value]) => value === UNKNOWN)) return UNKNOWN;
	return Array.isArray(raw) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** Only for what n8n would neither convert nor refuse. */
function valueOf(inputField: string | undefined, input: IDataObject): unknown {
	if (inputField === undefined || !Object.hasOwn(input, inputField)) return UNKNOWN;
	const value = input[inputField];
	return value === null || value === undefined || isObject(value) ? UNKNOWN : value;
}

function isExpression(raw: unknown): raw is string {
	return typeof raw === 'string' && raw.startsWith('=');
}

function isLocator(raw: unknown): raw is { value: unknown } {
	return isObject(raw) && '__rl' in raw;
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
