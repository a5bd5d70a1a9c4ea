import {
	deliveredTo,
	errorOf,
	jsonOf,
	pairingOf,
	personUrl,
	run,
	toProfile,
	useSandbox,
} from './support';

const use = useSandbox();

/** One who gets the message, one who does not, one of whom nobody knows. */
const PEOPLE = [
	{ url: personUrl(0), crmId: 'a' },
	{ url: personUrl(1), crmId: 'b' },
	{ url: personUrl(2), crmId: 'c' },
	{ url: 'https://www.linkedin.com/company/acme', crmId: 'd' },
];

beforeEach(() => {
	use.sandbox.inject({
		fault: 'status',
		status: 400,
		message: 'Not connected',
		recipient: 'person-1',
	});
	use.sandbox.inject({ fault: 'deliveredThen500', recipient: 'person-2' });
});

describe('On Error: Stop Workflow', () => {
	it('checks all items before it sends anything', async () => {
		const finished = await run(use.sandbox, PEOPLE, { parameters: toProfile() });
		expect(use.sandbox.requests).toEqual([]);
		expect(errorOf(finished)).toMatchObject({
			name: 'NodeOperationError',
			message: 'Message not sent: the LinkedIn profile URL is the page of a company or school',
			itemIndex: 3,
		});
		expect(errorOf(finished)?.description).toContain('not sent: 3; not tried: 0–2');
	});

	it('sends no more after the first failure, and names what became of each item', async () => {
		const finished = await run(use.sandbox, PEOPLE.slice(0, 3), { parameters: toProfile() });
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
		expect(errorOf(finished)).toMatchObject({
			name: 'NodeApiError',
			message: 'Message not sent: SendPilot refused the request: Not connected (HTTP 400)',
			itemIndex: 1,
		});
		expect(errorOf(finished)?.description).toContain(
			'Of 3 items (counted from 0), sent: 0; not sent: 1; not tried: 2.',
		);
	});

	it('lets the calls under way of other senders come to their end', async () => {
		use.sandbox.reset();
		use.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-0' });
		use.sandbox.inject({ fault: 'delay', ms: 100, recipient: 'person-1' });
		const items = [
			{ url: personUrl(0), sender: 'sender_alex' },
			{ url: personUrl(1), sender: 'sender_bianca' },
			{ url: personUrl(2), sender: 'sender_bianca' },
		];
		const finished = await run(use.sandbox, items, { parameters: toProfile() });
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(1)]);
		expect(errorOf(finished)?.description).toContain('sent: 1; not sent: 0; not tried: 2');
	});
});

describe('On Error: Continue', () => {
	it("gives every item in its place, failed ones with the input's fields and what happened", async () => {
		const node = { parameters: toProfile(), onError: 'continueRegularOutput' as const };
		const finished = await run(use.sandbox, PEOPLE, node);
		expect(errorOf(finished)).toBeUndefined();
		expect(jsonOf(finished)).toEqual([
			expect.objectContaining({ success: true, recipientLinkedinUrl: personUrl(0) }),
			{
				...PEOPLE[1],
				error: 'Message not sent: SendPilot refused the request: Not connected (HTTP 400)',
				details: {
					delivery: 'notSent',
					reason: 'invalid',
					description: expect.stringContaining('1st-degree connection'),
					httpStatus: 400,
					itemIndex: 1,
				},
			},
			{
				...PEOPLE[2],
				error:
					'Message may have been sent: SendPilot answered with a server error: Internal server error (HTTP 500)',
				details: {
					delivery: 'uncertain',
					reason: 'serverError',
					description: expect.stringContaining('Look into the conversation'),
					httpStatus: 500,
					itemIndex: 2,
				},
			},
			{
				...PEOPLE[3],
				error: 'Message not sent: the LinkedIn profile URL is the page of a company or school',
				details: {
					delivery: 'notSent',
					reason: 'invalidInput',
					description: expect.stringContaining('https://www.linkedin.com/in/'),
					itemIndex: 3,
				},
			},
		]);
		expect(pairingOf(finished)).toEqual([0, 1, 2, 3]);
	});

	it('holds for the older setting too', async () => {
		const node = { parameters: toProfile(), continueOnFail: true };
		const finished = await run(use.sandbox, PEOPLE, node);
		expect(jsonOf(finished)).toHaveLength(4);
		expect(jsonOf(finished)[1]).toMatchObject({ crmId: 'b', details: { delivery: 'notSent' } });
	});

	it('never gives an item that failed out as if it had been sent, not even without a credential', async () => {
		const node = { parameters: toProfile(), onError: 'continueRegularOutput' as const };
		const finished = await run(use.sandbox, PEOPLE, node, { credentials: {} });
		expect(jsonOf(finished)).toHaveLength(4);
		for (const json of jsonOf(finished)) {
			expect(json).toMatchObject({ details: { delivery: 'notSent' } });
		}
	});

	it('says where to get a credential if there is none', async () => {
		const node = { parameters: toProfile(), onError: 'continueRegularOutput' as const };
		const finished = await run(use.sandbox, PEOPLE.slice(0, 1), node, { credentials: {} });
		expect(jsonOf(finished)).toMatchObject([
			{
				details: {
					reason: 'notConnected',
					description: expect.stringContaining('Choose a SendPilot API credential'),
				},
			},
		]);
	});

	it('does so for a faulty option as well', async () => {
		const node = {
			parameters: toProfile({ options: { timeout: -1 } }),
			onError: 'continueErrorOutput' as const,
		};
		const finished = await run(use.sandbox, PEOPLE.slice(0, 2), node);
		expect(jsonOf(finished, 0)).toEqual([]);
		expect(jsonOf(finished, 1)[1]).toMatchObject({
			crmId: 'b',
			error: expect.stringContaining('Timeout'),
			details: { delivery: 'notSent', reason: 'notConnected' },
		});
	});
});

describe('On Error: Continue (using error output)', () => {
	it("keeps the branches apart, and the input's fields on both", async () => {
		const node = { parameters: toProfile(), onError: 'continueErrorOutput' as const };
		const finished = await run(use.sandbox, PEOPLE, node);
		expect(jsonOf(finished, 0)).toEqual([
			expect.objectContaining({ success: true, recipientLinkedinUrl: personUrl(0) }),
		]);
		expect(pairingOf(finished, 0)).toEqual([0]);
		expect(jsonOf(finished, 1)).toEqual([
			expect.objectContaining({
				crmId: 'b',
				details: expect.objectContaining({ delivery: 'notSent' }),
			}),
			expect.objectContaining({
				crmId: 'c',
				details: expect.objectContaining({ delivery: 'uncertain' }),
			}),
			expect.objectContaining({
				crmId: 'd',
				details: expect.objectContaining({ delivery: 'notSent' }),
			}),
		]);
		expect(pairingOf(finished, 1)).toEqual([1, 2, 3]);
	});
});

it('a success item never has a key named error, whatever SendPilot adds to its reply', async () => {
	use.sandbox.reset();
	const finished = await run(use.sandbox, PEOPLE.slice(0, 1), { parameters: toProfile() });
	expect(jsonOf(finished)).toHaveLength(1);
	expect(jsonOf(finished)[0]).not.toHaveProperty('error');
});
