import type { Browser, Route } from 'playwright-core';
import { startBrowser } from '../../editor/browser';
import { EditorPage } from '../../editor/editorPage';
import type { Place } from './support';

/** A browser with the editor of the shared n8n, for one test file. */
export interface EditorBrowser {
	readonly editor: EditorPage;
	/** From the next page load on, the editor has all credentials but these. */
	hideCredentials(ids: string[]): void;
}

/** Opens a browser before all tests, and closes it after them. */
export function useBrowser(place: Place): EditorBrowser {
	let browser: Browser;
	let editor: EditorPage;
	let hidden: string[] = [];
	beforeAll(async () => {
		browser = await startBrowser();
		editor = await EditorPage.open(browser, place.client.url);
		await editor.page.route(/\/rest\/credentials(\/for-workflow)?(\?|$)/, async (route) =>
			hideFrom(route, hidden),
		);
	});
	afterAll(async () => await browser.close());
	return {
		get editor() {
			return editor;
		},
		hideCredentials: (ids) => {
			hidden = ids;
		},
	};
}

async function hideFrom(route: Route, hidden: string[]): Promise<void> {
	if (route.request().method() !== 'GET') return await route.fallback();
	// n8n may just be closing the connection that the browser reuses.
	const response = await route.fetch({ maxRetries: 3 });
	const { data } = (await response.json()) as { data: Array<{ id: string }> };
	await route.fulfill({ response, json: { data: data.filter(({ id }) => !hidden.includes(id)) } });
}
