import type { IDataObject, INode } from 'n8n-workflow';
import {
	deliveredTo,
	errorOf,
	jsonOf,
	pairingOf,
	people,
	personUrl,
	resumable,
	resumableWith,
	run,
	runWorkflow,
	sendBodies,
	toLead,
	toProfile,
	useSandbox,
	workflowWith,
	type NodeSettings,
} from './support';

const use = useSandbox();
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
const all = (count: number) => people(count).map((_, index) => personUrl(index));

describe('Retry On Fail', () => {
	it('sends to nobody twice, and still gives the results of those sent before', async () => {
		use.sandbox.inject({
			fault: 'status',
			status: 400,
			message: 'No',
			recipient: 'person-1',
			times: 2,
		});
		const finished = await run(use.sandbox, people(3), { ...RETRY, parameters: toProfile() });
		expect(deliveredTo(use.sandbox)).toEqual(all(3));
		expect(jsonOf(finished).map(({ messageId }) => messageId)).toEqual(['msg_1', 'msg_2', 'msg_3']);
		expect(pairingOf(finished)).toEqual([0, 1, 2]);
	});

	it.each([
		'deliveredThen500',
		'lostThen500',
		'resetAfterDelivery',
		'resetBeforeDelivery',
	] as const)('does not put an uncertain message (%s) to SendPilot again', async (fault) => {
		use.sandbox.inject({ fault, recipient: 'person-1' });
		const finished = await run(use.sandbox, people(3), { ...RETRY, parameters: toProfile() });
		expect(sendBodies(use.sandbox)).toHaveLength(2);
		expect(errorOf(finished)).toMatchObject({
			message: expect.stringMatching(/^Message may have been sent/),
			itemIndex: 1,
		});
		expect(errorOf(finished)?.description).toContain(
			'1 of 3 sent in this run (item 0), 1 may have been sent (item 1), 1 not tried (item 2). ',
		);
	});

	it('with Continue tries again what was not sent, and nothing else', async () => {
		use.sandbox.inject({ fault: 'dailyQuota', recipient: 'person-0', times: 1 });
		use.sandbox.inject({ fault: 'deliveredThen500', recipient: 'person-2' });
		const finished = await run(
			use.sandbox,
			people(4, (index) => ({ sender: index === 0 ? 'sender_bianca' : 'sender_alex' })),
			{ ...RETRY, onError: 'continueRegularOutput', parameters: toProfile() },
		);
		expect(deliveredTo(use.sandbox).sort()).toEqual(all(4));
		expect(
			jsonOf(finished).map(({ success, details }) => success ?? Object(details).delivery),
		).toEqual([true, true, 'uncertain', true]);
	});

	it('asks once whether SendPilot takes the lead shape, over all tries', async () => {
		use.sandbox.inject({
			fault: 'status',
			status: 403,
			message: 'Paused',
			recipient: 'omar-haddad',
			times: 2,
		});
		await run(use.sandbox, [{ lead: 'lead_jane' }, { lead: 'lead_omar' }], {
			...RETRY,
			parameters: toLead(),
		});
		expect(deliveredTo(use.sandbox)).toHaveLength(2);
		const asked = sendBodies(use.sandbox).filter(
			(body) => !('recipientLinkedinUrl' in Object(body)),
		);
		expect(asked).toHaveLength(1);
	});
});

describe('a node that runs several times in one execution, as in a loop', () => {
	/** Two branches, of which each makes the node run on its own items, the upper one first. */
	async function runTwice(batches: IDataObject[][], node: NodeSettings) {
		const { nodes, pinData } = workflowWith([{}], node);
		const [trigger, send] = nodes;
		const branches = ['Upper', 'Lower'].map(
			(name, index): INode => ({
				...{ id: name, name, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
				position: [0, 100 * index],
			}),
		);
		const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
		return await runWorkflow(use.sandbox, {
			nodes: [trigger, ...branches, send],
			connections: {
				[trigger.name]: { main: [branches.map(({ name }) => to(name))] },
				...Object.fromEntries(branches.map(({ name }) => [name, { main: [[to(send.name)]] }])),
			},
			pinData: {
				...pinData,
				...Object.fromEntries(
					branches.map(({ name }, index) => [name, batches[index].map((json) => ({ json }))]),
				),
			},
		});
	}

	it('sends the messages of each run, also to the same people', async () => {
		const again = people(2, () => ({ message: 'Hello again' }));
		const finished = await runTwice([people(2), again], { parameters: toProfile() });
		expect(finished.data.resultData.runData.Send).toHaveLength(2);
		expect(use.sandbox.delivered.map(({ message }) => message)).toEqual([
			'Hello',
			'Hello',
			'Hello again',
			'Hello again',
		]);
	});

	it('tries again only what was not sent in its run', async () => {
		use.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-1' });
		use.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-3' });
		const batches = [people(2), people(4).slice(2)];
		await runTwice(batches, { ...RETRY, parameters: toProfile() });
		expect(deliveredTo(use.sandbox)).toEqual(all(4));
	});

	it('asks once whether SendPilot takes the lead shape', async () => {
		const batches = [[{ lead: 'lead_jane' }], [{ lead: 'lead_omar' }]];
		await runTwice(batches, { parameters: toLead() });
		expect(use.sandbox.delivered).toHaveLength(2);
		expect(sendBodies(use.sandbox)).toHaveLength(3);
	});
});

describe('a failed execution that is retried from the list of executions', () => {
	it('sends only what had not been sent, and gives the results of all', async () => {
		use.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-1' });
		const failed = await run(use.sandbox, people(3), { parameters: toProfile() });
		expect(errorOf(failed)?.itemIndex).toBe(1);

		const node = { parameters: toProfile() };
		const retried = await run(use.sandbox, people(3), node, { resume: resumable(failed) });
		expect(errorOf(retried)).toBeUndefined();
		expect(deliveredTo(use.sandbox)).toEqual(all(3));
		expect(jsonOf(retried).map(({ messageId }) => messageId)).toEqual(['msg_1', 'msg_2', 'msg_3']);
	});

	it('does not repeat an uncertain message', async () => {
		use.sandbox.inject({ fault: 'deliveredThen500', recipient: 'person-1' });
		const failed = await run(use.sandbox, people(3), { parameters: toProfile() });
		const node = { parameters: toProfile() };
		const retried = await run(use.sandbox, people(3), node, { resume: resumable(failed) });
		expect(errorOf(retried)?.message).toMatch(/^Message may have been sent/);
		expect(deliveredTo(use.sandbox)).toEqual(all(2));
	});

	it('sends to new recipients if the user changed them', async () => {
		use.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-1' });
		const failed = await run(use.sandbox, people(2), { parameters: toProfile() });
		const corrected = toProfile({ recipientLinkedinUrl: '={{ $json.url }}-new' });
		const resume = resumableWith(failed, { parameters: corrected });
		const retried = await run(use.sandbox, people(2), { parameters: corrected }, { resume });
		expect(jsonOf(retried)).toHaveLength(2);
		expect(deliveredTo(use.sandbox)).toEqual([
			personUrl(0),
			`${personUrl(0)}-new`,
			`${personUrl(1)}-new`,
		]);
	});
});

describe.each(['live', 'docs'] as const)(
	'a retry that names the same people in another way, where SendPilot is of the generation %s',
	(generation) => {
		const other = useSandbox({ generation });
		const ITEMS = [
			{ lead: 'lead_jane', url: 'https://www.linkedin.com/in/jane-doe' },
			{ lead: 'lead_omar', url: 'https://www.linkedin.com/in/omar-haddad' },
		];

		it.each([
			['by profile in place of lead', toLead(), toProfile()],
			['by lead in place of profile', toProfile(), toLead()],
		])('%s sends to nobody twice', async (_name, before, after) => {
			other.sandbox.inject({
				fault: 'status',
				status: 400,
				message: 'Use another field',
				recipient: 'omar-haddad',
			});
			const failed = await run(other.sandbox, ITEMS, { parameters: before });
			expect(errorOf(failed)?.itemIndex).toBe(1);
			const resume = resumableWith(failed, { parameters: after });
			const retried = await run(other.sandbox, ITEMS, { parameters: after }, { resume });
			expect(jsonOf(retried).map(({ success }) => success)).toEqual([true, true]);
			expect(deliveredTo(other.sandbox)).toEqual(ITEMS.map(({ url }) => url));
		});
	},
);
