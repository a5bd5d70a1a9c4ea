import { RESOURCES } from '../../nodes/SendPilot/operations';
import type { OperationName } from '../engine/sendPilot';
import { EXAMPLES } from '../operationExamples';
import { jsonOf } from '../support';
import { run, usePlace } from './support';

const place = usePlace();

const TYPE = 'n8n-nodes-sendpilot.sendPilot';

describe.each(RESOURCES)('the resource $name of the node SendPilot', ({ value, operations }) => {
	it.each(operations.map((operation) => ({ ...operation, operation: operation.value })))(
		'works: $name',
		async ({ operation }) => {
			const name: OperationName = `${value}.${operation}`;
			const { parameters = {}, items = [{}] } = EXAMPLES[name];
			const execution = await run(place, items as never, {
				type: TYPE,
				parameters: { resource: value, operation, ...parameters },
			});
			expect(execution.status).toBe('success');
			expect(jsonOf(execution).length).toBeGreaterThan(0);
			expect(jsonOf(execution)[0]).not.toHaveProperty('error');
		},
	);
});

it('the tool of the node has a description for a model', async () => {
	const types = await place.client.nodeTypes();
	const tool = types.find(({ name }) => name === `${TYPE}Tool`);
	expect(tool?.description).toMatch(/LinkedIn/);
});
