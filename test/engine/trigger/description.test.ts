import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { EVENT_TYPES } from '../../../sendpilot/contract/event';
import { loader } from '../support';

let trigger: INodeTypeDescription;
let secrets: INodeProperties[];
beforeAll(async () => {
	const { nodeTypes, credentialTypes } = await loader;
	trigger = nodeTypes.sendPilotTrigger.type.description as INodeTypeDescription;
	secrets = credentialTypes.sendPilotWebhookApi.type.properties;
});

const field = (name: string) => trigger.properties.find((property) => property.name === name)!;
const valuesOf = (name: string) =>
	(field(name).options ?? []).map((option) => ('value' in option ? option.value : option.name));

describe('names in saved workflows, which never change', () => {
	it('of the node and its credentials', () => {
		expect(trigger).toMatchObject({ name: 'sendPilotTrigger', displayName: 'SendPilot Trigger' });
		expect(trigger.credentials?.map(({ name, required }) => [name, required])).toEqual([
			['sendPilotWebhookApi', true],
			['sendPilotApi', false],
		]);
		expect(secrets.map(({ name }) => name)).toEqual(['signingSecret', 'previousSigningSecret']);
	});

	it('of its fields', () => {
		const shown = trigger.properties.filter(({ type }) => type !== 'notice');
		expect(shown.map(({ name }) => name)).toEqual(['authentication', 'events', 'options']);
		expect(valuesOf('authentication')).toEqual(['signingSecret', 'none']);
		expect(valuesOf('events').sort()).toEqual(['*', ...EVENT_TYPES].sort());
		expect(valuesOf('options').sort()).toEqual([
			'campaigns',
			'includeHeaders',
			'includeLeadDetails',
			'senders',
			'splitLeads',
			'toleranceSeconds',
		]);
	});
});

it('is found by the words people search for, and links to its page', () => {
	expect(trigger.codex?.alias).toEqual(
		expect.arrayContaining(['LinkedIn', 'Webhook', 'Message Sent', 'Reply']),
	);
	const [page] = trigger.codex?.resources?.primaryDocumentation ?? [];
	expect(page.url).toMatch(/docs\/trigger\.md$/);
});

it('is safe by default', () => {
	expect(field('authentication').default).toBe('signingSecret');
	expect(field('events').default).toEqual(['message.sent']);
	expect(field('options').default).toEqual({});
	const tolerance = (field('options').options as INodeProperties[]).find(
		({ name }) => name === 'toleranceSeconds',
	)!;
	expect(tolerance).toMatchObject({ default: 300, typeOptions: { minValue: 1 } });
	expect(secrets.map(({ typeOptions }) => typeOptions?.password)).toEqual([true, true]);
});

describe('the texts around the fields', () => {
	it.each([/production URL/i, /Add Webhook/, /events/, /secret/, /activate/i, /Send Test Event/])(
		'walk through the set-up: %s',
		(step) => expect(field('setUpNotice').displayName).toMatch(step),
	);

	it('warn about Authentication: None, and only then', () => {
		const notice = field('noAuthenticationNotice');
		expect(notice.displayName).toMatch(/Anyone who knows the URL can start this workflow/);
		expect(notice.displayOptions).toEqual({ show: { authentication: ['none'] } });
		expect(trigger.credentials?.[0].displayOptions).toEqual({
			show: { authentication: ['signingSecret'] },
		});
	});

	it.each(['active', 'inactive'] as const)(
		'say what each URL is for, while the workflow is %s',
		(state) => {
			const { executionsHelp } = trigger.triggerPanel as { executionsHelp: Record<string, string> };
			expect(executionsHelp[state]).toMatch(/test URL/);
			expect(executionsHelp[state]).toMatch(/production URL/);
			expect(executionsHelp[state]).toMatch(/takes one event and listens for two minutes/);
		},
	);
});
