import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/unpack';
import { useLine } from './support';

const use = useLine();

it('the output matches the output schema, which n8n shows before the first event', async () => {
	const path = 'nodes/SendPilotTrigger/__schema__/v1.0.0.json';
	const schema = JSON.parse(readFileSync(join(ROOT, 'dist', path), 'utf8'));
	const line = await use.open();
	await line.send('message.sent');
	const [[item]] = await line.started();
	const { properties } = schema;
	expect(Object.keys(properties)).toEqual(Object.keys(item));
	expect(Object.keys(properties.data.properties).sort()).toEqual(
		Object.keys(Object(item.data)).sort(),
	);
	for (const [name, value] of Object.entries(item)) {
		expect({ [name]: typeof value }).toEqual({ [name]: properties[name].type });
	}
});
