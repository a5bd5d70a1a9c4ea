import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import type { Execution, SavedWorkflow } from '../../editor/client';
import { outputOf } from '../../engine/output';
import { ROOT } from '../../scripts/unpack';
import { deliveredTo } from '../support';
import { SECRET } from '../triggerSupport';
import { addRow, deleteTable, rowsOf } from './dataTable';
import { importExample, type ImportSettings } from './importExample';
import { deliver, firstExecution, until, usePlace } from './support';

/** The trigger of the examples that people start. */
const START = 'When clicking ‘Execute workflow’';

const place = usePlace({ acceptAnyRecipient: false, webhookRetrySeconds: [] });

/** @param pinned the people that pinned nodes give out instead */
async function imported(
	file: string,
	pinned?: IDataObject[],
	change?: ImportSettings['change'],
): Promise<SavedWorkflow> {
	const people = pinned?.map((json) => ({ json }));
	const pin = people && (() => people);
	return await importExample(place, file, { pin, change });
}

/** Changes settings and options of the sending node; undefined removes one. */
function sendingWith(
	safety: IDataObject,
	options: IDataObject = {},
): NonNullable<ImportSettings['change']> {
	return (node): INode => {
		if (!node.parameters.safety) return node;
		const { parameters } = node;
		const changed = {
			safety: { ...(parameters.safety as IDataObject), ...safety },
			options: { ...(parameters.options as IDataObject), ...options },
		};
		// As n8n saves it: what is undefined isn't there.
		return JSON.parse(
			JSON.stringify({ ...node, parameters: { ...parameters, ...changed } }),
		) as INode;
	};
}

const itemsOf = (execution: Execution, node: string, output = 0) =>
	outputOf(execution, node, output).map(({ json }) => json);

const SEND_EXAMPLE = 'send-linkedin-message.json';
const LOG_EXAMPLE = 'log-sent-messages.json';
const ONCE_EXAMPLE = 'message-each-person-once.json';
const SHEET_EXAMPLE = 'add-sheet-to-campaign.json';
const CONTACTS_EXAMPLE = 'message-or-invite-contacts.json';
const WELCOME_EXAMPLE = 'welcome-new-connections.json';
const SYNC_EXAMPLE = 'sync-lead-statuses.json';
const SEARCH_EXAMPLE = 'weekly-lead-search.json';
const REPORT_EXAMPLE = 'morning-report.json';
const FOLLOW_UP_EXAMPLE = 'follow-up-without-reply.json';
const LIMITS_EXAMPLE = 'send-within-limits.json';
const BLOCK_LIST_EXAMPLE = 'block-list.json';
/** In answerReplies.test.ts, as it needs a chat model and a chat. */
const REPLIES_EXAMPLE = 'answer-replies.json';

it('there is a test for each example', () => {
	expect(readdirSync(join(ROOT, 'examples')).sort()).toEqual([
		SHEET_EXAMPLE,
		REPLIES_EXAMPLE,
		BLOCK_LIST_EXAMPLE,
		FOLLOW_UP_EXAMPLE,
		LOG_EXAMPLE,
		ONCE_EXAMPLE,
		CONTACTS_EXAMPLE,
		REPORT_EXAMPLE,
		SEND_EXAMPLE,
		LIMITS_EXAMPLE,
		SYNC_EXAMPLE,
		SEARCH_EXAMPLE,
		WELCOME_EXAMPLE,
	]);
});

describe(`the example ${SEND_EXAMPLE}`, () => {
	it('outputs each person on one of the two branches', async () => {
		const { client, sandbox } = place;
		const workflow = await imported(SEND_EXAMPLE);
		const id = await client.run(workflow, START);
		const execution = await client.finished(id);
		expect(execution.status).toBe('success');
		expect(deliveredTo(sandbox).map(decodeURI)).toEqual([
			'https://www.linkedin.com/in/jane-doe',
			'https://www.linkedin.com/in/山田-優希',
			'https://www.linkedin.com/in/tom-okafor',
			'https://www.linkedin.com/in/omar-haddad',
		]);
		const notSent = [
			...itemsOf(execution, 'Send to LinkedIn profiles', 1),
			...itemsOf(execution, 'Send to SendPilot leads', 1),
		];
		expect(notSent.map(({ firstName, error }) => [firstName, error])).toEqual([
			['Noah', expect.stringMatching(/^Message not sent: .*1st-degree connection/)],
			['Lena', expect.stringMatching(/^Message not sent: .*Sales Navigator/)],
			['Marco', expect.stringMatching(/^Message not sent: .*empty/)],
			['Inés', 'Message not sent: This lead has no sender in SendPilot'],
		]);
	});
});

describe(`the example ${SHEET_EXAMPLE}`, () => {
	it('adds the rows in one request, and has an outcome for each row', async () => {
		const { client, sandbox } = place;
		const workflow = await imported(SHEET_EXAMPLE);
		const execution = await client.finished(await client.run(workflow, START));
		expect(execution.status).toBe('success');
		const posts = sandbox.requests.filter(({ method }) => method === 'POST');
		expect(posts).toMatchObject([
			{
				path: '/v1/leads',
				body: {
					campaignId: 'camp_founders',
					leads: [
						{
							linkedinUrl: 'https://www.linkedin.com/in/ada-bauer',
							firstName: 'Ada',
							company: 'Bauer & Co',
						},
						{ linkedinUrl: 'https://www.linkedin.com/in/liam-oconnor' },
						{ linkedinUrl: 'https://www.linkedin.com/in/greta-holm' },
					],
				},
			},
		]);
		const rows = [...itemsOf(execution, 'Row and outcome'), ...itemsOf(execution, 'Row and error')];
		expect(rows.map(({ row_number }) => row_number)).toEqual([2, 3, 4, 5, 6]);
		const outcomes = rows.map(({ Outcome }) => Outcome);
		expect(outcomes).toEqual(['added', 'added', 'added', 'duplicate', 'error']);
		expect(rows[4].Reason).toMatch(/company or school page/);
	});
});

describe(`the example ${CONTACTS_EXAMPLE}`, () => {
	it('messages connections, invites the others, and sends nothing twice', async () => {
		const { client, sandbox } = place;
		const workflow = await imported(CONTACTS_EXAMPLE);
		const run = async () => await client.finished(await client.run(workflow, 'New contact'));
		const execution = await run();
		expect(execution.status).toBe('success');
		const jane = 'https://www.linkedin.com/in/jane-doe';
		const noah = 'https://www.linkedin.com/in/noah-berg';
		expect(deliveredTo(sandbox)).toEqual([jane]);
		expect(sandbox.invited).toMatchObject([
			{ recipientLinkedinUrl: noah, note: expect.stringMatching(/^Hi Noah, /) },
		]);
		expect(itemsOf(execution, 'Needs a look')).toMatchObject([
			{ error: expect.stringContaining('Sales Navigator') },
		]);
		expect((await run()).status).toBe('success');
		expect(deliveredTo(sandbox)).toEqual([jane]);
		expect(sandbox.invited).toHaveLength(1);
	});
});

describe(`the example ${WELCOME_EXAMPLE}`, () => {
	/** Publishes it with a short wait, and registers its URL in SendPilot. */
	async function published(): Promise<SavedWorkflow> {
		const { client, sandbox } = place;
		const webhookId = randomUUID();
		const noWait = { amount: 0, unit: 'seconds' };
		const workflow = await imported(WELCOME_EXAMPLE, undefined, (node) => {
			if (node.type === 'n8n-nodes-base.wait') return { ...node, parameters: noWait };
			return node.name === 'SendPilot Trigger' ? { ...node, webhookId } : node;
		});
		await client.activate(workflow);
		const url = `${client.url}/webhook/${webhookId}/webhook`;
		sandbox.webhooks.register({ url, secret: SECRET, scheme: 'svix' });
		return workflow;
	}

	const data = { leadId: 'lead_jane', senderId: 'sender_alex' };
	const event = { eventType: 'connection_request.accepted', data };

	it('messages a person who has accepted once, from the account that was accepted', async () => {
		const { client, sandbox } = place;
		const workflow = await published();
		expect(await deliver(place, event)).toEqual([200]);
		await until('the message', () => sandbox.delivered.length === 1);
		expect(sandbox.delivered).toMatchObject([
			{ ...data, message: expect.stringMatching(/^Hi Jane, .* at Acme /) },
		]);
		// The message itself is an event too, which the trigger does not want.
		expect(new Set(await deliver(place, event))).toEqual(new Set([200]));
		await until(
			'two executions',
			async () => (await client.executionIds(workflow.id)).length === 2,
		);
		const ids = await client.executionIds(workflow.id);
		for (const id of ids) await client.finished(id);
		expect(sandbox.delivered).toHaveLength(1);
	});

	it('leaves out who has written first', async () => {
		const { client, sandbox } = place;
		const workflow = await published();
		const linkedinUrl = 'https://www.linkedin.com/in/jane-doe';
		sandbox.reply({ linkedinUrl, senderId: 'sender_alex', text: 'Nice to meet you!' });
		// The reply is an event too, which the trigger does not want.
		expect(new Set(await deliver(place, event))).toEqual(new Set([200]));
		const execution = await client.finished(await firstExecution(client, workflow));
		expect(itemsOf(execution, 'Needs a look')).toMatchObject([
			{ details: { reason: 'replied', reply: { text: 'Nice to meet you!' } } },
		]);
		expect(sandbox.delivered).toEqual([]);
	});

	it('goes on where an invitation of another workflow has been accepted', async () => {
		const { client, sandbox } = place;
		const workflow = await published();
		const inviting = await imported(CONTACTS_EXAMPLE);
		await client.finished(await client.run(inviting, 'New contact'));
		const noah = 'https://www.linkedin.com/in/noah-berg';
		const toNoah = () =>
			sandbox.delivered.filter(({ recipientLinkedinUrl }) => recipientLinkedinUrl === noah);
		expect(toNoah()).toEqual([]);

		sandbox.accept(noah);
		const execution = await client.finished(await firstExecution(client, workflow));
		expect(execution.status).toBe('success');
		expect(toNoah()).toMatchObject([
			{
				leadId: 'lead_noah',
				senderId: 'sender_alex',
				message: expect.stringMatching(/^Hi Noah, /),
			},
		]);
	});
});

describe(`the example ${SYNC_EXAMPLE}`, () => {
	it('goes on with the leads of the last two days, in each of two nights', async () => {
		const { client, sandbox } = place;
		const workflow = await imported(SYNC_EXAMPLE);
		const changed = async () => {
			const execution = await client.finished(await client.run(workflow, 'Every night'));
			expect(execution.status).toBe('success');
			return itemsOf(execution, 'Only what has changed').map(({ id, status }) => [id, status]);
		};
		const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
		const leads = sandbox.seed.leads.filter(({ campaignId }) => campaignId === 'camp_founders');
		for (const lead of leads) lead.updatedAt = daysAgo(3);
		expect(await changed()).toEqual([]);
		Object.assign(leads[1], { status: 'OPPORTUNITY', updatedAt: daysAgo(0.1) });
		expect(await changed()).toEqual([[leads[1].id, 'OPPORTUNITY']]);
		// HubSpot may have failed in the first night.
		leads[1].updatedAt = daysAgo(1.1);
		expect(await changed()).toEqual([[leads[1].id, 'OPPORTUNITY']]);
	});
});

describe(`the example ${SEARCH_EXAMPLE}`, () => {
	const start = async () => {
		const { client, sandbox } = place;
		sandbox.quirks.jobPolls = 1;
		const workflow = await imported(SEARCH_EXAMPLE);
		return await client.finished(await client.run(workflow, 'Every Monday'));
	};

	it('adds the people that the search found', async () => {
		const execution = await start();
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Search').length).toBeGreaterThan(10);
		expect(itemsOf(execution, 'Added').map(({ outcome }) => outcome)).toContain('added');
		const added = place.sandbox.seed.leads.filter(
			({ campaignId }) => campaignId === 'camp_agencies',
		);
		expect(added.length).toBeGreaterThan(10);
	});

	it('says which search to go on with if it cannot be followed', async () => {
		const { sandbox } = place;
		const rule = { fault: 'status', status: 403, message: 'No', times: Infinity } as const;
		sandbox.inject({ ...rule, path: '/v1/lead-database/', method: 'GET' });
		const execution = await start();
		expect(itemsOf(execution, 'No results')).toMatchObject([{ id: 'search_1', isDone: false }]);
		expect(itemsOf(execution, 'Not added')).toEqual([]);
	});

	it('spends nothing if too few credits are left', async () => {
		Object.assign(place.sandbox.seed.credits, { subscription: 100, purchased: 0 });
		const execution = await start();
		expect(itemsOf(execution, 'Too few credits')).toMatchObject([{ available: 100 }]);
		const posts = place.sandbox.requests.filter(({ method }) => method === 'POST');
		expect(posts).toEqual([]);
	});
});

describe(`the example ${REPORT_EXAMPLE}`, () => {
	it('says who can send, and who waits for a reply', async () => {
		const { client } = place;
		const workflow = await imported(REPORT_EXAMPLE);
		const execution = await client.finished(await client.run(workflow, 'Every morning'));
		expect(execution.status).toBe('success');
		const [{ text }] = itemsOf(execution, 'Report');
		expect(text).toMatch(/Messages left today: Alex Moreau 100, Bianca Costa 80/);
		expect(text).toMatch(/Cannot send: Dora Novak \(disconnected\), Emil Haas \(warming\)/);
		expect(text).toMatch(/Waiting for your answer: [1-9]\d*(?: or more)?\n• /);
	});
});

describe(`the example ${FOLLOW_UP_EXAMPLE}`, () => {
	const profile = (slug: string) => `https://www.linkedin.com/in/${slug}`;

	/** Three people whom Alex has messaged in January, and nobody else. */
	beforeEach(() => {
		const { leads } = place.sandbox.seed;
		const messaged = ['lead_jane', 'lead_yuki', 'lead_tom'];
		for (const lead of leads) {
			if (lead.campaignId === 'camp_saas') lead.status = 'DONE';
			if (!messaged.includes(lead.id)) continue;
			const sent = { campaignId: 'camp_saas', senderId: 'sender_alex', status: 'MESSAGE_SENT' };
			Object.assign(lead, sent);
		}
	});

	const start = async (change?: ImportSettings['change']) => {
		const workflow = await imported(FOLLOW_UP_EXAMPLE, undefined, change);
		const run = async () => {
			const { client } = place;
			const execution = await client.finished(await client.run(workflow, 'On weekdays at 9'));
			expect(execution.status).toBe('success');
			return execution;
		};
		return { run, execution: await run() };
	};

	/** As people use it, but with less than a second between two messages. */
	const inEarnest = sendingWith({ dryRun: undefined }, { minDelay: 0, maxDelay: 1 });

	it('sends nothing as imported, and says what it would send', async () => {
		const { execution } = await start();
		expect(itemsOf(execution, 'Follow up')).toMatchObject([
			{ dryRun: true, wouldSend: true, text: expect.stringMatching(/^Hi Jane, /) },
			{ dryRun: true, wouldSend: true, text: expect.stringMatching(/^Hi 優希, /) },
			{ dryRun: true, wouldSend: true, text: expect.stringMatching(/^Hi Tom, /) },
		]);
		expect(place.sandbox.delivered).toEqual([]);
	});

	it('leaves out who replies between two messages, and tells the sheet', async () => {
		const { sandbox } = place;
		const yuki = encodeURI(profile('山田-優希'));
		const reply = { linkedinUrl: yuki, senderId: 'sender_alex', text: 'Let us talk in May.' };
		sandbox.reply({ ...reply, afterDeliveries: 1 });
		const { run, execution } = await start(inEarnest);
		expect(deliveredTo(sandbox)).toEqual([profile('jane-doe'), profile('tom-okafor')]);
		expect(itemsOf(execution, 'Has replied?')).toMatchObject([
			{
				id: 'lead_yuki',
				success: false,
				details: {
					delivery: 'notSent',
					reason: 'replied',
					reply: { text: 'Let us talk in May.', matchedBy: 'name' },
				},
			},
		]);
		expect(itemsOf(execution, 'Row for the reply')).toEqual([
			{
				Name: '優希 山田',
				Profile: yuki,
				Reply: 'Let us talk in May.',
				'Replied at': expect.stringMatching(/^20/),
			},
		]);
		await run();
		expect(sandbox.delivered).toHaveLength(2);
	});
});

describe(`the example ${LIMITS_EXAMPLE}`, () => {
	const START_OF_DAY = 'On weekdays at 9';
	const SEND_NODE = 'Send LinkedIn message';

	/** The test must not wait for the office to open. */
	const atAnyHour =
		(next: NonNullable<ImportSettings['change']>): typeof next =>
		(node) => {
			const noWait = { resume: 'timeInterval', amount: 0, unit: 'seconds' };
			const isHours = node.name === 'Wait for sending hours';
			return next(isHours ? { ...node, parameters: noWait } : node);
		};

	const started = async (safety: IDataObject) => {
		const { client } = place;
		const change = atAnyHour(
			sendingWith({ ...safety, dryRun: undefined }, { minDelay: 0, maxDelay: 0 }),
		);
		const workflow = await imported(LIMITS_EXAMPLE, undefined, change);
		return await client.run(workflow, START_OF_DAY);
	};

	it('waits with who is over the limit until the sender may send again', async () => {
		const { client, sandbox } = place;
		const id = await started({ maxPerDay: 2 });
		const execution = await until('the wait', async () => {
			const { status, ...rest } = await client.execution(id);
			return status === 'waiting' ? rest : undefined;
		});
		expect(sandbox.delivered).toHaveLength(2);
		const waiting = outputOf({ data: execution.data }, 'Over the limit?').map(({ json }) => json);
		expect(waiting).toMatchObject([
			{ firstName: 'Omar', details: { reason: 'limit', left: 0 } },
			{ firstName: 'Tom', details: { reason: 'limit', left: 0 } },
		]);
		const { nextAllowedAt } = waiting[0].details as { nextAllowedAt: string };
		expect(Date.parse(nextAllowedAt)).toBeGreaterThan(Date.now());
		expect(new Date(execution.data.waitTill!).toISOString()).toBe(nextAllowedAt);
		await client.stopExecution(id);
	});

	it('goes on with them then, until everybody has the message', async () => {
		const { client, sandbox } = place;
		// What is over the limit of a run may be sent at once in the next round.
		const id = await started({ maxPerRun: 1 });
		expect((await client.finished(id)).status).toBe('success');
		expect(deliveredTo(sandbox).map(decodeURI)).toEqual(
			['jane-doe', '山田-優希', 'omar-haddad', 'tom-okafor'].map(
				(slug) => `https://www.linkedin.com/in/${slug}`,
			),
		);
		const { runData } = (await client.execution(id)).data.resultData;
		expect(runData[SEND_NODE]).toHaveLength(4);
	});
});

describe(`the example ${BLOCK_LIST_EXAMPLE}`, () => {
	const TABLE = 'Block list';
	const inEarnest = sendingWith({ dryRun: undefined });

	beforeEach(async () => await deleteTable(place.client, TABLE));

	const run = async (workflow: SavedWorkflow) => {
		const { client } = place;
		const execution = await client.finished(await client.run(workflow, START));
		expect(execution.status).toBe('success');
		return execution;
	};
	const leftOut = (execution: Execution) =>
		itemsOf(execution, 'Not sent').map(({ firstName, details }) => [
			firstName,
			(details as IDataObject).reason,
		]);

	it('leaves out the people and companies in the table', async () => {
		const { client, sandbox } = place;
		// The first run creates the table.
		await run(await imported(BLOCK_LIST_EXAMPLE, []));
		await addRow(client, TABLE, { entry: 'linkedin.com/in/omar-haddad/' });
		await addRow(client, TABLE, { entry: 'ACME Inc.' });
		const execution = await run(await imported(BLOCK_LIST_EXAMPLE, undefined, inEarnest));
		expect(leftOut(execution)).toEqual([
			['Jane', 'blockList'],
			['Omar', 'blockList'],
		]);
		expect(deliveredTo(sandbox).map(decodeURI)).toEqual([
			'https://www.linkedin.com/in/山田-優希',
			'https://www.linkedin.com/in/tom-okafor',
		]);
	});

	it('messages everybody once while the table is empty', async () => {
		const execution = await run(await imported(BLOCK_LIST_EXAMPLE, undefined, inEarnest));
		expect(leftOut(execution)).toEqual([]);
		expect(place.sandbox.delivered).toHaveLength(4);
	});
});

describe(`the example ${LOG_EXAMPLE}`, () => {
	it('logs an event with the details of the lead', async () => {
		const { client, sandbox } = place;
		const workflow = await imported(LOG_EXAMPLE);
		await client.activate(workflow);
		const { webhookId } = workflow.nodes.find(({ name }) => name === 'SendPilot Trigger')!;
		const url = `${client.url}/webhook/${webhookId}/webhook`;
		sandbox.webhooks.register({ url, secret: SECRET, scheme: 'svix' });
		expect(await deliver(place, 'message.sent')).toEqual([200]);
		const execution = await client.finished(await firstExecution(client, workflow));
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Log it in your CRM')).toEqual([
			expect.objectContaining({
				text: 'Hello Jane',
				lead: expect.objectContaining({ name: 'Jane Doe' }),
			}),
		]);
	});
});

describe(`the example ${ONCE_EXAMPLE}`, () => {
	const TABLE = 'Messaged people';

	beforeEach(async () => await deleteTable(place.client, TABLE));

	const profile = (slug: string) => `https://www.linkedin.com/in/${slug}`;
	const person = (linkedinUrl: string) => ({ firstName: 'Jane', linkedinUrl });

	async function start(workflow: SavedWorkflow): Promise<Execution> {
		const { client } = place;
		return await client.finished(await client.run(workflow, START));
	}

	/** Runs a workflow to its end. @returns who got a message in the meantime */
	async function messagedBy(workflow: SavedWorkflow): Promise<string[]> {
		const before = place.sandbox.delivered.length;
		expect(await start(workflow)).toMatchObject({ status: 'success' });
		return deliveredTo(place.sandbox).slice(before).map(decodeURI);
	}

	const rows = async () => await rowsOf(place.client, TABLE);

	it('messages everyone once, whichever workflow runs how often, and records who may have a message', async () => {
		const first = await imported(ONCE_EXAMPLE);
		const second = await imported(ONCE_EXAMPLE);
		place.sandbox.inject({ fault: 'deliveredThen500', recipient: 'omar-haddad' });

		const everyone = ['jane-doe', '山田-優希', 'omar-haddad'];
		expect(await messagedBy(first)).toEqual(everyone.map(profile));
		const recorded = everyone.map((slug) => ({
			person: slug,
			workflow: first.id,
			delivery: slug === 'omar-haddad' ? 'uncertain' : 'sent',
		}));
		// Noah is no connection, so he can be messaged once he is one.
		expect(await rows()).toEqual(recorded);

		expect(await messagedBy(first)).toEqual([]);
		expect(await messagedBy(second)).toEqual([]);
		expect(await rows()).toEqual(recorded);

		place.sandbox.seed.leads.find(({ id }) => id === 'lead_noah')!.connected = true;
		expect(await messagedBy(second)).toEqual([profile('noah-berg')]);
		expect(await messagedBy(first)).toEqual([]);
		expect(await rows()).toEqual([
			...recorded,
			{ person: 'noah-berg', workflow: second.id, delivery: 'sent' },
		]);
	});

	it('messages each person once when several workflows run at once', async () => {
		const people = ['jane-doe', 'tom-okafor', 'omar-haddad', 'ines-prieto']
			.map(profile)
			.map(person);
		// The first run creates the table.
		await messagedBy(await imported(ONCE_EXAMPLE, []));
		const workflows = await Promise.all(
			[people, [...people].reverse(), people].map(
				async (list) => await imported(ONCE_EXAMPLE, list),
			),
		);
		const executions = await Promise.all(workflows.map(start));
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(deliveredTo(place.sandbox).sort()).toEqual(
			people.map(({ linkedinUrl }) => linkedinUrl).sort(),
		);
		expect((await rows()).map(({ delivery }) => delivery)).toEqual([
			'sent',
			'sent',
			'sent',
			'sent',
		]);
	});

	it('knows a person by every form of the address', async () => {
		const forms = [
			['https://www.linkedin.com/in/jane-doe', profile('山田-優希')],
			['LinkedIn.com/in/Jane-Doe/?locale=en_US', encodeURI(profile('山田-優希'))],
			['https://fr.linkedin.com/in/jane-doe#about', 'in/山田-優希'],
		];
		const found: string[][] = [];
		for (const form of forms) {
			found.push(await messagedBy(await imported(ONCE_EXAMPLE, form.map(person))));
		}
		expect(found).toEqual([['jane-doe', '山田-優希'].map(profile), [], []]);
	});

	it('leaves people without a valid address out of the table', async () => {
		const links = ['', 'https://www.linkedin.com/sales/lead/ACwAAA1b2C3,NAME_SEARCH,x9Yz'];
		expect(await messagedBy(await imported(ONCE_EXAMPLE, links.map(person)))).toEqual([]);
		expect(await rows()).toEqual([]);
	});

	it('goes on with what it had reserved before it was interrupted, and leaves the rest to others', async () => {
		const { client } = place;
		const people = ['jane-doe', 'tom-okafor'].map(profile).map(person);
		const workflow = await imported(ONCE_EXAMPLE, people);
		await messagedBy(await imported(ONCE_EXAMPLE, []));
		await addRow(client, TABLE, { person: 'jane-doe', workflow: workflow.id });
		await addRow(client, TABLE, { person: 'tom-okafor', workflow: 'another' });
		expect(await messagedBy(workflow)).toEqual([profile('jane-doe')]);
		expect(await rows()).toEqual([
			{ person: 'jane-doe', workflow: workflow.id, delivery: 'sent' },
			{ person: 'tom-okafor', workflow: 'another', delivery: null },
		]);
	});

	it('messages a person once who is in the list several times', async () => {
		const list = [
			person(profile('jane-doe')),
			{ ...person('linkedin.com/in/jane-doe'), firstName: 'Dr Jane' },
		];
		const workflow = await imported(ONCE_EXAMPLE, list);
		expect(await messagedBy(workflow)).toEqual([profile('jane-doe')]);
		expect(await rows()).toEqual([{ person: 'jane-doe', workflow: workflow.id, delivery: 'sent' }]);
	});

	it('is finished by the next run after it was stopped, and until then no other workflow steps in', async () => {
		const { client, sandbox } = place;
		const people = ['jane-doe', 'omar-haddad', 'tom-okafor'].map(profile).map(person);
		const [workflow, other] = [
			await imported(ONCE_EXAMPLE, people),
			await imported(ONCE_EXAMPLE, people),
		];
		sandbox.inject({ fault: 'hang', delivered: true, recipient: 'omar-haddad' });
		const id = await client.run(workflow, START);
		await until('the message to Omar', () => sandbox.delivered.length === 2);
		await client.stopExecution(id);
		expect((await client.finished(id)).status).toBe('canceled');

		expect(await messagedBy(other)).toEqual([]);
		expect(await messagedBy(workflow)).toEqual([profile('tom-okafor')]);
		const { id: ours } = workflow;
		expect(await rows()).toEqual([
			{ person: 'jane-doe', workflow: ours, delivery: 'sent' },
			{ person: 'omar-haddad', workflow: ours, delivery: 'uncertain' },
			{ person: 'tom-okafor', workflow: ours, delivery: 'sent' },
		]);
		expect(await messagedBy(other)).toEqual([]);
	});
});
