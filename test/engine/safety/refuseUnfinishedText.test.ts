import { BY_PROFILE, INVITE, named, TO_LEAD, useOutreach, WAYS } from './ways';

const use = useOutreach();

describe.each(named(WAYS))('Refuse Unfinished Text: %s', (_name, way) => {
	it.each([
		['Hi [Name], how are you?', '[Name]'],
		['Hi , how are you?', 'Hi ,'],
		['Hello undefined, how are you?', 'undefined'],
		['Hi {first_name}!', '{first_name}'],
	])('refuses %j before any call, and reaches the others', async (message, found) => {
		const outreach = use(way);
		const items = outreach.people(2, (number) => (number === 0 ? { message } : {}));
		const { output, failed } = await outreach.send(items);
		expect(outreach.reachedWith).toMatchObject([{ message: 'Hello' }]);
		expect(output).toHaveLength(1);
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining(`the text has something left open: "${found}"`),
				details: { delivery: 'notSent', reason: 'unfinishedText', unfinished: [found] },
			},
		]);
	});

	it('reaches nobody in a run that stops on errors, not even those before', async () => {
		const outreach = use(way);
		const items = outreach.people(2, (number) => (number === 1 ? { message: 'Hi [Name]!' } : {}));
		const { error } = await outreach.send(items, { onError: 'stopWorkflow' });
		expect(error).toMatchObject({ itemIndex: 1 });
		expect(outreach.sandbox.requests).toEqual([]);
	});

	it('is an error even where people who are left out are none', async () => {
		const outreach = use(way);
		const items = outreach.people(1, () => ({ message: 'Hi [Name]!' }));
		const { output, failed } = await outreach.send(items, { safety: { blockedItems: 'output' } });
		expect(output).toEqual([]);
		expect(failed).toHaveLength(1);
	});

	it('sends such texts as they are, once it is off', async () => {
		const outreach = use(way);
		const items = outreach.people(1, () => ({ message: 'Hi [Name]!' }));
		await outreach.send(items);
		expect(outreach.reached).toEqual([]);
		await outreach.send(items, { safety: { refuseUnfinishedText: false } });
		expect(outreach.reachedWith).toMatchObject([{ message: 'Hi [Name]!' }]);
	});
});

describe('placeholders that SendPilot fills in', () => {
	const message = 'Hi {{firstName}}!';

	it('are finished in Send to Lead, if the lead has the name', async () => {
		const outreach = use(TO_LEAD);
		outreach.lead(1).firstName = null;
		const { failed } = await outreach.send(outreach.people(2, () => ({ message })));
		expect(outreach.reachedWith).toMatchObject([{ message: 'Hi Person!' }]);
		expect(outreach.posts).toHaveLength(1);
		expect(failed).toMatchObject([
			{ details: { reason: 'unfinishedText', unfinished: ['Hi !'], itemIndex: 1 } },
		]);
	});

	it('are judged with the name, even if nothing else needs the lead', async () => {
		const outreach = use(TO_LEAD);
		outreach.lead(0).firstName = null;
		await outreach.send(
			outreach.people(1, () => ({ message })),
			{ safety: { skipLeadStatuses: [] } },
		);
		expect(outreach.reached).toEqual([]);
	});

	it.each(named([BY_PROFILE, INVITE]))('are unfinished elsewhere: %s', async (_name, way) => {
		const outreach = use(way);
		const { failed } = await outreach.send(outreach.people(1, () => ({ message })));
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([{ details: { unfinished: ['{{firstName}}'] } }]);
	});
});
