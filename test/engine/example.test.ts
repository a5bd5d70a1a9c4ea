import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
