import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../scripts/unpack';
import { startBrowser } from './browser';
import { EditorPage } from './editorPage';
import { CURRENT_N8N, installN8n } from './install';
import { isFree, N8N_PORT } from './ports';
import { startReadyEditor, type ReadyEditor } from './ready';

const FOLDER = join(ROOT, 'docs', 'images');
const EXAMPLES = join(ROOT, 'examples');

/** The examples that the demo shows; all others are automations to import. */
const OF_THE_DEMO = ['send-linkedin-message', 'log-sent-messages'];

/** In CSS pixels. */
const WINDOW = { width: 1_360, height: 920 };

/** Large enough for a whole workflow beside n8n's tools. */
const WIDE_WINDOW = { width: 1_500, height: 1_000 };

/** n8n shrinks larger workflows to fit into it; their pictures have one pixel per CSS pixel. */
const AUTOMATION_WINDOW = { width: 1_640, height: 1_150 };

/** Tall enough for everything in the open trigger. */
const TRIGGER_WINDOW = { width: 1_360, height: 1_020 };

/** Pixels in a picture per CSS pixel: sharp on today's screens. */
const SCALE = 2;

/** Around the nodes in a picture of the canvas, in CSS pixels: labels and outputs are outside of them. */
const MARGINS = { left: 24, top: 24, right: 116, bottom: 56 };

/** What would cover the subject of a picture. */
const HIDDEN = `
	.el-notification, [data-test-id='floating-nodes'], [data-test-id='node-feature-request'],
	[data-test-id='canvas-background'], [data-test-id='canvas-minimap'],
	[data-test-id='canvas-controls'], [data-test-id='execute-workflow-button']
	{ visibility: hidden !important; }
`;

/** The same, with what is about the accounts and items of this n8n, and n8n's tools at the right. */
const HIDDEN_IN_AUTOMATIONS = `${HIDDEN}
	[data-test-id='node-issues'], [data-test-id='edge-label'], [data-test-id='canvas-node-toolbar'],
	[class*='nodeButtonsWrapper']
	{ visibility: hidden !important; }
`;

/** Takes the pictures for the README and docs, from the examples in a real n8n. */
async function main(): Promise<void> {
	mkdirSync(FOLDER, { recursive: true });
	const n8n = await installN8n(CURRENT_N8N, console.log);
	// The port is visible in the trigger's URL.
	const port = (await isFree(N8N_PORT)) ? N8N_PORT : undefined;
	const ready = await startReadyEditor(n8n, { port, say: console.log });
	try {
		const browser = await startBrowser();
		const editor = await EditorPage.open(browser, ready.url, { size: WINDOW, scale: SCALE });
		for (const take of [takeNodePanel, takeTriggerSetup, takeSending, takeEvent]) {
			await take(editor, ready);
		}
		const automations = await EditorPage.open(browser, ready.url, { size: AUTOMATION_WINDOW });
		await takeAutomations(automations, ready);
		await browser.close();
	} finally {
		await ready.stop();
	}
}

async function takeNodePanel(editor: EditorPage): Promise<void> {
	await editor.page.setViewportSize({ ...WINDOW, height: 460 });
	await editor.newWorkflow();
	await editor.searchNodes('linkedin');
	await editor.panelEntry('Send LinkedIn Message').waitFor();
	await save('node-panel', editor.page.getByTestId('node-creator'));
	await editor.page.setViewportSize(WINDOW);
}

async function takeSending(editor: EditorPage, { sandbox, workflows }: ReadyEditor): Promise<void> {
	// One message stays uncertain, because the inbox is slow.
	sandbox.quirks.inboxDelayMs = 600_000;
	sandbox.inject({ fault: 'deliveredThen500', recipient: 'omar-haddad' });
	await editor.page.setViewportSize(WIDE_WINDOW);
	await editor.openWorkflow(idOf(workflows, 'Send LinkedIn messages'));
	await editor.executeWorkflow();
	await editor.toasts.getByText('Workflow executed successfully').waitFor();
	await saveCanvas('workflow', editor);
	await editor.page.setViewportSize(WINDOW);

	await editor.openNode('Send to LinkedIn profiles');
	await editor.showOutput('Schema', 'recipientLinkedinUrl');
	await save('send-node', editor.page.getByTestId('ndv'));
	await editor.closeNode();

	await editor.openNode('Send to SendPilot leads');
	await editor.widenOutput();
	await editor.output.getByText('Error Branch').click();
	await editor.showOutput('JSON', 'Message may have been sent');
	await save('output', editor.output);
	await editor.closeNode();
}

/** Before any panel is dragged, because n8n remembers the widths and would clip this one's left side. */
async function takeTriggerSetup(editor: EditorPage, { workflows }: ReadyEditor): Promise<void> {
	await editor.page.setViewportSize(TRIGGER_WINDOW);
	await editor.openWorkflow(idOf(workflows, 'Log sent'));
	await editor.openNode('SendPilot Trigger');
	await editor.copyProductionUrl();
	await save('trigger-setup', editor.page.getByTestId('ndv'));
	await editor.closeNode();
	await editor.page.setViewportSize(WINDOW);
}

async function takeEvent(editor: EditorPage, { workflows }: ReadyEditor): Promise<void> {
	await editor.openWorkflow(idOf(workflows, 'Log sent'));
	// The messages sent before have started it.
	await editor.newestExecution();
	await editor.openNode('SendPilot Trigger');
	await editor.showOutput('Schema', 'eventId');
	await save('event', editor.page.getByTestId('ndv'));
}

/** Takes a picture of each automation as people import it, named like its file. */
async function takeAutomations(editor: EditorPage, { workflows }: ReadyEditor): Promise<void> {
	for (const file of readdirSync(EXAMPLES)) {
		const example = basename(file, '.json');
		if (OF_THE_DEMO.includes(example)) continue;
		const { name } = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as { name: string };
		await editor.openWorkflow(idOf(workflows, name));
		await editor.fitWorkflow();
		await saveCanvas(example, editor, HIDDEN_IN_AUTOMATIONS);
	}
}

function idOf(workflows: ReadyEditor['workflows'], name: string): string {
	return workflows.find((workflow) => workflow.name.startsWith(name))!.id;
}

async function save(name: string, subject: Locator): Promise<void> {
	await subject.screenshot({ path: pathOf(name), style: HIDDEN, animations: 'disabled' });
	console.log(pathOf(name));
}

/** Takes a picture of the nodes on the canvas, without the tools around them. */
async function saveCanvas(name: string, { page }: EditorPage, style = HIDDEN): Promise<void> {
	const nodes = await page.locator('.vue-flow__node').all();
	const boxes = await Promise.all(nodes.map(async (node) => (await node.boundingBox())!));
	const left = Math.min(...boxes.map(({ x }) => x)) - MARGINS.left;
	const top = Math.min(...boxes.map(({ y }) => y)) - MARGINS.top;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGINS.right;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGINS.bottom;
	const clip = { x: left, y: top, width: right - left, height: bottom - top };
	await page.screenshot({ path: pathOf(name), clip, style, animations: 'disabled' });
	console.log(pathOf(name));
}

function pathOf(name: string): string {
	return join(FOLDER, `${name}.png`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
