import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { AddLeadsBody } from '../../../sendpilot/contract/lead';
import type { FaultRule } from '../../../sandbox';
import { expectAllDescribed } from '../../contract';
import { beginOperation, expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { byId, people, personUrl, sendBodies, useSandbox, withAnswer } from '../support';

const use = useSandbox();

const BY_ITEM = {
	campaignId: byId('={{ $json.campaign ?? "camp_next" }}'),
	linkedinUrl: '={{ $json.url }}',
};

const add = async (items: IDataObject[], { parameters, ...more }: Partial<OperationRun> = {}) =>
	await runOperation(use.sandbox, 'lead.addToCampaign', {
		...{ items, parameters: { ...BY_ITEM, ...parameters }, ...more },
	});

const bodies = () => sendBodies(use.sandbox) as AddLeadsBody[];
const sizes = () => bodies().map(({ campaignId, leads }) => [campaignId, leads.length]);
const inCampaign = (id: string) =>
	use.sandbox.seed.leads.filter(({ campaignId }) => campaignId === id);
const fault = (rule: FaultRule) =>
	use.sandbox.inject({ ...rule, path: '/v1/leads', method: 'POST' });
const outcomesIn = (output: IDataObject[]) => output.map(({ outcome }) => outcome);

describe('Lead → Add to Campaign', () => {
	afterEach(() => {
		if (use.sandbox.requests.length > 0) expectAllDescribed(use.sandbox);
	});

	it('adds everybody, 100 per request, and says so for each item', async () => {
		const { output, pairing } = await add(people(250));
		expect(sizes().sort()).toEqual([
			['camp_next', 100],
			['camp_next', 100],
			['camp_next', 50],
		]);
		expect(new Set(outcomesIn(output))).toEqual(new Set(['added']));
		expect(pairing).toEqual([...Array(250).keys()]);
		expect(inCampaign('camp_next')).toHaveLength(250);
		expect(output[249]).toEqual({
			...{ outcome: 'added', reason: null, linkedinUrl: personUrl(249), campaignId: 'camp_next' },
			...{ leadId: null, duplicateOfItem: null },
			request: { leads: 50, leadsAdded: 50, duplicatesSkipped: 0, invalidEntries: 0 },
		});
	});

	it('does nothing without items', async () => {
		expect(await add([])).toMatchObject({ output: [], error: undefined });
		expect(use.sandbox.requests).toEqual([]);
	});

	it('makes 50 calls for 5,000 items, several at a time, but not many', async () => {
		fault({ fault: 'delay', ms: 20, times: Infinity });
		const { output } = await add(people(5_000));
		expect(outcomesIn(output).filter((outcome) => outcome === 'added')).toHaveLength(5_000);
		expect(use.sandbox.requests).toHaveLength(50);
		const sent = bodies().flatMap(({ leads }) => leads.map(({ linkedinUrl }) => linkedinUrl));
		expect(new Set(sent).size).toBe(5_000);
		const { requests } = use.sandbox;
		const peak = Math.max(
			...requests.map(
				({ startedAt }) =>
					requests.filter((one) => one.startedAt <= startedAt && startedAt < one.endedAt!).length,
			),
		);
		expect(peak).toBeGreaterThan(1);
		expect(peak).toBeLessThanOrEqual(4);
	});

	it('groups whatever mix of campaigns the items name, in the order of the items', async () => {
		const campaigns = ['camp_next', 'camp_saas', 'camp_expo'];
		const items = people(240, (index) => ({ campaign: campaigns[index % 3] }));
		const { output, pairing } = await add(items);
		expect(sizes()).toHaveLength(3);
		for (const { campaignId, leads } of bodies()) {
			expect(leads.map(({ linkedinUrl }) => linkedinUrl)).toEqual(
				items.filter(({ campaign }) => campaign === campaignId).map(({ url }) => url),
			);
		}
		expect(output.map(({ campaignId }) => campaignId)).toEqual(
			items.map(({ campaign }) => campaign),
		);
		expect(pairing).toEqual([...items.keys()]);
	});

	it.each([
		['https://www.linkedin.com/in/Jane-Roe/'],
		['uk.linkedin.com/in/jane-roe?trk=x'],
		['in/jane-roe?miniProfileUrn=urn%3Ali%3Afs_miniProfile%3A1'],
		['in/jane-roe%253FminiProfileUrn%253Durn'],
	])('takes %s', async (url) => {
		const { output } = await add([{ url }]);
		expect(output).toMatchObject([{ outcome: 'added' }]);
		expect(bodies()[0].leads).toEqual([{ linkedinUrl: 'https://www.linkedin.com/in/jane-roe' }]);
	});

	describe('who is in the campaign already', () => {
		it('is a duplicate, if all of the request are', async () => {
			await add(people(3));
			const { output } = await add(people(3));
			expect(outcomesIn(output)).toEqual(['duplicate', 'duplicate', 'duplicate']);
			expect(inCampaign('camp_next')).toHaveLength(3);
		});

		it('is not told apart from who was added, if some are', async () => {
			await add(people(3));
			const { output } = await add(people(100));
			expect(new Set(outcomesIn(output))).toEqual(new Set(['unknown']));
			expect(output[99]).toMatchObject({
				reason: expect.stringContaining('not which ones'),
				request: { leads: 100, leadsAdded: 97, duplicatesSkipped: 3, invalidEntries: 0 },
			});
		});
	});

	describe('the same person twice in the run', () => {
		it('is sent once per campaign, with the first item, and the others point to it', async () => {
			const items = [
				{ url: personUrl(1) },
				{ url: 'linkedin.com/in/PERSON-1/', n: 2 },
				{ url: personUrl(1), campaign: 'camp_expo' },
				{ url: `${personUrl(1)}?x=1`, campaign: 'camp_expo' },
			];
			const { output } = await add(items);
			expect(output).toMatchObject([
				{ outcome: 'added', duplicateOfItem: null },
				{
					...{ outcome: 'duplicate', duplicateOfItem: 0, request: null },
					reason: expect.stringContaining('item 0'),
				},
				{ outcome: 'added', duplicateOfItem: null, campaignId: 'camp_expo' },
				{ outcome: 'duplicate', duplicateOfItem: 2 },
			]);
			expect(sizes()).toEqual([
				['camp_next', 1],
				['camp_expo', 1],
			]);
		});

		it('is sent with a later item, if the first one cannot be used', async () => {
			const items = [
				{ url: personUrl(1), email: 'nonsense' },
				{ url: personUrl(1), email: 'p@example.com' },
			];
			const { output, failed } = await add(items, {
				parameters: { additionalFields: { email: '={{ $json.email }}' } },
				onError: 'continueErrorOutput',
			});
			expect(output).toMatchObject([{ outcome: 'added', duplicateOfItem: null }]);
			expect(failed).toMatchObject([{ details: { itemIndex: 0 } }]);
		});
	});

	describe('an item that cannot be used', () => {
		const items = [
			{ url: personUrl(1) },
			{ url: 'https://lnkd.in/x' },
			{ url: personUrl(2), campaign: ' ' },
			{ url: { a: 1 } },
			{ url: personUrl(3) },
		];

		it('never sinks the others', async () => {
			const { output, failed } = await add(items, { onError: 'continueErrorOutput' });
			expect(outcomesIn(output)).toEqual(['added', 'added']);
			expect(failed).toMatchObject([
				{ error: expect.stringContaining('short link'), details: { itemIndex: 1 } },
				{ error: 'The field Campaign is empty', details: { itemIndex: 2 } },
				{ error: expect.stringContaining('not text'), details: { itemIndex: 3 } },
			]);
			expect(sizes()).toEqual([['camp_next', 2]]);
		});

		it('stays on the regular output with its own fields', async () => {
			const { output, pairing } = await add(items, { onError: 'continueRegularOutput' });
			expect(output).toHaveLength(5);
			expect(pairing).toEqual([0, 1, 2, 3, 4]);
			expect(output[1]).toMatchObject({ url: 'https://lnkd.in/x', error: expect.any(String) });
		});

		it('stops the node before the first call', async () => {
			const { error } = await add([...people(300), { url: 'x' }]);
			expect(error).toMatchObject({ itemIndex: 300 });
			expect(use.sandbox.requests).toEqual([]);
		});
	});

	describe('fields', () => {
		const leadFor = async (item: IDataObject, parameters: INodeParameters) => {
			const { error, output } = await add([{ url: personUrl(1), ...item }], { parameters });
			return error ? { error } : { output, lead: bodies()[0].leads[0] };
		};
		const assigned = (...assignments: Array<[name: string, type: string, value: unknown]>) => ({
			customFields: {
				assignments: assignments.map(([name, type, value], id) => ({
					...{ id: `${id}`, name, type, value },
				})),
			} as INodeParameters,
		});
		const OTHERS = { customFieldsFrom: 'allOtherInputFields' };

		it('sends known fields as text, without those that are empty', async () => {
			const { lead } = await leadFor(
				{ first: ' Jane ', nr: 7, none: null },
				{
					additionalFields: {
						...{ firstName: '={{ $json.first }}', company: '={{ $json.nr }}' },
						...{ lastName: '={{ $json.none }}', title: ' ', email: 'jane@example.com' },
					},
				},
			);
			expect(lead).toEqual({
				...{ linkedinUrl: personUrl(1), firstName: 'Jane', company: '7' },
				email: 'jane@example.com',
			});
		});

		it('sends custom fields beside them, in their types', async () => {
			const custom = assigned(
				['topic', 'string', '={{ $json.topic }}'],
				['employees', 'number', '250'],
				['isCustomer', 'boolean', false],
				['tags', 'array', '["a"]'],
				['none', 'string', '={{ null }}'],
			);
			const { lead } = await leadFor({ topic: 'support' }, custom);
			expect(lead).toEqual({
				...{ linkedinUrl: personUrl(1), topic: 'support', employees: 250 },
				...{ isCustomer: false, tags: ['a'] },
			});
			expect(inCampaign('camp_next')[0].data).toMatchObject({ topic: 'support' });
		});

		it.each([
			['the name of a known field', assigned(['Email', 'string', 'x']), /cannot be called "Email"/],
			['the profile URL’s name', assigned(['linkedinUrl', 'string', 'x']), /cannot be called/],
			['the same name twice', assigned(['a', 'string', 'x'], ['a', 'string', 'y']), /two custom/],
			['no name', assigned([' ', 'string', 'x']), /has no name/],
			['a value of another type', assigned(['n', 'number', 'many']), /custom field n has a value/i],
			['custom fields that are a text', { customFields: 'x' }, /neither empty nor a collection/],
			['custom fields that are no list', { customFields: { assignments: 'x' } }, /not a list/],
			['a custom field that is none', { customFields: { assignments: [null] } }, /not a list/],
			['a bad email address', { additionalFields: { email: 'n/a' } }, /"n\/a" is not an email/],
			[
				'an email address of more than 320 characters',
				{ additionalFields: { email: `jane@${'x'.repeat(1_000)}.com` } },
				/"jane@x{315}…" is not an email/,
			],
		])('refuses %s', async (_, parameters, message) => {
			const { error } = await leadFor({}, parameters);
			expect(error).toMatchObject({ message: expect.stringMatching(message), itemIndex: 0 });
			expect(error?.description).not.toBe('');
			expect(use.sandbox.requests).toEqual([]);
		});

		it('sends all other input fields, but none that an expression uses or that is left out', async () => {
			const { lead } = await leadFor(
				{
					...{ campaign: 'camp_expo', first: 'Jane', topic: 'support', row_number: 3, owner: 'x' },
					...{ list: [1], empty: '', none: null, 'job title': 'CTO', firm: 'Acme' },
				},
				{
					...OTHERS,
					additionalFields: {
						...{ firstName: '={{ $json.first }}', title: '={{ $json["job title"] }}' },
						company: '={{ $input.item.json.firm }}',
					},
					excludedFields: 'row_number, owner',
				},
			);
			expect(lead).toEqual({
				...{ linkedinUrl: personUrl(1), firstName: 'Jane', title: 'CTO', company: 'Acme' },
				...{ topic: 'support', list: [1], empty: '' },
			});
		});

		it('sends an input field with any name, as it is', async () => {
			const item = JSON.parse('{ "__proto__": "x", "constructor": "y" }') as IDataObject;
			const { lead } = await leadFor(item, OTHERS);
			expect(JSON.stringify(lead)).toContain('"__proto__":"x","constructor":"y"');
		});

		it('takes nothing from the input of a tool, where n8n adds fields of its own', async () => {
			const items = [{ url: personUrl(1), toolCallId: 'call_1', Note: 'from the model' }];
			await add(items, { parameters: OTHERS, asTool: true });
			expect(bodies()[0].leads).toEqual([{ linkedinUrl: personUrl(1) }]);
		});

		it('fills in known fields from input fields of that name, unless the node sets them', async () => {
			const { lead } = await leadFor(
				{ Email: 'jane@example.com', firstName: 'J.', lastName: '', LinkedinURL: 'x', company: 5 },
				{ ...OTHERS, additionalFields: { firstName: 'Jane' } },
			);
			expect(lead).toEqual({
				...{ linkedinUrl: personUrl(1), firstName: 'Jane', company: '5' },
				email: 'jane@example.com',
			});
		});
	});

	describe('faults', () => {
		const mixed = people(150, (index) => ({ campaign: index < 100 ? 'camp_next' : 'camp_expo' }));
		const expoRule = { path: '/v1/leads', method: 'POST', after: 1 };

		it('a server error that passes is tried again', async () => {
			fault({ fault: 'status', status: 500, message: 'no' });
			const { output } = await add(people(3));
			expect(outcomesIn(output)).toEqual(['added', 'added', 'added']);
			expect(use.sandbox.requests).toHaveLength(2);
		});

		it('people whom a try without an answer may have added are not called duplicates', async () => {
			fault({ fault: 'resetAfterDelivery' });
			const { output } = await add(people(3));
			expect(outcomesIn(output)).toEqual(['unknown', 'unknown', 'unknown']);
			expect(output[0].reason).toMatch(/is in the campaign/);
			expect(inCampaign('camp_next')).toHaveLength(3);
		});

		it('a rate limit is waited for, and leaves no doubt', async () => {
			await add(people(2));
			fault({ fault: 'rateLimited', retryAfter: 0 });
			const { output } = await add(people(2));
			expect(outcomesIn(output)).toEqual(['duplicate', 'duplicate']);
		});

		it('a request that fails for good fails only its own items, and may be run again', async () => {
			use.sandbox.inject({ fault: 'status', status: 500, message: 'no', ...expoRule, times: 3 });
			const { output, failed } = await add(mixed, { onError: 'continueErrorOutput' });
			expect(output.map(({ campaignId }) => campaignId)).toEqual(Array(100).fill('camp_next'));
			expect(failed).toHaveLength(50);
			expect(failed[49]).toMatchObject({
				error: expect.stringContaining('server error'),
				details: { itemIndex: 149, description: expect.stringContaining('does no harm') },
			});
			expect(use.sandbox.requests).toHaveLength(4);

			const again = await add(mixed.slice(100));
			expect(outcomesIn(again.output)).toEqual(Array(50).fill('added'));
		});

		it('an error that ends the run says what became of the other items', async () => {
			const items = ['camp_next', 'gone', 'camp_next'].map((campaign, index) => ({
				...people(3)[index],
				campaign,
			}));
			const { error } = await add(items);
			expect(error).toMatchObject({
				itemIndex: 1,
				message: expect.stringContaining('Campaign not found'),
				description: expect.stringMatching(/^2 of 3 done \(items 0, 2\), 1 failed \(item 1\)\. /),
			});
		});

		it('an item that cannot be used ends the run before anybody is added', async () => {
			const { error } = await add([
				...people(2),
				{ url: 'linkedin.com/company/acme' },
				...people(1),
			]);
			expect(error?.description).toMatch(
				/^0 of 4 done, 1 failed \(item 2\), 3 not tried \(items 0–1, 3\)\. /,
			);
			expect(use.sandbox.requests).toEqual([]);
		});

		it('a timeout is tried again, then fails', async () => {
			fault({ fault: 'hang', times: Infinity });
			const { error } = await add(people(2), { parameters: { options: { timeout: 1 } } });
			expect(error).toMatchObject({
				...{ message: expect.stringContaining('did not answer in time'), itemIndex: 0 },
				description: expect.stringContaining('does no harm'),
			});
			expect(use.sandbox.requests).toHaveLength(3);
		});

		it.each(['continueErrorOutput', 'stopWorkflow'] as const)(
			'a wrong key costs one call, with %s',
			async (onError) => {
				fault({ fault: 'status', status: 401, message: 'no', times: Infinity });
				const { failed, error } = await add(people(500), { onError });
				expect(use.sandbox.requests).toHaveLength(1);
				expect(failed).toHaveLength(onError === 'stopWorkflow' ? 0 : 500);
				expect(error?.itemIndex).toBe(onError === 'stopWorkflow' ? 0 : undefined);
			},
		);

		it('a campaign that does not exist fails its items alone', async () => {
			const items = [{ url: personUrl(1), campaign: 'gone' }, { url: personUrl(2) }];
			const { output, failed } = await add(items, { onError: 'continueErrorOutput' });
			expect(outcomesIn(output)).toEqual(['added']);
			expect(failed).toMatchObject([
				{ error: expect.stringContaining('Campaign not found'), details: { itemIndex: 0 } },
			]);
		});

		it('nothing is sent after a failure, if the node stops on errors', async () => {
			fault({ fault: 'status', status: 403, message: 'Missing scope leads:write' });
			const { error } = await add(people(900));
			expect(error?.message).toMatch(/Missing scope leads:write/);
			expect(use.sandbox.requests).toHaveLength(1);
		});

		it('a request refused because of some leads goes out without them', async () => {
			const message = ['leads.1.email must be an email', 'leads.1.title must be a string'];
			fault({ fault: 'status', status: 400, message });
			const { output } = await add(people(3));
			expect(outcomesIn(output)).toEqual(['added', 'invalid', 'added']);
			expect(output[1]).toMatchObject({
				reason: 'leads.1.email must be an email; leads.1.title must be a string',
				request: null,
			});
			expect(output[0].request).toMatchObject({ leads: 2, leadsAdded: 2 });
			expect(bodies()[1].leads.map(({ linkedinUrl }) => linkedinUrl)).toEqual([
				personUrl(0),
				personUrl(2),
			]);
		});

		it('nor are people whom a try before that refusal may have added', async () => {
			fault({ fault: 'status', status: 502, message: 'Bad gateway', delivered: true });
			fault({ fault: 'status', status: 400, message: ['leads.1.email is bad'] });
			const { output } = await add(people(3));
			expect(outcomesIn(output)).toEqual(['unknown', 'invalid', 'unknown']);
			expect(output[0].reason).toMatch(/is in the campaign/);
			expect(use.sandbox.requests).toHaveLength(3);
		});

		it('an item with the same person as a refused one is refused too, not a duplicate', async () => {
			fault({ fault: 'status', status: 400, message: ['leads.0.email is bad'] });
			const { output } = await add([...people(2), ...people(1)]);
			expect(outcomesIn(output)).toEqual(['invalid', 'added', 'invalid']);
			expect(output[2]).toMatchObject({ duplicateOfItem: 0 });
			expect(inCampaign('camp_next')).toHaveLength(1);
		});

		it.each([
			['about the request as a whole', 'campaignId must be a string'],
			['about all leads', ['leads.0.email is bad', 'leads.1.email is bad']],
			['about a lead that was not sent', 'leads.2.email is bad'],
		])('a refusal %s fails its items, after one call', async (_, message) => {
			fault({ fault: 'status', status: 400, message });
			const { failed } = await add(people(2), { onError: 'continueErrorOutput' });
			expect(failed).toMatchObject([
				{ error: expect.stringContaining([message].flat()[0]), details: { reason: 'invalid' } },
				{ details: { reason: 'invalid' } },
			]);
			expect(use.sandbox.requests).toHaveLength(1);
		});

		it('no success is an error', async () => {
			fault({ fault: 'unsuccessful', status: 200 });
			const { error } = await add(people(1));
			expect(error?.message).toMatch(/LinkedIn did not take the message/);
		});
	});

	describe('Find Lead IDs', () => {
		const options = { findLeadIds: true };
		const reads = () => use.sandbox.requests.filter(({ method }) => method === 'GET');

		it('fills in the IDs, with one reading of each campaign', async () => {
			await add(people(2));
			const items = [
				...people(150),
				{ url: personUrl(5) },
				...people(20, () => ({ campaign: 'camp_webinar' })),
			];
			const { output } = await add(items, { parameters: { options } });
			const idOf = new Map(
				use.sandbox.seed.leads.map(({ id, campaignId, linkedinUrl }) => [
					`${campaignId} ${linkedinUrl}`,
					id,
				]),
			);
			expect(output.map(({ leadId }) => leadId)).toEqual(
				output.map(({ campaignId, linkedinUrl }) => idOf.get(`${campaignId} ${linkedinUrl}`)),
			);
			expect(output.every(({ leadId }) => typeof leadId === 'string')).toBe(true);
			expect(reads()).toHaveLength(3);
			const invalid = await addWithAnswer(1, {
				...{ leadsAdded: 0, duplicatesSkipped: 0, invalidEntries: 1 },
				errors: [{ index: 0, reason: 'No such profile' }],
			});
			expectSchema('lead.addToCampaign', [...output, ...invalid]);
		});

		it('says so if SendPilot does not list the whole campaign', async () => {
			const cut = { fault: 'status', status: 400, message: 'page must not be greater' } as const;
			use.sandbox.inject({ ...cut, path: '/v1/leads', method: 'GET', after: 2, times: Infinity });
			const { result } = await beginOperation(use.sandbox, 'lead.addToCampaign', {
				...{ items: people(1, () => ({ campaign: 'camp_saas' })) },
				parameters: { ...BY_ITEM, options },
			});
			const [run] = (await result).data.resultData.runData['Send'];
			expect(run.data!.main[0]).toMatchObject([{ json: { outcome: 'added', leadId: null } }]);
			expect(run.hints).toMatchObject([
				{ message: expect.stringMatching(/only listed [12]00 of the leads .* camp_saas/) },
			]);
		});

		it('reads only for the items that need it', async () => {
			const items = people(4, (index) => ({ wanted: index === 2 }));
			const { output } = await add(items, {
				parameters: { options: { findLeadIds: '={{ $json.wanted }}' } },
			});
			expect(output.map(({ leadId }) => typeof leadId === 'string')).toEqual([
				false,
				false,
				true,
				false,
			]);
		});

		it('reads nothing after a wrong key', async () => {
			fault({ fault: 'status', status: 401, message: 'no', times: Infinity });
			const items = [...people(150), { url: personUrl(5) }];
			await add(items, { parameters: { options }, onError: 'continueErrorOutput' });
			expect(use.sandbox.requests).toHaveLength(1);
		});

		it('keeps what was added, and says why the IDs are missing, if reading fails', async () => {
			const refused = {
				fault: 'status',
				status: 403,
				message: 'Missing scope leads:read',
			} as const;
			use.sandbox.inject({ ...refused, path: '/v1/leads', method: 'GET' });
			const { result } = await beginOperation(use.sandbox, 'lead.addToCampaign', {
				...{ items: people(2), parameters: { ...BY_ITEM, options } },
			});
			const [run] = (await result).data.resultData.runData['Send'];
			expect(run.error).toBeUndefined();
			expect(run.data!.main[0]).toMatchObject([
				{ json: { outcome: 'added', leadId: null } },
				{ json: { outcome: 'added', leadId: null } },
			]);
			expect(run.hints).toMatchObject([
				{ message: expect.stringContaining('Missing scope leads:read') },
			]);
		});
	});

	it('works as a tool of an AI agent, with an error that says what to do', async () => {
		const ok = await add([{ url: personUrl(1) }], { asTool: true });
		expect(ok.output).toMatchObject([{ outcome: 'added' }]);
		const { error } = await add([{ url: 'linkedin.com/company/acme' }], { asTool: true });
		expect(error?.message).toMatch(/company or school page\. .*linkedin\.com\/in\//);
	});
});

/** Adds people at a SendPilot that gives one answer to everything. */
async function addWithAnswer(count: number, answer: IDataObject): Promise<IDataObject[]> {
	const { result } = await withAnswer(
		{ success: true, ...answer },
		async (settings) => await add(people(count), { settings }),
	);
	return result.output;
}

describe('Lead → Add to Campaign, with answers that the sandbox does not give', () => {
	it.each([
		[
			'says who is invalid',
			{
				...{ leadsAdded: 2, duplicatesSkipped: 0, invalidEntries: 1 },
				errors: [{ linkedinUrl: personUrl(1), reason: 'Not found on LinkedIn', index: 1 }],
			},
			['added', 'invalid', 'added'],
			'Not found on LinkedIn',
		],
		[
			'calls a part of the leads no success',
			{
				...{ success: false, leadsAdded: 2, duplicatesSkipped: 0, invalidEntries: 1 },
				errors: [{ linkedinUrl: personUrl(1), reason: 'Private profile' }],
				error: 'Not all leads were added',
			},
			['added', 'invalid', 'added'],
			'Private profile',
		],
		[
			'has counters that contradict each other',
			{ leadsAdded: 3, duplicatesSkipped: 3, invalidEntries: 0 },
			['unknown', 'unknown', 'unknown'],
			expect.stringContaining('do not add up'),
		],
		[
			'has no counters',
			{},
			['unknown', 'unknown', 'unknown'],
			expect.stringContaining('do not add up'),
		],
	])('that %s', async (_, answer, outcomes, reason) => {
		const output = await addWithAnswer(3, answer);
		expect(outcomesIn(output)).toEqual(outcomes);
		expect(output[1].reason).toEqual(reason);
	});

	it.each([
		{ success: false, leadsAdded: 0, duplicatesSkipped: 0, invalidEntries: 0, message: 'Full' },
		{ success: false, errors: [{ index: 1, reason: 'Private profile' }], message: 'Full' },
	])('that shows nothing that was done is an error: %j', async (answer) => {
		const { result } = await withAnswer(
			answer,
			async (settings) => await add(people(3), { settings }),
		);
		expect(result.error?.message).toMatch(/^SendPilot reports that it did not do this: Full/);
	});
});
