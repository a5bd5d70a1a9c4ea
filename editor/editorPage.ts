import type { Browser, Locator, Page } from 'playwright-core';
import { OWNER } from './client';

/** How to open a window. */
export interface WindowSettings {
	/** In CSS pixels; a laptop's unless given. */
	size?: { width: number; height: number };
	/** Pixels of a picture for one CSS pixel; 1 unless given. */
	scale?: number;
}

/** How long a step may take, in ms: the editor is large, and machines are slow at times. */
const STEP_TIMEOUT_MS = 60_000;

/** n8n's editor in a browser, used as people use it. Every step waits until it can be taken. */
export class EditorPage {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens a window of its own, light, and signs in as the owner. */
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

	/** Changes the look, as the system's setting does. */
	async setTheme(theme: 'light' | 'dark'): Promise<void> {
		await this.page.emulateMedia({ colorScheme: theme });
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	/** Opens a workflow that was saved. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Opens the panel of nodes, where it is not open yet, and searches there. */
	async searchNodes(text: string): Promise<void> {
		const search = this.page.getByTestId('node-creator-search-bar');
		if (!(await search.isVisible()))
			await this.page.getByTestId('node-creator-plus-button').click();
		await search.fill(text);
	}

	/** An entry of the panel of nodes: a node, or an event of a trigger. n8n leaves out "Trigger". */
	panelEntry(name: string): Locator {
		const title = this.page.getByTestId('node-creator-item-name').getByText(name, { exact: true });
		return this.page.getByTestId('item-iterator-item').filter({ has: title });
	}

	/** Adds a node that the panel shows, which opens it. */
	async addNode(name: string): Promise<void> {
		await this.panelEntry(name).click();
		await this.page.getByRole('button', { name: 'Add to workflow' }).click();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Adds a trigger that the panel shows by one of its events, which opens it. */
	async addTrigger(name: string, event: string): Promise<void> {
		await this.panelEntry(name).click();
		await this.panelEntry(event).click();
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
	 * Makes the first credential of its type, in its dialog, for the open node.
	 *
	 * @param button what the button in the node says
	 * @param values what to fill in, by the names of the fields
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

	/** The dialog of a credential. n8n closes it where its test passes. */
	get credentialDialog(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}

	/** A field of the open node or credential. */
	field(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}

	/** Types into a field of the open node or credential, in place of what is there. */
	async fill(name: string, text: string): Promise<void> {
		await this.field(name).locator('input, textarea').fill(text);
	}

	/** Opens the list of a field. @returns what it shows */
	async openList(name: string): Promise<string[]> {
		await this.field(name).getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item');
		await entries.first().waitFor();
		return await entries.allInnerTexts();
	}

	/** Takes an entry of the list that is open. */
	async choose(entry: string): Promise<void> {
		await this.page.getByTestId('rlc-item').filter({ hasText: entry }).click();
	}

	/** Presses Execute step in the open node. */
	async executeStep(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
	}

	/** Opens Webhook URLs in the open trigger, and clicks the production URL, which copies it. */
	async copyProductionUrl(): Promise<string> {
		await this.page.getByText('Webhook URLs', { exact: true }).click();
		await this.page.getByTestId('radio-button-production').click();
		await this.page.getByTestId('ndv').getByText('/webhook/').click();
		await this.toasts.getByText('URL copied').waitFor();
		// The clipboard may be filled a moment after n8n has said so.
		const isThere = "navigator.clipboard.readText().then((text) => text.includes('/webhook/'))";
		await this.page.waitForFunction(isThere);
		return await this.page.evaluate('navigator.clipboard.readText()');
	}

	/** Publishes the workflow, which makes its triggers live. @returns what n8n says about it */
	async publish(): Promise<string> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').click();
		const dialog = this.page.getByTestId('activation-modal');
		const said = await dialog.innerText();
		await dialog.getByRole('button', { name: 'Got it' }).click();
		return said;
	}

	/** Opens the list of the workflow's executions, and waits for one. @returns how the newest ended */
	async newestExecution(): Promise<string> {
		await this.page.getByTestId('radio-button-executions').click();
		// n8n shows the first one by itself only where it was there before the list was opened.
		await this.page.locator('[data-test-id^="execution-details-"]').first().click();
		const label = this.page.getByTestId('execution-preview-label');
		return await label.filter({ hasText: /Succeeded|Failed|Canceled/ }).innerText();
	}

	/** Presses Execute workflow. */
	async executeWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** What the open node gave, on its right. */
	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** Drags the middle of the open node to the left, so that there is more room for its output. */
	async widenOutput(): Promise<void> {
		const { x, y, width, height } = (await this.page
			.getByTestId('panel-drag-button')
			.boundingBox())!;
		await this.page.mouse.move(x + width / 2, y + height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(0, y + height / 2, { steps: 10 });
		await this.page.mouse.up();
	}

	/** Chooses how the open node shows what it gave, and waits until a text of it is to be seen. */
	async showOutput(as: 'Schema' | 'Table' | 'JSON', text: string): Promise<void> {
		await this.output.getByTestId(`radio-button-${as.toLowerCase()}`).click();
		await this.output.getByText(text).first().waitFor();
	}

	/** What went wrong in the open node, as its output says it. */
	get error(): Locator {
		return this.page.getByTestId('node-error-message');
	}

	/** What to do about it. */
	get errorAdvice(): Locator {
		return this.page.getByTestId('node-error-description');
	}

	/** The messages that n8n shows at the edge of the window. */
	get toasts(): Locator {
		return this.page.locator('.el-notification');
	}
}
