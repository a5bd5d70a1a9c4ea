import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ExplainedError } from './explanation';
import { readField } from './readField';

/**
 * The fields of one item. Names can be paths into collections, such as `filters.status`. Whatever cannot be used
 * throws an ExplainedError that says which field to correct.
 */
export class ItemFields {
	/** @param fields the definitions, for the names that the user sees, the defaults and the allowed values */
	constructor(
		private readonly context: IExecuteFunctions,
		readonly itemIndex: number,
		private readonly fields: readonly INodeProperties[],
	) {}

	/** @returns the value as it is; undefined for a field without a value */
	read(name: string): unknown {
		const field = this.definitionOf(name);
		const fallback = name.includes('.') ? null : field.default;
		return readField(this.context, this.itemIndex, field, name, fallback) ?? undefined;
	}

	/** @returns what a locator picks */
	id(name: string): string {
		const id = this.optionalId(name);
		if (id !== undefined) return id;
		throw this.empty(name, (field) => `Choose one in ${field}, or enter its ID.`);
	}

	/** @returns what a locator picks; undefined where it is empty */
	optionalId(name: string): string | undefined {
		return this.optionalText(name)?.trim();
	}

	/** @returns a text that is not blank */
	text(name: string): string {
		const text = this.optionalText(name);
		if (text !== undefined) return text;
		throw this.empty(name, (field) => `Fill in ${field}.`);
	}

	/** @returns undefined for a blank text; numbers count as text, because IDs can look like them */
	optionalText(name: string): string | undefined {
		const value = this.read(name);
		if (value === undefined) return undefined;
		if (typeof value === 'string' || typeof value === 'number') {
			return String(value).trim() === '' ? undefined : String(value);
		}
		const { displayName } = this.definitionOf(name);
		throw new ExplainedError(
			`the field ${displayName} is not text`,
			`Check the expression in ${displayName}: it must return text, not an object or list around it.`,
		);
	}

	/** @returns a whole number within the limits of the field; undefined where it is empty */
	optionalNumber(name: string): number | undefined {
		const { displayName, typeOptions } = this.definitionOf(name);
		const { minValue = 0, maxValue = Number.MAX_SAFE_INTEGER } = typeOptions ?? {};
		const value = this.read(name);
		if (value === undefined || (typeof value === 'string' && value.trim() === '')) return undefined;
		const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
		if (Number.isInteger(number) && number >= minValue && number <= maxValue) return number;
		const range =
			maxValue === Number.MAX_SAFE_INTEGER ? `${minValue} or more` : `${minValue} to ${maxValue}`;
		throw new ExplainedError(
			`the field ${displayName} must be a whole number, ${range}`,
			`Correct ${displayName}. If it comes from an expression, check what it returns for this item.`,
		);
	}

	/** @returns a number within the limits of the field, or its default */
	number(name: string): number {
		return this.optionalNumber(name) ?? Number(this.definitionOf(name).default);
	}

	/** @returns a number within the limits of the field, which has to be there: a default would decide what it costs */
	requiredNumber(name: string): number {
		const number = this.optionalNumber(name);
		if (number !== undefined) return number;
		throw this.empty(name, (field) => `Enter a number in ${field}.`);
	}

	/** @returns whether a switch is on; an expression or an AI agent can give it as text */
	isOn(name: string): boolean {
		const value = this.read(name) ?? this.definitionOf(name).default;
		if (value === true || value === 'true') return true;
		if (value === false || value === 'false' || value === '') return false;
		const { displayName } = this.definitionOf(name);
		throw new ExplainedError(
			`the field ${displayName} is neither on nor off`,
			`Turn ${displayName} on or off. If it comes from an expression, check that it returns true or false.`,
		);
	}

	/** @returns one of the values that the field offers */
	choice(name: string): string {
		const choice = this.optionalChoice(name);
		return choice ?? String(this.definitionOf(name).default);
	}

	/** @returns one of the values that the field offers; undefined where it is empty */
	optionalChoice(name: string): string | undefined {
		const { displayName, options = [] } = this.definitionOf(name);
		const value = this.read(name);
		if (value === undefined || value === '') return undefined;
		const values = options.map((option) => ('value' in option ? String(option.value) : ''));
		const given = String(value).trim();
		const found = values.find((one) => one.toLowerCase() === given.toLowerCase());
		if (found !== undefined) return found;
		throw new ExplainedError(
			`there is no ${displayName} "${given}"`,
			`Choose one of these in ${displayName}: ${values.filter((one) => one !== '').join(', ')}.`,
		);
	}

	/** @returns the entries of a collection, without those that are not added */
	collection(name: string): IDataObject {
		const value = this.read(name) ?? {};
		if (typeof value === 'object' && !Array.isArray(value)) return value as IDataObject;
		const { displayName } = this.definitionOf(name);
		throw new ExplainedError(
			`the field ${displayName} is neither empty nor a collection`,
			`Add the entries of ${displayName} in the node instead of setting it by an expression.`,
		);
	}

	/** The error for a field without a value, where there has to be one. */
	private empty(name: string, fix: (field: string) => string): ExplainedError {
		const { displayName } = this.definitionOf(name);
		return new ExplainedError(
			`the field ${displayName} is empty`,
			`${fix(displayName)} If it comes from an expression, check that this item has a value there.`,
		);
	}

	private definitionOf(path: string): INodeProperties {
		return fieldAt(this.fields, path);
	}
}

/**
 * Finds a field by its name, or by its path in a collection, such as `filters.status`.
 *
 * @throws Error if there is none, which is a mistake of ours
 */
export function fieldAt(fields: readonly INodeProperties[], path: string): INodeProperties {
	const [name, ...rest] = path.split('.');
	const found = fields.find((field) => field.name === name);
	if (!found) throw new Error(`There is no field ${path}`);
	if (rest.length === 0) return found;
	return fieldAt((found.options ?? []) as INodeProperties[], rest.join('.'));
}
