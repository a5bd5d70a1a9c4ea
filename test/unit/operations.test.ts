import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCES } from '../../nodes/SendPilot/operations';
import { EXAMPLES } from '../operationExamples';

const ROOT = join(__dirname, '../..');

/** In saved workflows, so these never change. The first of a resource is its default, which n8n does not save. */
const NAMES: Record<string, string[]> = {
	account: ['getCredits', 'getWorkspace'],
	campaign: ['get', 'getAll', 'pause', 'resume'],
	connectionRequest: ['send'],
	conversation: ['getAll', 'getMessages'],
	lead: ['addToCampaign', 'find', 'get', 'getAll', 'setStatus'],
	leadExtraction: ['get', 'getResults', 'start'],
	leadSearch: ['get', 'getFilters', 'getResults', 'start'],
	message: ['send', 'sendToLead'],
	sender: ['getAll', 'getQuotas'],
};

const OPERATIONS = RESOURCES.flatMap((resource) =>
	resource.operations.map((operation) => ({
		resource,
		operation,
		name: `${resource.name} → ${operation.name}`,
		path: `${resource.value}/${operation.value}`,
	})),
);

it('the node has the operations of the API, in names that never change', () => {
	const names = RESOURCES.map(({ value, operations }) => [
		value,
		operations.map((operation) => operation.value).sort(),
	]);
	expect(Object.fromEntries(names)).toEqual(NAMES);
});

it('the default operation of a resource never changes', () => {
	const defaults = RESOURCES.map(({ value, operations }) => [value, operations[0].value]);
	const first = Object.entries(NAMES).map(([resource, [operation]]) => [resource, operation]);
	expect(defaults).toEqual(first);
});

it('each operation has an example in test/operationExamples.ts', () => {
	const names = OPERATIONS.map(({ path }) => path.replace('/', '.'));
	expect(Object.keys(EXAMPLES).sort()).toEqual(names.sort());
});

describe.each(OPERATIONS)('$name', ({ resource, operation, path }) => {
	it('has a label for the node panel: a verb and a thing, in sentence case', () => {
		expect(operation.action).toMatch(/^[A-Z][a-z]+ [a-z]/);
		expect(operation.action).not.toMatch(/\.$/);
	});

	it('has a description of its own, in one sentence', () => {
		expect(operation.description).toMatch(/^[A-Z].*[^.]$/);
		const others = OPERATIONS.filter((one) => one.operation !== operation);
		expect(others.map((one) => one.operation.description)).not.toContain(operation.description);
		expect(others.map((one) => one.operation.action)).not.toContain(operation.action);
	});

	it('has an output schema', () => {
		const file = `nodes/SendPilot/__schema__/v1.0.0/${path}.json`;
		expect(JSON.parse(readFileSync(join(ROOT, file), 'utf8'))).toMatchObject({
			type: 'object',
			version: 1,
		});
	});

	it('has an engine test', () => {
		expect(existsSync(join(ROOT, `test/engine/${path}.test.ts`))).toBe(true);
	});

	it('has a row in the README', () => {
		const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
		const row = new RegExp(`^\\| ${resource.name} +\\| \\*\\*${operation.name}\\*\\* +\\|`, 'm');
		expect(readme).toMatch(row);
	});
});
