import type { z } from 'zod';
import { ApiError } from './errors';

/** The fields that hold one URL. */
const URL_FIELD = /(?:Url|_url|urls\.\d+)$/;

/**
 * Validates what a client sent, and rejects it in the words of NestJS' validation.
 *
 * @param input a body or query; anything but an object counts as an empty object, as in NestJS
 * @returns the parsed input
 * @throws ApiError 400 with one text per problem, unknown fields first
 */
export function validated<Schema extends z.ZodTypeAny>(
	schema: Schema,
	input: unknown,
): z.output<Schema> {
	const fields = isRecord(input) ? input : {};
	const result = schema.safeParse(fields);
	if (result.success) return result.data;
	const unknownFields = result.error.issues.flatMap((issue) =>
		issue.code === 'unrecognized_keys'
			? issue.keys.map((key) => `${parentOf(issue.path)}property ${key} should not exist`)
			: [],
	);
	const invalid = result.error.issues
		.filter((issue) => issue.code !== 'unrecognized_keys')
		.map((issue) => textOf(issue, fields));
	throw new ApiError(400, [...new Set([...unknownFields, ...invalid])]);
}

function textOf(issue: z.ZodIssue, fields: Record<string, unknown>): string {
	const field = issue.path.join('.');
	// Some texts of the schemas already name the field, or are about several.
	if (field === '' || issue.message.startsWith(`${field} `)) return issue.message;
	const value = issue.path.reduce<unknown>(
		(inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key],
		fields,
	);
	// class-validator has one text for everything that is wrong with a URL.
	if (URL_FIELD.test(field)) return `${field} must be a URL address`;
	if (value === undefined || value === null || value === '') return `${field} should not be empty`;
	return `${field} ${requirementOf(issue)}`;
}

function requirementOf(issue: z.ZodIssue): string {
	switch (issue.code) {
		case 'invalid_enum_value':
			return `must be one of the following values: ${issue.options.join(', ')}`;
		case 'invalid_type':
			return TYPE_TEXTS[issue.expected] ?? `must be of the type ${issue.expected}`;
		case 'too_small':
			return issue.type === 'array'
				? `must contain at least ${issue.minimum} elements`
				: `must not be less than ${issue.minimum}`;
		case 'too_big':
			return issue.type === 'array'
				? `must contain no more than ${issue.maximum} elements`
				: `must not be greater than ${issue.maximum}`;
		default:
			return issue.message;
	}
}

const TYPE_TEXTS: Readonly<Record<string, string>> = {
	array: 'must be an array',
	boolean: 'must be a boolean value',
	integer: 'must be an integer number',
	number: 'must be a number conforming to the specified constraints',
	object: 'must be an object',
	string: 'must be a string',
};

function parentOf(path: ReadonlyArray<string | number>): string {
	return path.length === 0 ? '' : `${path.join('.')}.`;
}

/** @returns whether a value is a JSON object, and not a list or null */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
