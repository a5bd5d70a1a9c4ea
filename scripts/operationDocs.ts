import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { format } from 'prettier';
import { RESOURCES } from '../nodes/SendPilot/operations';
import type { Operation, Resource } from '../nodes/shared/operation';

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
			...parts,
		].join('\n\n'),
	);
}

/** What a second call would do, in the words of a user. */
const EFFECTS: Record<Operation['effect'], string> = {
	read: 'It only reads.',
	repeatable: 'Running it again does no harm.',
	once: 'It costs credits, so it is never done twice on doubt.',
	reachesPerson: 'It reaches a person, so it is never done twice on doubt.',
};

function sectionOn({ name }: Resource, operation: Operation): string[] {
	return [
		`### ${name} → ${operation.name}`,
		`${operation.description}. ${EFFECTS[operation.effect]}`,
		['| Field | What it is |', '| --- | --- |', ...rowsOf(operation.fields)].join('\n'),
	];
}

function rowsOf(fields: readonly INodeProperties[], path = ''): string[] {
	return fields
		.filter(({ type }) => type !== 'notice' && type !== 'hidden')
		.flatMap((field) => {
			const name = `${path}${field.displayName}`;
			const inner = (field.type === 'collection' ? field.options : []) as INodeProperties[];
			return [
				`| **${name}**${field.required ? ' (required)' : ''} | ${textOn(field)} |`,
				...rowsOf(inner, `${name} → `),
			];
		});
}

function textOn({ description = '', hint = '', type, options = [] }: INodeProperties): string {
	const choices =
		type === 'options' || type === 'multiOptions'
			? `One of: ${(options as INodePropertyOptions[]).map(({ name }) => name).join(', ')}`
			: '';
	return [description, hint, choices]
		.filter((text) => text !== '')
		.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`))
		.join(' ')
		.replaceAll('|', '\\|');
}

function sorted<One extends { name: string }>(all: readonly One[]): One[] {
	return [...all].sort((a, b) => a.name.localeCompare(b.name));
}

async function markdown(text: string): Promise<string> {
	return await format(text, { parser: 'markdown', useTabs: true, printWidth: 100 });
}
