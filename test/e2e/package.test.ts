import { existsSync } from 'node:fs';
import { sharedHome, usePlace } from './support';

const place = usePlace();

const PACKAGE = 'n8n-nodes-sendpilot';

describe('the package, as n8n installs community nodes', () => {
	it('has no dependencies of its own: its nodes import n8n’s packages', () => {
		const folder = `${sharedHome().folder}/.n8n/nodes/node_modules`;
		expect(existsSync(`${folder}/${PACKAGE}/dist`)).toBe(true);
		expect(existsSync(`${folder}/${PACKAGE}/node_modules`)).toBe(false);
		expect(existsSync(`${folder}/zod`)).toBe(false);
	});

	it('adds the nodes to the node panel, and the tool for AI agents', async () => {
		const types = await place.client.nodeTypes();
		const ours = types.filter(({ name }) => name.startsWith(`${PACKAGE}.`));
		expect(ours.map(({ name, displayName }) => [name, displayName]).sort()).toEqual([
			[`${PACKAGE}.sendLinkedInMessage`, 'Send LinkedIn Message'],
			[`${PACKAGE}.sendLinkedInMessageTool`, 'Send LinkedIn Message Tool'],
			[`${PACKAGE}.sendPilot`, 'SendPilot'],
			[`${PACKAGE}.sendPilotTool`, 'SendPilot Tool'],
			[`${PACKAGE}.sendPilotTrigger`, 'SendPilot Trigger'],
		]);
	});

	it('has an icon for each node, in the light and in the dark theme', async () => {
		const types = await place.client.nodeTypes();
		const icons = types
			.filter(({ name }) => name.startsWith(`${PACKAGE}.`))
			.flatMap(({ iconUrl }) => (typeof iconUrl === 'object' ? Object.values(iconUrl) : [iconUrl]));
		expect(icons).toHaveLength(10);
		for (const icon of icons) {
			const response = await fetch(`${place.client.url}/${icon}`);
			expect(response.headers.get('content-type')).toMatch(/^image\/svg/);
		}
	});

	it('is loaded without any warning', () => {
		const [start] = sharedHome().log.split('Editor is now accessible');
		expect(start).not.toMatch(/sendpilot/i);
	});
});
