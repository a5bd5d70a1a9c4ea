import type { Browser, Locator, Page } from 'playwright-core';
import { OWNER } from './client';

/** How to open a window. */
export interface WindowSettings {
	/** In CSS pixels. Default: that of a laptop. */
	size?: { width: number; height: number };
	/** Pixels in a picture per CSS pixel. Default: 1. */
	scale?: number;
}

/** How long a step may take, in ms: the editor is large, and some machines are slow. */
const STEP_TIMEOUT_MS = 60_000;

/** n8n's editor in a browser, used as people use it. Every step waits until it is possible. */
export class EditorPage {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens a new window with the light theme, and signs in as the owner. */
	static async open(
		browser: Browser,
		url: string,
		{ size, scale }: WindowSettings = {},
	): Promise<EditorPage> {
		const page = await browser.newPage({
			colorScheme: 'light',
			viewport: size ?? { width: 1400, height: 900 },
			deviceScaleFactor: scale ?? 1,
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		page.setDefaultTimeout(STEP_TIMEOUT_MS);
		await page.goto(`${url}/signin`);
		await page.getByTestId('emailOrLdapLoginId').locator('input').fill(OWNER.email);
		await page.getByTestId('password').locator('input').fill(OWNER.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(({ pathname }) => !pathname.startsWith('/signin'));
		return new EditorPage(page, url);
	}

	/** Changes the theme, as the system setting does. */
	async setTheme(theme: 'light' | 'dark'): Promise<void> {
		await this.page.emulateMedia({ colorScheme: theme });
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	/** Opens a saved workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Fits the open workflow into the window, and waits until it no longer moves. */
	async fitWorkflow(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
		const isStill = `(() => {
			const { transform } = document.querySelector('.vue-flow__transformationpane').style;
			const before = window.transformBefore;
			window.transformBefore = transform;
			return transform === before;
		})()`;
		await this.page.waitForFunction(isStill, undefined, { polling: 100 });
	}

	/** Opens the node panel if it is not open yet, and searches in it. */
	async searchNodes(text: string): Promise<void> {
		const search = this.page.getByTestId('node-creator-search-bar');
		if (!(await search.isVisible()))
			await this.page.getByTestId('node-creator-plus-button').click();
		await search.fill(text);
	}

	/** An entry of the node panel: a node, or an event of a trigger. n8n omits the word "Trigger". */
	panelEntry(name: string): Locator {
		const title = this.page.getByTestId('node-creator-item-name').getByText(name, { exact: true });
		return this.page.getByTestId('item-iterator-item').filter({ has: title });
	}

	/** Adds a node from the node panel, which opens it. */
	async addNode(name: string): Promise<void> {
		await this.panelEntry(name).click();
		await this.page.getByRole('button', { name: 'Add to workflow' }).click();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Adds a trigger from the node panel by one of its events, which opens it. */
	async addTrigger(name: string, event: string): Promise<void> {
		await this.panelEntry(name).click();
		await this.panelEntry(event).click();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Adds a node from the node panel by one of its actions, which opens it. */
	async addAction(name: string, action: string): Promise<void> {
		await this.panelEntry(name).click();
		await this.page.getByText(/^Actions \(\d+\)$/).click();
		await this.panelEntry(action).click();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Closes the open node. */
	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		const byName = this.page.locator(`[data-node-name="${name}"]`);
		return this.page.getByTestId('canvas-node').and(byName);
	}

	/** Opens a node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.page.getByTestId('ndv').waitFor();
	}

	/**
	 * Creates the first credential of its type for the open node, in its dialog.
	 *
	 * @param button the label of the button in the node
	 * @param values what to fill in, by field name
	 */
	async connect(button: string, values: Record<string, string>): Promise<void> {
		await this.page.getByRole('button', { name: button, exact: true }).click();
		for (const [name, value] of Object.entries(values)) await this.fill(name, value);
		await this.saveCredential();
	}

	/** Saves the open credential, which tests it. */
	async saveCredential(): Promise<void> {
		await this.page.getByTestId('credential-save-button').click();
	}

	/** The dialog of a credential. n8n closes it if its test passes. */
	get credentialDialog(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}

	/** A field of the open node or credential. */
	field(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}

	/** Replaces the text of a field of the open node or credential. */
	async fill(name: string, text: string): Promise<void> {
		await this.field(name).locator('input, textarea').fill(text);
	}

	/** Selects an option of a field with fixed options. */
	async chooseOption(name: string, option: string): Promise<void> {
		await this.field(name).click();
		await this.option(option).click();
	}

	/** Adds a field to a collection of the open node. */
	async addToCollection(collection: string, field: string): Promise<void> {
		const label = this.page.getByTestId('input-label').getByText(collection, { exact: true });
		const items = this.page.getByTestId('parameter-item').filter({ has: label });
		await items.getByTestId('collection-parameter-add').click();
		await this.option(field).click();
	}

	/** An option of the open list. */
	private option(name: string): Locator {
		return this.page.getByRole('option', { name, exact: true }).filter({ visible: true });
	}

	/** Opens the list of a field. @returns its entries */
	async openList(name: string): Promise<string[]> {
		await this.field(name).getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item');
		await entries.first().waitFor();
		return await entries.allInnerTexts();
	}

	/** Selects an entry of the open list. */
	async choose(entry: string): Promise<void> {
		await this.page.getByTestId('rlc-item').filter({ hasText: entry }).click();
	}

	/** Clicks Execute step in the open node. */
	async executeStep(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
	}

	/** Opens Webhook URLs in the open trigger and clicks the production URL, which copies it. */
	async copyProductionUrl(): Promise<string> {
		await this.page.getByText('Webhook URLs', { exact: true }).click();
		await this.page.getByTestId('radio-button-production').click();
		await this.page.getByTestId('ndv').getByText('/webhook/').click();
		await this.toasts.getByText('URL copied').waitFor();
		// The clipboard may be filled a moment after n8n says so.
		const isCopied = "navigator.clipboard.readText().then((text) => text.includes('/webhook/'))";
		await this.page.waitForFunction(isCopied);
		return await this.page.evaluate('navigator.clipboard.readText()');
	}

	/** Publishes the workflow, which activates its triggers. @returns what n8n says about it */
	async publish(): Promise<string> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').click();
		const dialog = this.page.getByTestId('activation-modal');
		const said = await dialog.innerText();
		await dialog.getByRole('button', { name: 'Got it' }).click();
		return said;
	}

	/** Opens the workflow's executions and waits for one. @returns the result of the newest */
	async newestExecution(): Promise<string> {
		await this.page.getByTestId('radio-button-executions').click();
		// n8n shows the first execution automatically only if it existed before the list was opened.
		await this.page.locator('[data-test-id^="execution-details-"]').first().click();
		const label = this.page.getByTestId('execution-preview-label');
		return await label.filter({ hasText: /Succeeded|Failed|Canceled/ }).innerText();
	}

	/** Clicks Execute workflow. */
	async executeWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** The input panel of the open node. */
	get input(): Locator {
		return this.page.getByTestId('ndv-input-panel');
	}

	/** The output panel of the open node. */
	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** Drags the middle panel of the open node to the left, which widens its output panel. */
	async widenOutput(): Promise<void> {
		const { x, y, width, height } = (await this.page
			.getByTestId('panel-drag-button')
			.boundingBox())!;
		await this.page.mouse.move(x + width / 2, y + height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(0, y + height / 2, { steps: 10 });
		await this.page.mouse.up();
	}

	/** Selects how to show the output of the open node, and waits until a text is visible in it. */
	async showOutput(as: 'Schema' | 'Table' | 'JSON', text: string): Promise<void> {
		await this.output.getByTestId(`radio-button-${as.toLowerCase()}`).click();
		await this.output.getByText(text).first().waitFor();
	}

	/** The error message in the output of the open node. */
	get error(): Locator {
		return this.page.getByTestId('node-error-message');
	}

	/** The description of the error, which says what to do. */
	get errorAdvice(): Locator {
		return this.page.getByTestId('node-error-description');
	}

	/** n8n's notifications at the edge of the window. */
	get toasts(): Locator {
		return this.page.locator('.el-notification');
	}
}
