import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { SEVERAL } from '../nodes/SendPilot/leadSearch/filters/fields';
import { RESOURCES } from '../nodes/SendPilot/operations';
import { optionsField } from '../nodes/shared/connectionOptions';
import type { Operation, Resource } from '../nodes/shared/operation';
import { SHAPE_FIELDS } from '../nodes/shared/shape';
import { markdown } from './markdown';
import { ROOT } from './unpack';

/** Where the table of operations is in the README. */
const TABLE = /(<!-- operations -->\n).*(\n<!-- end of operations -->)/s;

/** Puts the table of operations into the README. */
export async function withTable(readme: string): Promise<string> {
	const rows = sorted(RESOURCES).flatMap(({ name, operations }) =>
		sorted(operations).map((one) => `| ${name} | **${one.name}** | ${one.description} |`),
	);
	const table = ['| Resource | Operation | What it does |', '| --- | --- | --- |', ...rows];
	return await markdown(
		readme.replace(TABLE, (_, start, end) => `${start}\n${table.join('\n')}\n${end}`),
	);
}

/** The page about all operations and their fields. */
export async function operationsPage(): Promise<string> {
	const parts = sorted(RESOURCES).flatMap((resource) => [
		`## ${resource.name}`,
		...sorted(resource.operations).flatMap((operation) => sectionOn(resource, operation)),
	]);
	return await markdown(
		[
			'# Operations of the SendPilot node',
			'Written from the node itself by `npm run docs`.',
			'These fields are the same in many operations, and left out below:',
			tableOf([...COMMON]),
			...parts,
		].join('\n\n'),
	);
}

/** What a second call would do, in the words of a user. */
const EFFECTS: Record<Operation['effect'], string> = {
	read: 'It only reads.',
	repeatable: 'Running it again does no harm.',
	once: 'It costs credits, so it is never repeated if it is unclear whether it worked.',
	reachesPerson: 'It reaches a person, so it is never repeated if it is unclear whether it worked.',
};

function sectionOn({ name, value }: Resource, operation: Operation): string[] {
	const rows = rowsOf(operation.fields).filter((row) => !COMMON.has(row));
	return [
		`### ${name} → ${operation.name}`,
		`${operation.description}. ${EFFECTS[operation.effect]}`,
		...(rows.some((row) => row.includes(`(${TAKES_SEVERAL})`)) ? [SEVERAL_NOTE] : []),
		...(rows.length > 0 ? [tableOf(rows)] : []),
		outputOf(value, operation.value),
	];
}

/** The fields that come out, from the schema that n8n shows before the first run. */
function outputOf(resource: string, operation: string): string {
	const path = `nodes/SendPilot/__schema__/v1.0.0/${resource}/${operation}.json`;
	const { properties } = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as {
		properties?: object;
	};
	if (!properties) return 'Output: whatever SendPilot returns. It does not document the fields.';
	const names = Object.keys(properties).map((field) => `\`${field}\``);
	return `Output: ${names.join(', ')}`;
}

/** Marks fields with many values: how to enter them is said once, above the table. */
const TAKES_SEVERAL = 'several';
const SEVERAL_NOTE = `Fields marked "${TAKES_SEVERAL}" take more than one value. ${SEVERAL}`;

/** What most operations have, in the same words. */
const COMMON = new Set(rowsOf([...SHAPE_FIELDS, optionsField()]));

function tableOf(rows: readonly string[]): string {
	return ['| Field | What it is |', '| --- | --- |', ...rows].join('\n');
}

function rowsOf(fields: readonly INodeProperties[], path = ''): string[] {
	return fields
		.filter(({ type }) => type !== 'notice' && type !== 'hidden')
		.flatMap((field) => {
			const name = `${path}${field.displayName}`;
			const inner = (field.type === 'collection' ? field.options : []) as INodeProperties[];
			const notes = [
				...(field.required ? ['required'] : []),
				...(field.displayOptions?.show?.['@tool'] ? ['for AI agents'] : []),
				...(field.description?.includes(SEVERAL) ? [TAKES_SEVERAL] : []),
			];
			const text = textOn(field);
			// A collection without a text says nothing that its fields don't.
			const own = `| **${name}**${notes.length > 0 ? ` (${notes.join(', ')})` : ''} | ${text} |`;
			const isBare = field.type === 'collection' && text === '';
			return [...(isBare ? [] : [own]), ...rowsOf(inner, `${name} → `)];
		});
}

function textOn({ description = '', hint = '', type, options = [] }: INodeProperties): string {
	const choices =
		type === 'options' || type === 'multiOptions'
			? `One of: ${(options as INodePropertyOptions[]).map(choiceText).join('; ')}`
			: '';
	return [description.replace(SEVERAL, '').trim(), hint, choices]
		.filter((text) => text !== '')
		.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`))
		.join(' ')
		.replaceAll('|', '\\|');
}

function choiceText({ name, description }: INodePropertyOptions): string {
	return description ? `${name} (${description.replace(/[.]$/, '')})` : name;
}

function sorted<One extends { name: string }>(all: readonly One[]): One[] {
	return [...all].sort((a, b) => a.name.localeCompare(b.name));
}
