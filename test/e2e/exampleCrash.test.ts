import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewWorkflow } from '../../editor/client';
import { CURRENT_N8N } from '../../editor/install';
import { MAX_CLAIMED } from '../../nodes/shared/reach/history/sendHistory';
import { ROOT } from '../../scripts/unpack';
import { deliveredTo, START } from '../support';
import { rowsOf } from './dataTable';
import { OwnN8n } from './ownN8n';
import { startWorkflow, until, type Place } from './support';

const EXAMPLE = 'message-each-person-once.json';

const PEOPLE = Array.from({ length: 40 }, (_, index) => `person-${index}`);
const ITEMS = PEOPLE.map((slug) => ({
	firstName: 'Jane',
	linkedinUrl: `https://www.linkedin.com/in/${slug}`,
}));

/** The example with a trigger that gives the people, as its note describes it. */
function withTrigger({ credentials }: Place): Omit<NewWorkflow, 'name'> {
	const json = readFileSync(join(ROOT, 'examples', EXAMPLE), 'utf8');
	const { nodes, connections, settings } = JSON.parse(json) as NewWorkflow;
	const replaced = ['When clicking ‘Execute workflow’', 'People from your CRM'];
	const { [replaced[0]]: fromStart, [replaced[1]]: fromPeople, ...others } = connections;
	const [toTable] = fromStart.main[0]!;
	return {
		nodes: nodes
			.filter(({ name }) => !replaced.includes(name))
			.map((node) => (node.credentials ? { ...node, credentials } : node)),
		connections: { [START]: { main: [[toTable, ...fromPeople.main[0]!]] }, ...others },
		settings,
	};
}

describe(`the example ${EXAMPLE}, after n8n was killed while it sent`, () => {
	let n8n: OwnN8n;
	let place: Place;
	let crashed: string;
	let ours: string;

	const rows = async () => await rowsOf(place.client, 'Messaged people');

	beforeAll(async () => {
		n8n = await OwnN8n.start(CURRENT_N8N);
		place = n8n.place;
		const { sandbox } = place;
		// Slow enough to be partway through when n8n is killed.
		sandbox.inject({ fault: 'delay', ms: 100, times: PEOPLE.length });
		const started = await startWorkflow(place, ITEMS, withTrigger(place));
		crashed = started.id;
		ours = started.workflow.id;
		await until('some messages', () => sandbox.delivered.length > MAX_CLAIMED);
		await n8n.kill();
		await n8n.restart();
	});

	afterAll(async () => await n8n?.stop());

	it('everyone is still reserved, so another workflow messages nobody', async () => {
		const { client, sandbox } = place;
		expect(await rows()).toEqual(
			PEOPLE.map((person) => ({ person, workflow: ours, delivery: null })),
		);
		const before = sandbox.delivered.length;
		expect(before).toBeLessThan(PEOPLE.length);
		const { id } = await startWorkflow(place, ITEMS, withTrigger(place));
		expect((await client.finished(id)).status).toBe('success');
		expect(sandbox.delivered).toHaveLength(before);
	});

	it('a retry messages the rest, nobody twice, and records everyone', async () => {
		expect((await place.client.retry(crashed, 'original')).status).toBe('success');
		const messaged = deliveredTo(place.sandbox).map((url) => url.split('/').at(-1));
		expect(messaged).toEqual([...new Set(messaged)]);

		const recorded = await rows();
		expect(recorded.map(({ person, workflow }) => [person, workflow])).toEqual(
			PEOPLE.map((person) => [person, ours]),
		);
		const are = (delivery: string) =>
			recorded.filter((row) => row.delivery === delivery).map(({ person }) => person);
		expect(messaged).toEqual(expect.arrayContaining(are('sent')));
		expect(are('uncertain').length).toBeLessThanOrEqual(MAX_CLAIMED);
		expect(are('sent').length + are('uncertain').length).toBe(PEOPLE.length);
	});
});
