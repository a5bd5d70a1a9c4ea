import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workflow, type INode, type INodeTypes } from 'n8n-workflow';
import { ROOT } from '../../scripts/unpack';

const npmStart = () =>
	execFileSync(process.execPath, ['--import', 'tsx', 'demo/main.ts'], {
		cwd: ROOT,
		encoding: 'utf8',
		env: { ...process.env, NO_COLOR: '1' },
	});

describe('the demo', () => {
	it('ends by itself and says what happened for each person of the example', () => {
		const shown = npmStart();
		expect(shown).toMatch(/✔ Jane Doe +sent by Alex Moreau to .*\/in\/jane-doe/);
		expect(shown).toMatch(/✔ 優希 山田 +sent by Alex Moreau to .*\/in\/山田-優希/);
		expect(shown).toMatch(/✔ Tom Okafor +sent by Casper Lind/);
		expect(shown).toMatch(/✘ Noah Berg[^]*?Message not sent: .*1st-degree connection/);
		expect(shown).toMatch(/✘ Lena Vogt[^]*?Sales Navigator/);
		expect(shown).toMatch(/✘ Marco Bianchi[^]*?URL is empty/);
		expect(shown).toMatch(/✘ Inés Prieto[^]*?has no sender/);
		expect(shown).toMatch(/✔ Omar Haddad +sent by Alex Moreau[^]*?answer was lost[^]*?found/);
		expect(shown).toMatch(/4 sent, 4 not sent, 0 uncertain/);
		expect(shown).toMatch(/delivered 4 messages to 4 people/);
		for (const name of ['Jane Doe', '優希 山田', 'Tom Okafor', 'Omar Haddad']) {
			expect(shown).toMatch(new RegExp(`✔ ${name} +message.sent by `));
		}
		expect(shown).toContain('"eventType": "message.sent"');
		expect(shown).toMatch(/✔ message.sent +rejected with HTTP 401, 0 executions started/);
		expect(shown).toMatch(/The signature does not match the/);
	});
});

describe('the sending hours of send-within-limits.json', () => {
	const { nodes } = JSON.parse(
		readFileSync(join(ROOT, 'examples', 'send-within-limits.json'), 'utf8'),
	) as { nodes: INode[] };
	const node = nodes.find(({ name }) => name === 'Wait for sending hours')!;

	/** @returns until when the example waits at a time in Berlin, in that time zone */
	function waitsUntil(now: string): string {
		jest.useFakeTimers({ now: new Date(`${now}+01:00`) });
		const settings = { timezone: 'Europe/Berlin' };
		const nodeTypes = {} as INodeTypes;
		const workflow = new Workflow({
			...{ nodes: [], connections: {}, active: false, nodeTypes, settings },
		});
		const { dateTime } = node.parameters;
		const at = workflow.expression.getSimpleParameterValue(node, dateTime as string, 'manual', {});
		return String(at);
	}

	afterEach(() => jest.useRealTimers());

	it.each([
		['before they start', '2026-01-05T08:59', '2026-01-05T09:00'],
		['in the middle: a time that has passed', '2026-01-05T12:30', '2026-01-05T09:00'],
		['right before they end', '2026-01-09T17:59', '2026-01-09T09:00'],
		['after they have ended', '2026-01-05T18:00', '2026-01-06T09:00'],
		['on Friday evening', '2026-01-09T18:00', '2026-01-12T09:00'],
		['on Saturday', '2026-01-10T00:00', '2026-01-12T09:00'],
		['on Sunday night', '2026-01-11T23:59', '2026-01-12T09:00'],
	])('%s', (_when, now, until) => {
		expect(waitsUntil(now)).toContain(until);
	});
});

describe('each example workflow', () => {
	it.each([
		[
			'send-linkedin-message.json',
			[
				'n8n-nodes-base.manualTrigger',
				'n8n-nodes-base.noOp',
				'n8n-nodes-base.stickyNote',
				'n8n-nodes-sendpilot.sendLinkedInMessage',
			],
		],
		[
			'message-each-person-once.json',
			[
				'n8n-nodes-base.dataTable',
				'n8n-nodes-base.if',
				'n8n-nodes-base.manualTrigger',
				'n8n-nodes-base.noOp',
				'n8n-nodes-base.set',
				'n8n-nodes-base.stickyNote',
				'n8n-nodes-sendpilot.sendLinkedInMessage',
			],
		],
		[
			'send-within-limits.json',
			[
				'n8n-nodes-base.if',
				'n8n-nodes-base.noOp',
				'n8n-nodes-base.scheduleTrigger',
				'n8n-nodes-base.stickyNote',
				'n8n-nodes-base.wait',
				'n8n-nodes-sendpilot.sendLinkedInMessage',
			],
		],
		[
			'block-list.json',
			[
				'n8n-nodes-base.dataTable',
				'n8n-nodes-base.manualTrigger',
				'n8n-nodes-base.noOp',
				'n8n-nodes-base.stickyNote',
				'n8n-nodes-sendpilot.sendLinkedInMessage',
			],
		],
		[
			'log-sent-messages.json',
			['n8n-nodes-base.noOp', 'n8n-nodes-base.stickyNote', 'n8n-nodes-sendpilot.sendPilotTrigger'],
		],
	])('%s contains no secret, and only our nodes and nodes that every n8n has', (file, types) => {
		const json = readFileSync(join(ROOT, 'examples', file), 'utf8');
		expect(json).not.toMatch(/apiKey|signingSecret"?:|sp_|whsec_/);
		const { nodes } = JSON.parse(json) as { nodes: Array<{ type: string }> };
		expect([...new Set(nodes.map(({ type }) => type))].sort()).toEqual(types);
	});
});
