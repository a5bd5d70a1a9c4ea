import { databaseOf, killedWhen, personUrl, startN8n } from '../support';
import { BY_LEAD, BY_PROFILE, INVITE, useOutreach } from './ways';

const use = useOutreach();
const STOP = { stopIfReplied: true };
const HOUR_AGO = { direction: 'received', content: 'No, thanks.', hoursAgo: 1 } as const;

describe('a reply from somebody with nearly the same name', () => {
	it.each(['Dr. Jane Doe', 'Jane Doe, PhD', 'Doe Jane', 'Jane M. Doe', 'Jane', 'Jane Doe 🚀'])(
		'leaves out "%s", who may be Jane Doe',
		async (name) => {
			const outreach = use(BY_PROFILE);
			outreach.talked(0, [HOUR_AGO], { name: 'Jane Doe' });
			const { failed } = await outreach.send([outreach.person(0, { name })], { safety: STOP });
			expect(outreach.reached).toEqual([]);
			expect(failed).toMatchObject([{ details: { reason: 'replyUnknown' } }]);
		},
	);

	it.each(['John Doe', 'Janet Doe', 'Jane Roe'])('concerns nobody else: "%s"', async (name) => {
		const outreach = use(BY_PROFILE);
		outreach.talked(0, [HOUR_AGO], { name: 'Jane Doe' });
		await outreach.send([outreach.person(1, { name })], { safety: STOP });
		expect(outreach.reached).toEqual([1]);
	});

	it('is found beside a group that shows the profile', async () => {
		const outreach = use(BY_PROFILE);
		outreach.sandbox.quirks.publicProfiles = true;
		outreach.talked(0, [{ direction: 'sent', content: 'Hello all', hoursAgo: 1 }]);
		outreach.talked(0, [HOUR_AGO], { linkedinUrl: '' });
		const { failed } = await outreach.send(outreach.people(1), { safety: STOP });
		expect(outreach.reached).toEqual([]);
		expect(failed).toHaveLength(1);
	});
});

describe('a lead who has replied, in a conversation that is not found', () => {
	it.each(['anyTime', 'ourLastMessage', 'lastDays'])('is left out with %s', async (replySince) => {
		const outreach = use(BY_LEAD);
		outreach.lead(0).status = 'REPLY_RECEIVED';
		const { failed } = await outreach.send(outreach.people(1), {
			safety: { ...STOP, replySince },
		});
		expect(outreach.reached).toEqual([]);
		const reason = replySince === 'anyTime' ? 'replied' : 'replyUnknown';
		expect(failed).toMatchObject([{ details: { reason } }]);
	});
});

describe('a run that stops while another sender is being checked', () => {
	it('reports what failed, and nothing about the check that ended', async () => {
		const outreach = use(BY_PROFILE);
		outreach.sandbox.inject({ fault: 'delay', ms: 300, path: '/v1/inbox/conversations' });
		outreach.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-1' });
		const items = [outreach.person(0), outreach.person(1, { sender: 'sender_bianca' })];
		const { error } = await outreach.send(items, { onError: 'stopWorkflow', safety: STOP });
		expect(error).toMatchObject({
			message: expect.stringMatching(/rejected the request: No/),
			itemIndex: 1,
			description: expect.stringContaining('1 not tried (item 0)'),
		});
	});
});

describe('what is uncertain', () => {
	it('is not found in the message to somebody else with this name', async () => {
		const outreach = use(BY_PROFILE);
		outreach.sandbox.inject({ fault: 'lostThen500', recipient: 'person-1' });
		const items = [0, 1].map((number) => outreach.person(number, { name: 'Jane Doe' }));
		outreach.after(1, () =>
			Object.assign(
				outreach.sandbox.seed.leads.find(({ linkedinUrl }) => linkedinUrl === personUrl(0))!,
				{
					firstName: 'Jane',
					lastName: 'Doe',
				},
			),
		);
		const { failed } = await outreach.send(items);
		expect(outreach.reached).toEqual([0]);
		expect(failed).toMatchObject([
			{ error: expect.stringMatching(/several conversations can be/), details: { itemIndex: 1 } },
		]);
	});

	it.each([BY_PROFILE, INVITE])('is not found in an old text: $name', async (way) => {
		const outreach = use(way);
		const items = outreach.people(1, () => ({ message: 'Hello' }));
		outreach.talked(0, [{ direction: 'sent', content: 'Hello', hoursAgo: 24 * 400 }]);
		outreach.fault('lostThen500');
		await outreach.send(items);
		const { failed } = await outreach.send(items);
		expect(failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
		expect(outreach.reached).toEqual([]);
	});

	it('is found by a new execution, if it went out after all', async () => {
		const outreach = use(BY_PROFILE);
		outreach.fault('deliveredThen500');
		outreach.hideInbox(1);
		const first = await outreach.send(outreach.people(1));
		expect(first.failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
		const { output } = await outreach.send(outreach.people(1));
		expect(output).toMatchObject([{ success: true, alreadySent: true, confirmedInInbox: true }]);
	});

	it.each([
		['line breaks', 'Hello\r\nyou', 'Hello\nyou'],
		['accents', 'Zoe\u0308, hello', 'Zoë, hello'],
		['a space that does not break', 'Hello\u00a0you', 'Hello you'],
	])('is found in spite of other %s', async (_what, message, stored) => {
		const outreach = use(BY_PROFILE);
		outreach.fault('deliveredThen500');
		outreach.after(1, () => {
			for (const one of outreach.sandbox.delivered) Object.assign(one, { message: stored });
		});
		const { output } = await outreach.send(outreach.people(1, () => ({ message })));
		expect(output).toMatchObject([{ confirmedInInbox: true }]);
	});
});

describe('the Block List', () => {
	it.each([
		...['Acme GmbH & Co. KG', 'ACME Pty. Ltd.', 'Acme Private Limited', 'Acme Co., Ltd.'],
		...['Acme A/S', 'Acme Ltda', 'Acme S.A. de C.V.', 'Acme UG (haftungsbeschränkt)', 'Acme e.V.'],
	])('has Acme, and so %s', async (company) => {
		const outreach = use(BY_PROFILE);
		const safety = { blockList: 'Acme', recipientCompany: '={{ $json.company }}' };
		const { failed } = await outreach.send([outreach.person(0, { company })], { safety });
		expect(failed).toMatchObject([{ details: { reason: 'blockList' } }]);
		expect(outreach.reached).toEqual([]);
	});

	it.each([
		['an address without a profile', 'lnkd.in/abc'],
		['an internal ID', 'in/ACoAABsandbox00000000000000000000000001'],
		['a value that is missing', '={{ ["undefined"] }}'],
		['an expression without a result', "={{ $('Start').first().json.nothing }}"],
		['a placeholder', '{{ company }}'],
	])('refuses %s', async (_what, blockList) => {
		const outreach = use(BY_PROFILE);
		const { failed } = await outreach.send(outreach.people(1), { safety: { blockList } });
		expect(failed).toMatchObject([
			{ error: expect.stringContaining('Block List'), details: { reason: 'invalidSetup' } },
		]);
		expect(outreach.reached).toEqual([]);
	});

	it('says so at the output if it has nobody', async () => {
		const outreach = use(BY_PROFILE);
		const { hints } = await outreach.send(outreach.people(1), {
			safety: { blockList: '={{ [""] }}' },
		});
		expect(hints).toEqual(['The Block List has no entries, so it leaves out nobody.']);
		expect(outreach.reached).toEqual([0]);
	});

	it('leaves out a lead whose profile cannot be compared', async () => {
		const outreach = use(BY_LEAD);
		outreach.lead(0).linkedinUrl =
			'https://www.linkedin.com/in/ACoAABsandbox00000000000000000000000001';
		const safety = { blockList: personUrl(7) };
		const { failed } = await outreach.send(outreach.people(1), { safety });
		expect(failed).toMatchObject([{ details: { reason: 'blockListUnknown' } }]);
	});
});

describe("the day's count", () => {
	it('pushes nobody out of the history', async () => {
		const outreach = use(BY_PROFILE);
		outreach.sandbox.seed.senders[0].dailyMessageLimit = Infinity;
		const before = Array.from({ length: 3_200 }, (_, number) => ({ url: personUrl(number) }));
		for (let first = 0; first < before.length; first += 400) {
			await outreach.send(before.slice(first, first + 400));
		}
		await outreach.send(before.slice(0, 1), { safety: { dryRun: true, maxPerDay: 1_000 } });
		const { output } = await outreach.send(before.slice(0, 50));
		expect(output.filter(({ alreadySent }) => alreadySent)).toHaveLength(50);
	});
});

describe('a dry run that n8n is killed in', () => {
	it('leaves nobody uncertain who was not being looked up', async () => {
		const outreach = use(BY_PROFILE);
		const n8n = await startN8n(databaseOf(outreach.sandbox));
		let reads = 0;
		const killed = killedWhen(n8n, (step) => step === 'afterGet' && ++reads === 3);
		await outreach.begin(outreach.people(30), {
			...{ safety: { ...STOP, dryRun: true, maxPerDay: 50 } },
			settings: { n8n, mode: 'trigger' },
		});
		await killed;
		const settings = { n8n: await startN8n(databaseOf(outreach.sandbox)) };
		const { output, failed } = await outreach.send(outreach.people(30), { settings });
		expect(failed).toEqual([]);
		expect(output).toHaveLength(30);
	});
});
