import type { OpenAPIV3 } from 'openapi-types';

type Schema = OpenAPIV3.SchemaObject;
type SchemaOrRef = Schema | OpenAPIV3.ReferenceObject;

/** How a reply differs from its description. Only names and types: a reply is full of personal data. */
export interface Comparison {
	/** The titles of the descriptions that fit best, such as `old`. */
	generations: string[];
	/** Fields as described, such as `campaigns[].name`. */
	confirmed: string[];
	/** Fields, with their types, where the description leaves open what there is. */
	learned: string[];
	/** Fields that are not described, with their types. */
	added: string[];
	/** Described fields that do not occur; those that must are marked by {@link ALWAYS}. */
	missing: string[];
	/** Fields of another type, and values that a list of values does not have. */
	different: string[];
	/** How many names are not shown, because they may be somebody's own, such as `leads[].data: 3`. */
	hidden: string[];
}

/** Names as an API has them, in camelCase or snake_case. No address or number looks like that, and few names of people. */
const API_NAME = /^(?=.{1,40}$)[a-z]+(?:(?:[A-Z][a-z]*)*|(?:_[a-z]+)*)$/;

/** Values such as `RATE_LIMITED` and `paused`. */
const VALUE_WORD = /^(?:[A-Z_]{1,40}|[a-z]{1,40})$/;

/** Paths of objects that are not described, but in which users are likely to name the fields. */
const FREE_FORM =
	/(?:custom\w*|data|fields|variables|attributes|properties|tags|labels)(?:\[\])*$/i;

/** How many objects and lists may be inside each other; SendPilot's own replies have fewer. */
const MAX_DEPTH = 10;

/** Compares replies with what an OpenAPI document says about them. */
export class Contract {
	constructor(private readonly document: Pick<OpenAPIV3.Document, 'paths' | 'components'>) {}

	/**
	 * @param path as in the document
	 * @throws Error if the document does not describe the reply
	 */
	compare(path: string, body: unknown): Comparison {
		const response = this.document.paths[path]?.get?.responses['200'] as
			| OpenAPIV3.ResponseObject
			| undefined;
		const described = response?.content?.['application/json']?.schema;
		if (!described) throw new Error(`The reply of ${path} is not described`);
		return this.fieldsOf(described, body, '').comparison();
	}

	private resolve(schema: SchemaOrRef): Schema {
		if (!('$ref' in schema)) return schema;
		const name = schema.$ref.split('/').at(-1)!;
		return this.resolve(this.document.components!.schemas![name]);
	}

	private fieldsOf(described: SchemaOrRef, value: unknown, path: string): Fields {
		const schema = this.resolve(described);
		const alternatives = schema.oneOf ?? schema.anyOf;
		if (!alternatives) return this.fieldsOfOne(schema, value, path);
		const found = alternatives.map((one) => this.fieldsOf(one, value, path));
		return found.reduce((best, one) => (one.distance < best.distance ? one : best));
	}

	private fieldsOfOne(schema: Schema, value: unknown, path: string): Fields {
		const fields = new Fields();
		if (depthOf(path) > MAX_DEPTH) {
			fields.different.add(`${path}: nested too deeply`);
			return fields;
		}
		if (schema.title !== undefined) fields.generations.add(schema.title);
		if (!isOfType(schema, value)) {
			fields.different.add(`${path || 'the reply'}: ${typeName(value)}, not ${schema.type}`);
			return fields;
		}
		if (path !== '') fields.confirmed.add(path);
		if (typeof value === 'string') noteValue(schema, value, path, fields);
		if (Array.isArray(value)) {
			const { items = UNDESCRIBED } = schema as Partial<OpenAPIV3.ArraySchemaObject>;
			for (const item of value) fields.take(this.fieldsOf(items, item, `${path}[]`));
		} else if (isRecord(value)) {
			this.addFieldsOf(schema, value, path, fields);
		} else if (schema.type === undefined) {
			fields.learned.add(`${path}: ${typeName(value)}`);
		}
		return fields;
	}

	private addFieldsOf(
		{ properties, required = [], additionalProperties }: Schema,
		value: Record<string, unknown>,
		path: string,
		fields: Fields,
	): void {
		const at = (name: string) => (path === '' ? name : `${path}.${name}`);
		for (const [name, schema] of Object.entries(properties ?? {})) {
			if (value[name] !== undefined) fields.take(this.fieldsOf(schema, value[name], at(name)));
			else fields.missing.add(`${at(name)}${required.includes(name) ? ALWAYS : ''}`);
		}
		const isFreeForm = additionalProperties === true || (!properties && FREE_FORM.test(path));
		for (const [name, one] of Object.entries(value)) {
			if (properties && Object.hasOwn(properties, name)) continue;
			const isShown = !isFreeForm && API_NAME.test(name);
			if (!isShown) fields.hidden.add(JSON.stringify([path, name]));
			if (isFreeForm) continue;
			if (properties) fields.added.add(`${at(isShown ? name : NOT_SHOWN)}: ${typeName(one)}`);
			else if (isShown) fields.take(this.fieldsOf(UNDESCRIBED, one, at(name)));
		}
	}
}

/** Stands for a new field whose name is not shown. */
const NOT_SHOWN = '(not shown)';

/** Of which nothing is known yet. */
const UNDESCRIBED: Schema = {};

/** Marks a missing field that is always there. */
export const ALWAYS = ' (always there)';

/** What was found, by the path of a field. */
class Fields {
	readonly confirmed = new Set<string>();
	readonly learned = new Set<string>();
	readonly added = new Set<string>();
	readonly missing = new Set<string>();
	readonly different = new Set<string>();
	readonly generations = new Set<string>();
	/** Path and name of each, as JSON. */
	readonly hidden = new Set<string>();

	/**
	 * How far a reply is from a description. What must be there weighs most, and a field that is not described more than
	 * all optional fields of a lead, which most leads lack.
	 */
	get distance(): number {
		const required = [...this.missing].filter((field) => field.endsWith(ALWAYS)).length;
		const { different, added, missing, confirmed } = this;
		return 100 * (different.size + required) + 20 * added.size + missing.size - confirmed.size;
	}

	take(inner: Fields): void {
		for (const name of [
			'confirmed',
			'learned',
			'added',
			'missing',
			'different',
			'generations',
			'hidden',
		] as const)
			for (const field of inner[name]) this[name].add(field);
	}

	comparison(): Comparison {
		// An entry of a list can lack what another one has.
		const missing = [...this.missing].filter((field) => !this.confirmed.has(field));
		const sorted = (names: Iterable<string>) => [...names].sort();
		return {
			generations: sorted(this.generations),
			confirmed: sorted(this.confirmed),
			learned: sorted(this.learned),
			added: sorted(this.added),
			missing: sorted(missing),
			different: sorted(this.different),
			hidden: sorted(this.hiddenCounts()),
		};
	}

	private hiddenCounts(): string[] {
		const counts = new Map<string, number>();
		for (const one of this.hidden) {
			const [path] = JSON.parse(one) as [path: string, name: string];
			counts.set(path, (counts.get(path) ?? 0) + 1);
		}
		return [...counts].map(([path, count]) => `${path || 'the reply'}: ${count}`);
	}
}

function noteValue({ enum: values }: Schema, value: string, path: string, fields: Fields): void {
	if (!values || values.includes(value)) return;
	const shown = VALUE_WORD.test(value) ? `"${value}", ` : '';
	fields.different.add(`${path}: ${shown}a value that is not described`);
}

/** How many objects and lists there are around what has this path. */
function depthOf(path: string): number {
	return path.split(/\.|\[/).length;
}

function isOfType({ type, nullable }: Schema, value: unknown): boolean {
	if (value === null) return nullable === true || type === undefined;
	switch (type) {
		case 'integer':
			return Number.isInteger(value);
		case 'array':
			return Array.isArray(value);
		case 'object':
			return isRecord(value);
		default:
			return type === undefined || typeof value === type;
	}
}

function typeName(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
