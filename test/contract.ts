import OpenAPIRequestValidator from 'openapi-request-validator';
import type { OpenAPIV3 } from 'openapi-types';
import type { RecordedRequest, Sandbox } from '../sandbox';
import described from './sendpilot.openapi.json';

const { paths, components } = described as unknown as OpenAPIV3.Document;
const { parameters: shared, responses: sharedAnswers, schemas } = components!;

/** A request as far as the description of the API is about it. */
export type Described = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>;

/** An operation of the description. */
interface Operation {
	/** As described, such as `GET /v1/leads/{id}`. */
	name: string;
	method: string;
	pattern: RegExp;
	parameters: OpenAPIV3.ParameterObject[];
	takesBody: boolean;
	request: OpenAPIRequestValidator;
	answer: (status: number) => OpenAPIRequestValidator | undefined;
}

const METHODS = ['get', 'post', 'patch'] as const;

const operations = Object.entries(paths).flatMap(([path, item]) =>
	METHODS.flatMap((method) => {
		const operation = item?.[method];
		return operation ? [operationOf(method.toUpperCase(), path, operation)] : [];
	}),
);

/** The names of all operations, such as `GET /v1/leads/{id}`. */
export const OPERATIONS = operations.map(({ name }) => name);

/** @returns the name of the operation that a request is described as, if it is */
export function operationName({ method, path }: Pick<Described, 'method' | 'path'>) {
	return find(method, path)?.name;
}

/** Every difference between a request and what the API describes; none for a sound one. */
export function faultsOf({ method, path, query, headers, body }: Described): string[] {
	const operation = find(method, path);
	if (!operation) return [`${method} ${path} is not described`];

	const { parameters, request, pattern, takesBody } = operation;
	const params = pattern.exec(path)?.groups ?? {};
	const found = request.validateRequest({
		...{ headers, body, params },
		query: typed(query as Record<string, string>, parameters),
	});
	const surplus = Object.keys(Object(query)).filter((name) => !inQuery(parameters, name));
	return [
		...errorsOf(found),
		...surplus.map((name) => `query ${name} is not described`),
		...(body !== undefined && !takesBody ? ['a body is not described'] : []),
	];
}

/** Every difference between an answer and what the API describes; none for a sound one. */
export function answerFaultsOf(
	{ method, path }: Pick<Described, 'method' | 'path'>,
	{ status, body }: { status: number; body: unknown },
): string[] {
	const operation = find(method, path);
	if (!operation) return [`${method} ${path} is not described`];
	const validator = operation.answer(status);
	if (!validator) return [`the status ${status} is not described`];
	const headers = { 'content-type': 'application/json' };
	return errorsOf(validator.validateRequest({ headers, body, params: {}, query: {} }));
}

/** Holds every request that a sandbox got against the description of the API. */
export function expectAllDescribed({ requests }: Sandbox): void {
	const faulty = requests.map((one) => ({ ...one, faults: faultsOf(one) }));
	expect(faulty.filter(({ faults }) => faults.length > 0)).toEqual([]);
	expect(new Set(requests.map(({ headers }) => headers['x-api-key']))).toEqual(new Set(['right']));
}

function find(method: string, path: string): Operation | undefined {
	return operations.find((one) => one.method === method && one.pattern.test(path));
}

function operationOf(
	method: string,
	path: string,
	operation: OpenAPIV3.OperationObject,
): Operation {
	const parameters = (operation.parameters ?? []).map((one) =>
		'$ref' in one ? (shared![lastOf(one.$ref)] as OpenAPIV3.ParameterObject) : one,
	);
	const answers = Object.entries(operation.responses).map(([status, answer]) => {
		const { content } = (
			'$ref' in answer ? sharedAnswers![lastOf(answer.$ref)] : answer
		) as OpenAPIV3.ResponseObject;
		// The validator is made for requests, but a body is a body.
		return [status, validatorOf([], { required: true, content: content! })] as const;
	});
	const byStatus = new Map(answers);
	return {
		...{ name: `${method} ${path}`, method, pattern: patternOf(path), parameters },
		takesBody: operation.requestBody !== undefined,
		request: validatorOf(parameters, operation.requestBody as OpenAPIV3.RequestBodyObject),
		answer: (status) => byStatus.get(String(status)) ?? errorAnswer(status, byStatus),
	};
}

function errorAnswer(status: number, byStatus: Map<string, OpenAPIRequestValidator>) {
	return status >= 400 ? byStatus.get('default') : undefined;
}

function validatorOf(
	parameters: OpenAPIV3.ParameterObject[],
	requestBody: OpenAPIV3.RequestBodyObject | undefined,
): OpenAPIRequestValidator {
	return new OpenAPIRequestValidator({
		parameters: parameters as never,
		requestBody,
		componentSchemas: schemas as never,
		ajvOptions: { useDefaults: false },
	});
}

function errorsOf(found: { errors?: unknown[] } | undefined): string[] {
	return (found?.errors ?? []).map((error) => JSON.stringify(error));
}

function lastOf(reference: string): string {
	return reference.split('/').at(-1)!;
}

function inQuery(parameters: OpenAPIV3.ParameterObject[], name: string) {
	return parameters.find((one) => one.in === 'query' && one.name === name);
}

function patternOf(template: string): RegExp {
	return new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

/** A query is text on the wire; where the description says number or boolean, the text has to read as one. */
function typed(query: Record<string, string>, parameters: OpenAPIV3.ParameterObject[]) {
	const values = Object.entries(query).map(([name, text]) => {
		const { type } = (inQuery(parameters, name)?.schema ?? {}) as OpenAPIV3.SchemaObject;
		const isTyped = type === 'integer' || type === 'boolean';
		return [name, isTyped ? parsed(text) : text];
	});
	return Object.fromEntries(values);
}

function parsed(text: string): unknown {
	return /^(?:\d+|true|false)$/.test(text) ? JSON.parse(text) : text;
}
