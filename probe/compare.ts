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
}

/** Names that cannot be anybody's name, address or number. */
const FIELD_NAME = /^[a-z_][a-z_]{0,40}$/i;

/** Words such as `rate_limited`, which say nothing about anybody. */
const VALUE_WORD = /^[a-z][a-z _-]{0,30}$/i;

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
		if (schema.title !== undefined) fields.generations.add(schema.title);
		if (!isOfType(schema, value)) {
			fields.different.add(`${path || 'the reply'}: ${typeName(value)}, not ${schema.type}`);
			return fields;
		}
		if (path !== '') fields.confirmed.add(path);
		if (typeof value === 'string') noteValue(schema, value, path, fields);
		if (Array.isArray(value)) {
			const { items } = schema as OpenAPIV3.ArraySchemaObject;
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
		// There, the names are the user's own.
		if (additionalProperties === true) return;
		for (const [name, one] of Object.entries(value)) {
			if (properties && Object.hasOwn(properties, name)) continue;
			const shown = at(FIELD_NAME.test(name) ? name : '(a name that may be personal)');
			if (properties) fields.added.add(`${shown}: ${typeName(one)}`);
			else fields.take(this.fieldsOf(UNDESCRIBED, one, shown));
		}
	}
}

/** Of which nothing is known yet. */
const UNDESCRIBED: Schema = { items: {} } as Schema;

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

	/** How far a reply is from a description: what must be there weighs most. */
	get distance(): number {
		const required = [...this.missing].filter((field) => field.endsWith(ALWAYS)).length;
		const { different, added, missing, confirmed } = this;
		return 100 * (different.size + required) + 10 * added.size + missing.size - confirmed.size;
	}

	take(inner: Fields): void {
		for (const name of [
			'confirmed',
			'learned',
			'added',
			'missing',
			'different',
			'generations',
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
		};
	}
}

function noteValue({ enum: values }: Schema, value: string, path: string, fields: Fields): void {
	if (!values || values.includes(value)) return;
	const shown = VALUE_WORD.test(value) ? `"${value}"` : 'a value that may be personal';
	fields.different.add(`${path}: ${shown} is not among the known values`);
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
