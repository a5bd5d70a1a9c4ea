import {
	validateFieldType,
	type FieldType,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';
import { z } from 'zod';
import { NEW_LEAD_FIELDS, type NewLead, type NewLeadField } from '../../../sendpilot/contract/lead';
import { shortened } from '../../../sendpilot/text';
import { ExplainedError } from '../../shared/explanation';
import { inputFieldsIn } from '../../shared/inputField';
import type { ItemFields } from '../../shared/itemFields';
import { isTool } from '../../shared/reach/executionRecord';
import { personIn } from './fields';

/** What one item says about a person to add. */
export interface ReadLead {
	campaignId: string;
	/** Tells people apart. */
	slug: string;
	lead: NewLead;
	/** Whether the ID of the lead is wanted. */
	findLeadId: boolean;
}

/** As n8n has them; an expression can return anything. */
const customFields = z.array(
	z.object({ name: z.unknown(), value: z.unknown(), type: z.string().optional() }),
);

/** Names that are no custom fields, because SendPilot reads them otherwise. */
const RESERVED = ['linkedinUrl', 'campaignId', 'customFields', ...NEW_LEAD_FIELDS];

/** The longest email address that there can be, in characters. */
const MAX_EMAIL_CHARACTERS = 320;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Known = Partial<Record<NewLeadField, string>>;

/** @returns what reads the lead of an item, and throws ExplainedError for one that cannot be used */
export function leadReader(context: IExecuteFunctions): (fields: ItemFields) => ReadLead {
	const input = context.getInputData();
	const used = usedInputFields(context);
	const isOnlyDefined = isTool(context);
	return (fields) => {
		const campaignId = fields.id('campaignId');
		const { slug, linkedinUrl } = personIn(fields);
		const known = knownFields(fields);
		const custom =
			isOnlyDefined || fields.choice('customFieldsFrom') === 'defineBelow'
				? definedFields(fields)
				: otherInputFields(input[fields.itemIndex].json, known, leftOut(fields, used));
		checkEmail(known);
		const findLeadId = fields.isOn('options.findLeadIds');
		return { campaignId, slug, lead: { linkedinUrl, ...known, ...custom }, findLeadId };
	};
}

function knownFields(fields: ItemFields): Known {
	const known: Known = {};
	for (const name of NEW_LEAD_FIELDS) {
		const text = fields.optionalText(`additionalFields.${name}`);
		if (text !== undefined) known[name] = text.trim();
	}
	return known;
}

/** SendPilot may reject a whole request for one address that is none. */
function checkEmail({ email }: Known): void {
	if (email === undefined) return;
	if (email.length <= MAX_EMAIL_CHARACTERS && EMAIL.test(email)) return;
	throw new ExplainedError(
		`the Email "${shortened(email, MAX_EMAIL_CHARACTERS)}" is not an email address`,
		'Correct it, or leave Email empty for this item.',
	);
}

function definedFields(fields: ItemFields): Record<string, unknown> {
	const assignments = customFields.safeParse(fields.collection('customFields').assignments ?? []);
	if (!assignments.success) {
		throw new ExplainedError(
			'the field Custom Fields to Add is not a list of names and values',
			'Check the expression in Custom Fields to Add, or enter each custom field there.',
		);
	}
	const custom = new Map<string, unknown>();
	for (const { name: given, value, type } of assignments.data) {
		const name = String(given ?? '').trim();
		checkName(name, custom);
		if (value !== null && value !== undefined) custom.set(name, typed(name, value, type));
	}
	return Object.fromEntries(custom);
}

function checkName(name: string, custom: ReadonlyMap<string, unknown>): void {
	if (name === '') {
		throw new ExplainedError(
			'a custom field has no name',
			'Name it in Custom Fields to Add, or remove it there.',
		);
	}
	const reserved = RESERVED.find((one) => isSame(one, name));
	if (reserved !== undefined) {
		throw new ExplainedError(
			`a custom field cannot be called "${name}", because SendPilot has a field of that name`,
			'Use the field of the node, e.g. in Additional Fields, or choose another name.',
		);
	}
	if (custom.has(name)) {
		throw new ExplainedError(
			`there are two custom fields "${name}"`,
			'Remove one of them in Custom Fields to Add.',
		);
	}
}

function typed(name: string, value: unknown, type: string | undefined): unknown {
	const result = validateFieldType(name, value, (type ?? 'string') as FieldType);
	if (result.valid) return result.newValue;
	throw new ExplainedError(
		`the custom field ${name} has a value of another type: ${result.errorMessage}`,
		`Correct the value of ${name} in Custom Fields to Add, or choose its type there.`,
	);
}

/** Fills in the known fields that the input has and the node does not set. */
function otherInputFields(
	input: IDataObject,
	known: Known,
	isLeftOut: (name: string) => boolean,
): Record<string, unknown> {
	const custom = new Map<string, unknown>();
	for (const [name, value] of Object.entries(input)) {
		if (value === null || value === undefined || isLeftOut(name)) continue;
		const reserved = RESERVED.find((one) => isSame(one, name));
		if (reserved === undefined) custom.set(name, value);
		else if (isKnown(reserved)) known[reserved] ??= textOf(name, value);
	}
	return Object.fromEntries(custom);
}

function isKnown(name: string): name is NewLeadField {
	return NEW_LEAD_FIELDS.some((known) => known === name);
}

function textOf(name: string, value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim() || undefined;
	if (typeof value === 'number') return String(value);
	throw new ExplainedError(
		`the input field ${name} is not text`,
		`Leave ${name} out under Input Fields to Leave Out, or set it in Additional Fields.`,
	);
}

function leftOut(fields: ItemFields, used: ReadonlySet<string>): (name: string) => boolean {
	const names = fields.optionalText('excludedFields') ?? '';
	const excluded = new Set(names.split(',').map((name) => name.trim()));
	return (name) => excluded.has(name) || used.has(name);
}

/** The input fields that the expressions of the other fields use, which are the same for all items. */
function usedInputFields(context: IExecuteFunctions): Set<string> {
	const raw = ['campaignId', 'linkedinUrl', 'additionalFields'].map((name) =>
		context.getNodeParameter(name, 0, '', { rawExpressions: true }),
	);
	const expressions = JSON.stringify(raw).replaceAll('\\"', '"');
	return new Set(inputFieldsIn(expressions));
}

function isSame(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
