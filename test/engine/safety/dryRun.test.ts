import { rowOfNode } from '../../../engine/deduplicator';
import { databaseOf, personUrl } from '../support';
import { BY_PROFILE, INVITE, leadId, named, nameOf, TO_LEAD, useOutreach, WAYS } from './ways';

const use = useOutreach();

const DRY = { dryRun: true };

describe.each(named(WAYS))('Dry Run: %s', (_name, way) => {
	it('says who would get what from whom, and reaches nobody', async () => {
		const outreach = use(way);
		const { output, hints } = await outreach.send(outreach.people(2), { safety: DRY });
		expect(outreach.posts).toEqual([]);
		expect(output).toEqual(
			[0, 1].map((number) => ({
				...{ dryRun: true, wouldSend: true, reason: null, explanation: null },
				...{ senderId: 'sender_alex', recipientLinkedinUrl: personUrl(number) },
				recipientName: nameOf(number),
				leadId: way.isByLead ? leadId(number) : null,
				...{ text: 'Hello', characters: 5 },
			})),
		);
		expect(hints).toEqual([
			expect.stringMatching(/^DRY RUN: nothing was sent, .* 2 of 2 would be /),
		]);
		expect(hints[0]).toContain(`no ${way.kind} left SendPilot`);
	});

	it('says what would keep it from whom, and never fails', async () => {
		const outreach = use(way);
		outreach.talked(1, [{ direction: 'received', content: 'No.', hoursAgo: 2 }]);
		const messages = ['Hi [Name]!', 'Hello', 'Hello', 'Hello'];
		const { output, error } = await outreach.send(
			outreach.people(4, (number) => ({ message: messages[number] })),
			{
				safety: { ...DRY, stopIfReplied: true, blockList: personUrl(2) },
				onError: 'stopWorkflow',
			},
		);
		expect(error).toBeUndefined();
		expect(outreach.posts).toEqual([]);
		expect(output).toMatchObject([
			{ wouldSend: false, reason: 'unfinishedText', unfinished: ['[Name]'] },
			{ wouldSend: false, reason: 'replied', reply: { text: 'No.' } },
			{ wouldSend: false, reason: 'blockList', blockListEntry: personUrl(2) },
			{ wouldSend: true, reason: null },
		]);
		for (const one of output.slice(0, 3))
			expect(one.explanation).toEqual(expect.stringMatching(/\.$/));
	});

	it.each([{ maxPerRun: 2 }, { maxPerDay: 2 }])('knows limits (%j)', async (limit) => {
		const outreach = use(way);
		const { output } = await outreach.send(outreach.people(3), { safety: { ...DRY, ...limit } });
		expect(output).toMatchObject([
			{ wouldSend: true },
			{ wouldSend: true },
			{ wouldSend: false, reason: 'limit', nextAllowedAt: expect.any(String) },
		]);
	});

	it('knows who is in the list twice, and who was reached before', async () => {
		const outreach = use(way);
		await outreach.send([outreach.person(1)]);
		const items = [outreach.person(0), outreach.person(1), outreach.person(0)];
		const { output } = await outreach.send(items, { safety: DRY });
		expect(output).toMatchObject([
			{ wouldSend: true },
			{ wouldSend: false, reason: 'alreadySent' },
			{ wouldSend: false, reason: 'alreadySent' },
		]);
		expect(outreach.reached).toEqual([1]);
	});

	it('knows senders that cannot send', async () => {
		const outreach = use(way);
		outreach.lead(0).senderId = 'sender_dora';
		const items = outreach.people(1, () => ({ sender: 'sender_dora' }));
		const { output } = await outreach.send(items, { safety: DRY });
		expect(output).toMatchObject([{ wouldSend: false, reason: 'senderNotReady' }]);
	});

	it('leaves nothing behind, so that a real run sends everything', async () => {
		const outreach = use(way);
		const database = databaseOf(outreach.sandbox);
		const safety = { maxPerDay: 3, maxPerRun: 3 };
		await outreach.send([outreach.person(9)], { safety });
		const row = rowOfNode('workflow', 'send');
		const before = database.processedData.peek(row);
		expect(before).not.toBeNull();
		await outreach.send(outreach.people(3), { safety: { ...safety, ...DRY } });
		expect(database.processedData.peek(row)).toEqual(before);
		const { output } = await outreach.send(outreach.people(2), { safety });
		expect(output).toMatchObject([{ success: true }, { success: true }]);
		expect(outreach.reached).toEqual([9, 0, 1]);
	});

	it('leaves what is uncertain as it is, and does not look for it', async () => {
		const outreach = use(way);
		outreach.fault('lostThen500');
		await outreach.send(outreach.people(1));
		const reads = outreach.reads.length;
		const { output } = await outreach.send(outreach.people(1), { safety: DRY });
		expect(output).toMatchObject([{ wouldSend: false, explanation: expect.any(String) }]);
		expect(outreach.reads.slice(reads)).not.toContain('/v1/inbox/conversations');
		const { failed } = await outreach.send(outreach.people(1));
		expect(failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
		expect(outreach.reached).toEqual([]);
	});

	it('does not wait between people', async () => {
		const outreach = use(way);
		const { output } = await outreach.send(outreach.people(3), {
			safety: DRY,
			options: { minDelay: 3_600 },
		});
		expect(output).toHaveLength(3);
	});

	it('fails for a wrong set-up', async () => {
		const outreach = use(way);
		const { failed } = await outreach.send(outreach.people(1), {
			safety: { ...DRY, maxPerDay: 0 },
		});
		expect(failed).toMatchObject([{ details: { reason: 'invalidSetup' } }]);
	});
});

describe('what a dry run shows', () => {
	it('is the text as a lead would read it', async () => {
		const outreach = use(TO_LEAD);
		const items = outreach.people(1, () => ({ message: 'Hi {{firstName}}!' }));
		const { output } = await outreach.send(items, { safety: DRY });
		expect(output).toMatchObject([{ text: 'Hi Person!', characters: 10 }]);
	});

	it('is no text for an invitation without a note', async () => {
		const outreach = use(INVITE);
		const { output } = await outreach.send(outreach.people(1), {
			safety: DRY,
			parameters: { note: '' },
		});
		expect(output).toMatchObject([{ wouldSend: true, text: null, characters: 0 }]);
	});

	it('keeps the fields of the input, if wanted', async () => {
		const outreach = use(BY_PROFILE);
		const { output } = await outreach.send(
			outreach.people(1, () => ({ crm: 7 })),
			{
				safety: DRY,
				options: { includeInputFields: true },
			},
		);
		expect(output).toMatchObject([{ crm: 7, wouldSend: true }]);
	});
});
