import type { z } from 'zod';
import { ApiError } from './errors';

/** Fields that must be a URL; class-validator has one text for everything that is wrong with them. */
const URL_FIELDS = new Set(['recipientLinkedinUrl']);

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
			? issue.keys.map((key) => `property ${key} should not exist`)
			: [],
	);
	const invalid = result.error.issues
		.filter((issue) => issue.code !== 'unrecognized_keys')
		.map((issue) => textOf(String(issue.path[0]), issue, fields));
	throw new ApiError(400, [...new Set([...unknownFields, ...invalid])]);
}

function textOf(
	field: string,
	issue: { code: string; message: string },
	fields: Record<string, unknown>,
): string {
	// The schema's own text already names the field.
	if (issue.message.startsWith(`${field} `)) return issue.message;
	if (URL_FIELDS.has(field)) return `${field} must be a URL address`;
	const value = fields[field] ?? '';
	return value === '' ? `${field} should not be empty` : `${field} must be a string`;
}

/** @returns whether a value is a JSON object, and not a list or null */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
