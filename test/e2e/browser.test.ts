import type { INodeCredentials } from 'n8n-workflow';
import type { Locator } from 'playwright-core';
import type { EditorPage } from '../../editor/editorPage';
import { SEND, workflowWith } from '../support';
import { SECRET } from '../triggerSupport';
import { useBrowser } from './browserSupport';
import { keyOf, usePlace } from './support';

const place = usePlace({ acceptAnyRecipient: false });
const browser = useBrowser(place);
let editor: EditorPage;
beforeAll(() => {
	({ editor } = browser);
});

/** From the next page load on, the editor is that of someone who has no credentials yet. */
async function becomeNewcomer(): Promise<void> {
	browser.hideCredentials(await place.client.credentialIds());
}

describe('the node panel', () => {
	beforeAll(async () => await editor.newWorkflow());
	afterAll(async () => await editor.setTheme('light'));

	it.each([
		{ theme: 'light', search: 'linkedin', icon: /\/sendpilot\.svg$/ },
		{ theme: 'light', search: 'sendpilot', icon: /\/sendpilot\.svg$/ },
		{ theme: 'dark', search: 'linkedin', icon: /\/sendpilot\.dark\.svg$/ },
		{ theme: 'dark', search: 'sendpilot', icon: /\/sendpilot\.dark\.svg$/ },
	] as const)(
		'shows the nodes with their icons, in the $theme theme, for "$search"',
		async ({ theme, search, icon }) => {
			await editor.setTheme(theme);
			await editor.searchNodes(search);
			for (const [name, says] of [
				['Send LinkedIn Message', 'Send a LinkedIn message to a 1st-degree connection'],
				// n8n shows a node and its trigger in one entry, with the words of the trigger.
				['SendPilot', 'Starts the workflow when something happens in SendPilot'],
			]) {
				const entry = editor.panelEntry(name);
				expect(await entry.innerText()).toContain(says);
				const image = entry.locator('img').first();
				expect(await image.getAttribute('src')).toMatch(icon);
				expect(await shownWidth(image)).toBeGreaterThan(0);
			}
		},
	);
});

describe('Send LinkedIn Message', () => {
	it('is added, connected, filled in and run manually, and shows what was sent', async () => {
		await becomeNewcomer();
		await editor.newWorkflow();
		await editor.searchNodes('linkedin');
		await editor.addNode('Send LinkedIn Message');
		await editor.connect('Connect to SendPilot', keyOf(place.sandbox));
		await editor.credentialDialog.waitFor({ state: 'hidden' });

		expect(await editor.openList('senderId')).toEqual([
			'Alex Moreau',
			'Bianca Costa',
			'Casper Lind',
			'Dora Novak',
			'Emil Haas',
		]);
		await editor.choose('Bianca Costa');
		await editor.fill('recipientLinkedinUrl', 'linkedin.com/in/jane-doe/?locale=en_US');
		await editor.fill('message', 'Hi Jane, thanks for connecting! 👋');
		await editor.executeStep();

		await editor.output.getByText('https://www.linkedin.com/in/jane-doe').waitFor();
		expect(await editor.output.innerText()).toMatch(/true\s+msg_1\s+sent/);
		expect(place.sandbox.delivered).toMatchObject([
			{ senderId: 'sender_bianca', message: 'Hi Jane, thanks for connecting! 👋' },
		]);
	});

	describe('with common mistakes', () => {
		beforeAll(async () => {
			browser.hideCredentials([]);
			await openSendNode(place.credentials);
		});

		it.each([
			{
				mistake: 'a Sales Navigator link',
				profile: 'https://www.linkedin.com/sales/lead/ACwAAA1b2C3,NAME_SEARCH,x9Yz',
				what: 'Message not sent: the LinkedIn Profile URL is a Sales Navigator link',
				next: 'choose "Copy LinkedIn.com URL", and paste that',
			},
			{
				mistake: 'the page of a company',
				profile: 'https://www.linkedin.com/company/acme',
				what: 'Message not sent: the LinkedIn Profile URL is a company or school page',
				next: 'It must be the profile of a person.',
			},
			{
				mistake: 'a blank message',
				message: ' \n ',
				what: 'Message not sent: the message is empty',
				next: 'Enter the text in Message.',
			},
			{
				mistake: 'a person who is not a connection',
				profile: 'https://www.linkedin.com/in/noah-berg',
				what: 'Message not sent: The recipient is not a 1st-degree connection of the sender',
				next: 'Connection Request Accepted',
			},
			{
				mistake: 'a sender that is disconnected',
				sender: 'Dora Novak',
				what: 'Message not sent: the sender Dora Novak is disconnected in SendPilot',
				next: 'Reconnect it in SendPilot, or choose another Sender.',
			},
		])(
			'says what happened and what to do: $mistake',
			async ({ profile, message, sender, what, next }) => {
				await editor.fill(
					'recipientLinkedinUrl',
					profile ?? 'https://www.linkedin.com/in/jane-doe',
				);
				await editor.fill('message', message ?? 'Hi Jane');
				await editor.openList('senderId');
				await editor.choose(sender ?? 'Alex Moreau');
				await editor.executeStep();

				await editor.error.getByText(what).waitFor();
				expect(await editor.errorAdvice.innerText()).toContain(next);
				expect(place.sandbox.delivered).toEqual([]);
			},
		);

		it('does not run with an empty message, and names the field', async () => {
			await editor.fill('message', '');
			await editor.executeStep();
			const toast = editor.toasts.filter({ hasText: 'Workflow execution cannot start' });
			expect(await toast.innerText()).toContain('Parameter "Message" is required.');
			expect(place.sandbox.requests.filter(({ method }) => method === 'POST')).toEqual([]);
		});
	});

	it('says where to get a credential if there is none', async () => {
		await becomeNewcomer();
		await openSendNode();
		await editor.executeStep();
		expect(await editor.error.innerText()).toContain('no SendPilot API credential is chosen');
		expect(await editor.errorAdvice.innerText()).toContain('Choose a SendPilot API credential');
	});

	it('says what is wrong with a key as soon as it is saved', async () => {
		await becomeNewcomer();
		await openSendNode();
		await editor.connect('Connect to SendPilot', {
			...keyOf(place.sandbox),
			apiKey: 'sp_live_wrong',
		});
		await editor.credentialDialog.getByText('More details').click();
		const said = await editor.credentialDialog.innerText();
		expect(said).toContain('SendPilot does not accept the API key');
		expect(said).toContain('You create keys in SendPilot under Integrations → API Keys');
	});
});

describe('SendPilot Trigger', () => {
	it('is set up as its notice says, and started by SendPilot at the URL that it shows', async () => {
		await becomeNewcomer();
		await editor.newWorkflow();
		await editor.searchNodes('sendpilot');
		await editor.addTrigger('SendPilot', 'On reply received');
		expect(await editor.field('events').innerText()).toBe('Reply Received');

		const notice = await editor.page.getByText('To receive events from SendPilot').innerText();
		expect(notice.split('\n').map((line) => line.split(/[,.]/)[0])).toEqual([
			'To receive events from SendPilot:',
			'Open Webhook URLs above',
			'In SendPilot',
			'SendPilot shows the secret of the webhook',
			'Publish this workflow',
		]);
		const production = await editor.copyProductionUrl();
		place.sandbox.webhooks.register({ url: production, secret: SECRET, scheme: 'svix' });
		await editor.connect('Connect to SendPilot Webhook', { signingSecret: SECRET });
		await editor.credentialDialog.waitFor({ state: 'hidden' });
		await editor.closeNode();
		expect(await editor.publish()).toContain('SendPilot events now start this workflow');

		place.sandbox.webhooks.emit('reply.received');
		expect(await editor.newestExecution()).toContain('Succeeded');
	});
});

/** Opens the node in a valid workflow, for a test to break. */
async function openSendNode(credentials?: INodeCredentials): Promise<void> {
	const parameters = {
		recipient: 'profile',
		senderId: { __rl: true, mode: 'list', value: 'sender_alex' },
		recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
		message: 'Hi Jane',
	};
	const { id } = await place.client.createWorkflow({
		name: 'A mistake',
		...workflowWith([{}], { parameters, credentials }),
	});
	await editor.openWorkflow(id);
	await editor.openNode(SEND);
}

/** @returns the width of an image in pixels; 0 if it did not load or cannot be shown */
async function shownWidth(image: Locator): Promise<number> {
	return await image.evaluate(async (element: unknown) => {
		const shown = element as { decode(): Promise<void>; naturalWidth: number };
		return await shown.decode().then(
			() => shown.naturalWidth,
			() => 0,
		);
	});
}
