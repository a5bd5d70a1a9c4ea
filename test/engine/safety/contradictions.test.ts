import type { INodeParameters } from 'n8n-workflow';
import { named, useOutreach, WAYS } from './ways';

const use = useOutreach();

const REFUSED: ReadonlyArray<[safety: INodeParameters, names: string[]]> = [
	[{ dryRun: true, forgetHistory: true }, ['Dry Run', 'Forget History']],
	[{ maxPerRun: 6, maxPerDay: 5 }, ['Max per Sender and Run', 'Max per Sender and Day']],
	[{ replySince: 'ourLastMessage' }, ['Replies That Count', 'Stop if They Replied']],
	[
		{ replySince: 'lastDays', stopIfReplied: false },
		['Replies That Count', 'Stop if They Replied'],
	],
	[{ ifUnchecked: 'send' }, ["If It Can't Be Checked", 'Stop if They Replied', 'Block List']],
	[{ maxPerRun: 0 }, ['Max per Sender and Run']],
	[{ maxPerDay: 2.5 }, ['Max per Sender and Day']],
	[{ maxPerDay: '={{ 5 }}' }, ['Max per Sender and Day']],
	[{ stopIfReplied: '={{ true }}' }, ['Stop if They Replied']],
	[{ dryRun: 'yes' }, ['Dry Run']],
	[{ stopIfReplied: true, replySince: 'lastDays', replyDays: 0 }, ['Number of Days']],
	[{ stopIfReplied: true, replySince: 'ever' }, ['Replies That Count', 'ever']],
	[{ blockedItems: 'hide' }, ['Blocked Items', 'hide']],
	[{ skipLeadStatuses: ['GONE'] }, ['Skip Lead Statuses', 'GONE']],
	[{ skipLeadStatuses: 'DONE' }, ['Skip Lead Statuses', 'DONE']],
];

describe.each(named(WAYS))('settings that cannot be: %s', (_name, way) => {
	it.each(REFUSED)('%j reaches nobody, and names the fields', async (safety, names) => {
		const outreach = use(way);
		const { error } = await outreach.send(outreach.people(2), { safety, onError: 'stopWorkflow' });
		expect(outreach.sandbox.requests).toEqual([]);
		for (const name of names) expect(`${error?.message} ${error?.description}`).toContain(name);
	});

	it.each<INodeParameters>([
		{ maxPerRun: 5, maxPerDay: 5 },
		{ stopIfReplied: true, ifUnchecked: 'send' },
		{ dryRun: false, forgetHistory: true },
	])('%j is fine', async (safety) => {
		const outreach = use(way);
		const { error } = await outreach.send(outreach.people(1), { safety, onError: 'stopWorkflow' });
		expect(error).toBeUndefined();
		expect(outreach.reached).toEqual([0]);
	});
});
