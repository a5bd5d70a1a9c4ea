import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Running, RunSettings } from '../../engine/run';
import { ROOT } from '../../scripts/unpack';
import type { Sandbox } from '../../sandbox';
import { begin, errorOf, jsonOf, pairingOf, type NodeSettings, type TestItem } from './support';

/** A resource and an operation of the node SendPilot. */
export type OperationName = `${string}.${string}`;

/** How to run an operation, beside what it does. */
export interface OperationRun {
	parameters?: INodeParameters;
	/** Default: one empty item. */
	items?: TestItem[];
	onError?: NodeSettings['onError'];
	/** Whether an AI agent calls. */
	asTool?: boolean;
	settings?: Partial<RunSettings>;
}

/** Begins to run an operation of the node SendPilot. */
export async function beginOperation(
	sandbox: Sandbox,
	name: OperationName,
	{ parameters = {}, items = [{}], onError, asTool, settings }: OperationRun = {},
): Promise<Running> {
	const [resource, operation] = name.split('.');
	const type = `n8n-nodes-sendpilot.sendPilot${asTool ? 'Tool' : ''}`;
	const node = { type, parameters: { resource, operation, ...parameters }, onError };
	return await begin(sandbox, items, node, settings);
}

/** What an operation gave out, or the error that it ended with. */
export interface OperationResult {
	output: IDataObject[];
	/** At the error output. */
	failed: IDataObject[];
	/** The number of the input item of each output item. */
	pairing: unknown[];
	/** What n8n shows beside the output. */
	hints: string[];
	error: ReturnType<typeof errorOf>;
}

/** Runs an operation of the node SendPilot to its end. */
export async function runOperation(
	...args: Parameters<typeof beginOperation>
): Promise<OperationResult> {
	const { result } = await beginOperation(...args);
	const finished = await result;
	const error = errorOf(finished);
	const hints = (finished.data.resultData.runData['Send']?.[0]?.hints ?? []).map(
		({ message }) => message,
	);
	if (error) return { output: [], failed: [], pairing: [], hints, error };
	return {
		output: jsonOf(finished),
		failed: jsonOf(finished, 1),
		pairing: pairingOf(finished),
		hints,
		error,
	};
}

interface Schema {
	type?: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/**
 * Checks items against the output schema of an operation, which n8n shows before the first run: each item has
 * its fields, no others, in its types, and each field has a value in one of the items at least.
 */
export function expectSchema(name: OperationName, items: IDataObject[]): void {
	const [resource, operation] = name.split('.');
	const path = `dist/nodes/SendPilot/__schema__/v1.0.0/${resource}/${operation}.json`;
	const { version, ...schema } = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Schema & {
		version: number;
	};
	expect(version).toBe(1);
	expect(schema.type).toBe('object');
	const names = schema.properties && Object.keys(schema.properties);
	for (const item of items) expect(names ?? Object.keys(item)).toEqual(Object.keys(item));
	const shown = merged(items);
	expect({ [name]: typeOf(shown, schema) }).toEqual({ [name]: schema });
}

/** Puts items together into one that has whatever any of them has. */
function merged(values: unknown[]): unknown {
	const known = values.filter((value) => value !== null && value !== undefined);
	const [first] = known;
	if (Array.isArray(first)) return known.flat();
	if (typeof first !== 'object') return first ?? null;
	const names = new Set(known.flatMap((value) => Object.keys(value as object)));
	return Object.fromEntries(
		[...names].map((key) => [key, merged(known.map((value) => (value as IDataObject)[key]))]),
	);
}

/** @param schema where it leaves open what is inside, so does the result: SendPilot does not say what there is */
function typeOf(value: unknown, schema: Schema = ANYTHING): Schema {
	if (value === null) return { type: 'null' };
	if (Array.isArray(value)) {
		if (schema.type === 'array' && !schema.items) return { type: 'array' };
		return { type: 'array', items: typeOf(merged(value), schema.items) };
	}
	if (typeof value !== 'object') return { type: typeof value };
	if (schema.type === 'object' && !schema.properties) return { type: 'object' };
	const properties = Object.entries(value as object).map(([key, one]) => [
		key,
		typeOf(one, schema.properties?.[key]),
	]);
	return { type: 'object', properties: Object.fromEntries(properties) as Record<string, Schema> };
}

const ANYTHING: Schema = {};
