import { CONNECT_PATH } from '../../sendpilot/contract/connectionRequest';
import { EXTRACTIONS_PATH } from '../../sendpilot/contract/leadExtraction';
import { SEARCHES_PATH } from '../../sendpilot/contract/leadSearch';
import { SEND_PATH } from '../../sendpilot/contract/message';
import type { Sandbox } from '../../sandbox';
import { DONE_IN_THE_END, NOT_CONNECTED, NOT_DONE, UNCERTAIN, type FaultRow } from './faultRows';
import { byId, errorOf, jsonOf, people, run, toProfile, useSandbox } from './support';

/** Something that must not be done twice, as a node does it for each item. */
interface Kind {
	what: string;
	/** How its errors begin. */
	noun: string;
	did: string;
	path: string;
	node: { type?: string; parameters: ReturnType<typeof toProfile> };
	/** How often it was really done. */
	count: (sandbox: Sandbox) => number;
	notDone?: FaultRow[];
	/** What to check where it is uncertain. */
	check: RegExp;
}

const QUICK = { options: { timeout: 1 } };
/** What is uncertain stays so: `safety/checkInbox.test.ts` is about looking for it. */
const UNCHECKED = { safety: { checkInbox: false } };

const operation = (resource: string, name: string, parameters: Kind['node']['parameters']) => ({
	type: 'n8n-nodes-sendpilot.sendPilot',
	parameters: { resource, operation: name, ...parameters, ...QUICK },
});
const LIMIT = 5;
const job = { name: 'CTOs', limit: LIMIT };
/** Each person that is found costs a credit. */
const jobsPaidFor = ({ seed }: Sandbox) => seed.credits.used / LIMIT;

const KINDS: Kind[] = [
	{
		...{ what: 'a message', noun: 'Message', did: 'sent', path: SEND_PATH },
		node: { parameters: toProfile({ ...QUICK, ...UNCHECKED }) },
		count: ({ delivered }) => delivered.length,
		notDone: NOT_CONNECTED,
		check: /Check the conversation.*Only if the message is not there/,
	},
	{
		...{ what: 'a message to a lead', noun: 'Message', did: 'sent', path: `${SEND_PATH}/lead/` },
		node: operation('message', 'sendToLead', {
			...{ senderId: byId('sender_alex'), leadId: byId('lead_jane'), message: 'Hello' },
			...UNCHECKED,
		}),
		count: ({ delivered }) => delivered.length,
		notDone: NOT_CONNECTED,
		check: /Check the conversation.*Only if the message is not there/,
	},
	{
		...{ what: 'an invitation', noun: 'Invitation', did: 'sent', path: CONNECT_PATH },
		node: operation('connectionRequest', 'send', {
			...{ senderId: byId('sender_alex'), recipientLinkedinUrl: '={{ $json.url }}' },
			note: 'Hello',
			...UNCHECKED,
		}),
		count: ({ invited }) => invited.length,
		check: /Check the sender's sent invitations.*Only if neither is so/,
	},
	{
		...{ what: 'a lead search', noun: 'Search', did: 'started', path: SEARCHES_PATH },
		node: operation('leadSearch', 'start', { ...job, filtersJson: '{"job_titles":["CTO"]}' }),
		count: jobsPaidFor,
		check: /Check Lead Database in SendPilot.*Only if it is not there/,
	},
	{
		...{ what: 'a lead extraction', noun: 'Extraction', did: 'started', path: EXTRACTIONS_PATH },
		node: operation('leadExtraction', 'start', {
			...job,
			urls: 'https://www.linkedin.com/search/results/people/?keywords=cto',
		}),
		count: jobsPaidFor,
		check: /Check Lead Extractor in SendPilot.*Only if it is not there/,
	},
];

/** Gives the rows names that a reader of the results understands. */
function named<Row extends Pick<FaultRow, 'fault'>>(rows: Row[]) {
	return rows.map((row) => ({ ...row, name: JSON.stringify(row.fault) }));
}

const use = useSandbox();

describe.each(KINDS)('$what', ({ noun, did, path, node, count, notDone = [], check }) => {
	const requests = () => use.sandbox.requests.filter(({ method }) => method === 'POST');
	const inject = ({ fault }: Pick<FaultRow, 'fault'>) =>
		use.sandbox.inject({ ...fault, path, method: 'POST' });

	it.each(named(DONE_IN_THE_END))(`$name: is ${did}, once, by call $calls`, async (row) => {
		inject(row);
		const finished = await run(use.sandbox, people(1), node);
		expect(jsonOf(finished)).toMatchObject([{ success: true }]);
		expect(requests()).toHaveLength(row.calls);
		expect(count(use.sandbox)).toBe(1);
	});

	describe.each([
		{
			delivery: 'notSent',
			rows: [...NOT_DONE, ...notDone],
			text: new RegExp(`^${noun} not ${did}: `),
			nextOfItem: new RegExp(
				`run the workflow again with only the items whose error starts with "${noun} not ${did}"|leave this person out here`,
			),
			nextOfRun: /it is safe to run the workflow again/,
		},
		{
			delivery: 'uncertain',
			rows: UNCERTAIN,
			text: new RegExp(`^${noun} may have been ${did}: `),
			nextOfItem: check,
			nextOfRun: check,
		},
	])('$delivery', ({ delivery, rows, text, nextOfItem, nextOfRun }) => {
		it.each(named(rows))('$name: the item says $reason, after $calls call(s)', async (row) => {
			inject(row);
			const onError = 'continueRegularOutput';
			const finished = await run(use.sandbox, people(1), { ...node, onError });
			expect(requests()).toHaveLength(row.calls);
			expect(count(use.sandbox)).toBe(row.out ?? 0);
			const [item] = jsonOf(finished);
			expect(item).toMatchObject({ details: { delivery, reason: row.reason, itemIndex: 0 } });
			expect(item.error).toMatch(text);
			expect(item.details).toMatchObject({ description: expect.stringMatching(nextOfItem) });
			expect(`${item.error} ${JSON.stringify(item.details)}`).toMatch(row.says ?? /./);
		});

		it.each(named(rows))('$name: the error of a run that stops says the same', async (row) => {
			inject(row);
			const finished = await run(use.sandbox, people(3), node);
			expect(requests()).toHaveLength(row.calls);
			expect(count(use.sandbox)).toBe(row.out ?? 0);
			const error = errorOf(finished);
			expect(error).toMatchObject({ name: 'NodeApiError', itemIndex: 0 });
			expect(error?.message).toMatch(text);
			expect(error?.description).toContain('2 not tried (items 1–2). ');
			expect(error?.description).toMatch(nextOfRun);
			expect(`${error?.message} ${error?.description}`).toMatch(row.says ?? /./);
		});
	});
});
