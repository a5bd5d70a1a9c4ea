import type { Browser } from 'playwright-core';
import { startBrowser } from '../../editor/browser';
import { EditorPage } from '../../editor/editorPage';
import { usePlace } from './support';

const place = usePlace();
let browser: Browser;
let editor: EditorPage;

beforeAll(async () => {
	browser = await startBrowser();
	editor = await EditorPage.open(browser, place.client.url);
	await editor.newWorkflow();
});
afterAll(async () => await browser.close());

/** The nodes by the names that the panel gives them: n8n leaves out the word Trigger. */
const SEND = 'Send LinkedIn Message';
const TRIGGER = 'SendPilot';
/** Shown in one entry with the trigger. */
const SENDPILOT = TRIGGER;

/** @returns the names of the first three nodes that n8n finds */
async function firstThree(text: string): Promise<string[]> {
	// An empty result first, so that what is read next belongs to this search and not to the one before.
	await editor.searchNodes('no node has this name');
	await editor.page.getByTestId('node-creator-no-results').waitFor();
	await editor.searchNodes(text);
	const names = editor.page.getByTestId('node-creator-item-name');
	await names.first().waitFor();
	return (await names.allInnerTexts()).slice(0, 3);
}

describe("n8n's own search finds among its first three nodes", () => {
	it.each([
		{ search: 'linkedin', nodes: [SEND, TRIGGER] },
		{ search: 'sendpilot', nodes: [SEND, TRIGGER] },
		{ search: 'linkedin message', nodes: [SEND] },
		{ search: 'outreach', nodes: [SEND, TRIGGER] },
		{ search: 'prospecting', nodes: [SEND, TRIGGER] },
		{ search: 'sales message', nodes: [SEND] },
		{ search: 'direct message', nodes: [SEND] },
		{ search: 'invite', nodes: [TRIGGER] },
		{ search: 'connection request', nodes: [TRIGGER] },
		{ search: 'reply', nodes: [TRIGGER] },
		{ search: 'linkedin trigger', nodes: [TRIGGER] },
		{ search: 'linkedin reply trigger', nodes: [TRIGGER] },
		...[
			...['add lead to campaign', 'linkedin invite', 'connection request', 'get replies'],
			...['lead status', 'sender quota', 'extract sales navigator search', 'lead database'],
		].map((search) => ({ search, nodes: [SENDPILOT] })),
	])('$nodes for "$search"', async ({ search, nodes }) => {
		expect(await firstThree(search)).toEqual(expect.arrayContaining(nodes));
	});
});
