import { existsSync } from 'node:fs';
import { sharedHome, usePlace } from './support';

const place = usePlace();

const PACKAGE = 'n8n-nodes-sendpilot';

describe('the package, as n8n installs community nodes', () => {
	it('has no packages of its own: what its nodes import is n8n’s', () => {
		const folder = `${sharedHome().folder}/.n8n/nodes/node_modules`;
		expect(existsSync(`${folder}/${PACKAGE}/dist`)).toBe(true);
		expect(existsSync(`${folder}/${PACKAGE}/node_modules`)).toBe(false);
		expect(existsSync(`${folder}/zod`)).toBe(false);
	});

	it('gives the node panel the nodes, and AI agents the tool', async () => {
		const types = await place.client.nodeTypes();
		const ours = types.filter(({ name }) => name.startsWith(`${PACKAGE}.`));
		expect(ours.map(({ name, displayName }) => [name, displayName]).sort()).toEqual([
			[`${PACKAGE}.sendLinkedInMessage`, 'Send LinkedIn Message'],
			[`${PACKAGE}.sendLinkedInMessageTool`, 'Send LinkedIn Message Tool'],
			[`${PACKAGE}.sendPilotTrigger`, 'SendPilot Trigger'],
		]);
	});

	it('shows an icon for each node, on a light and on a dark ground', async () => {
		const types = await place.client.nodeTypes();
		const icons = types
			.filter(({ name }) => name.startsWith(`${PACKAGE}.`))
			.flatMap(({ iconUrl }) => (typeof iconUrl === 'object' ? Object.values(iconUrl) : [iconUrl]));
		expect(icons).toHaveLength(6);
		for (const icon of icons) {
			const response = await fetch(`${place.client.url}/${icon}`);
			expect(response.headers.get('content-type')).toMatch(/^image\/svg/);
		}
	});

	it('is loaded without a word of trouble', () => {
		const [start] = sharedHome().log.split('Editor is now accessible');
		expect(start).not.toMatch(/sendpilot/i);
	});
});
