import { outputOf } from '../../engine/run';
import {
	deliveredTo,
	errorOf,
	jsonOf,
	pairingOf,
	personUrl,
	run,
	SEND,
	sendBodies,
	toProfile,
	useSandbox,
} from './support';

const use = useSandbox();

/** One gets the message, one does not, one may have, and one has an unusable address. */
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
			message:
				'Message not sent: the LinkedIn Profile URL is a company or school page. 0 of 4 sent.',
			itemIndex: 3,
		});
		expect(errorOf(finished)?.description).toMatch(
			/^0 of 4 sent, 1 not sent \(item 3\), 3 not tried \(items 0–2\)\. .*safe to run the workflow again/,
		);
	});

	it('sends no more after the first failure, and says what became of each item', async () => {
		const finished = await run(use.sandbox, PEOPLE.slice(0, 3), { parameters: toProfile() });
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
		expect(errorOf(finished)).toMatchObject({
			name: 'NodeApiError',
			message:
				'Message not sent: The recipient is not a 1st-degree connection of the sender: Not connected (HTTP 400). 1 of 3 sent.',
			itemIndex: 1,
		});
		expect(errorOf(finished)?.description).toMatch(
			/^1 of 3 sent \(item 0\), 1 not sent \(item 1\), 1 not tried \(item 2\)\. .*leave this person out here.*Do not run the whole workflow again/,
		);
	});

	it('lets calls of other senders finish that are under way', async () => {
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
		expect(errorOf(finished)?.description).toContain(
			'1 of 3 sent (item 1), 1 not sent (item 0), 1 not tried (item 2). ',
		);
	});

	describe('while another sender waits', () => {
		const alex = (index: number) => ({ url: personUrl(index), sender: 'sender_alex' });
		/** By a sender that does not exist, which SendPilot says only after a while. */
		const gone = (index: number) => ({ url: personUrl(index), sender: 'sender_gone' });

		beforeEach(() => {
			use.sandbox.reset();
			use.sandbox.inject({ fault: 'delay', ms: 50, senderId: 'sender_gone' });
		});

		it('does not wait for its pause to end', async () => {
			const parameters = toProfile({ options: { minDelay: 3_600 } });
			const finished = await run(use.sandbox, [alex(0), gone(1), alex(2)], { parameters });
			expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
			expect(errorOf(finished)).toMatchObject({
				itemIndex: 1,
				description: expect.stringContaining(
					'1 of 3 sent (item 0), 1 not sent (item 1), 1 not tried (item 2). ',
				),
			});
		});

		it('does not wait until SendPilot would accept its message, and leaves that untried', async () => {
			use.sandbox.inject({ fault: 'rateLimited', retryAfter: 50, recipient: 'person-0' });
			const finished = await run(use.sandbox, [alex(0), gone(1)], { parameters: toProfile() });
			expect(sendBodies(use.sandbox)).toHaveLength(2);
			expect(errorOf(finished)).toMatchObject({
				message: expect.stringContaining('Sender not found'),
				itemIndex: 1,
				description: expect.stringContaining(
					'0 of 2 sent, 1 not sent (item 1), 1 not tried (item 0). ',
				),
			});
		});
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
				error:
					'Message not sent: The recipient is not a 1st-degree connection of the sender: Not connected (HTTP 400)',
				details: {
					delivery: 'notSent',
					reason: 'notFirstDegree',
					description: expect.stringContaining('Connection Request Accepted'),
					httpStatus: 400,
					itemIndex: 1,
				},
			},
			{
				...PEOPLE[2],
				error:
					'Message may have been sent: SendPilot answered with a server error: Internal server error (HTTP 500). It was not found in the inbox: LinkedIn hides most profile addresses there, and Recipient Name is not filled in',
				details: {
					delivery: 'uncertain',
					reason: 'serverError',
					description: expect.stringContaining('Check the conversation'),
					httpStatus: 500,
					itemIndex: 2,
				},
			},
			{
				...PEOPLE[3],
				error: 'Message not sent: the LinkedIn Profile URL is a company or school page',
				details: {
					delivery: 'notSent',
					reason: 'invalidInput',
					description: expect.stringContaining('linkedin.com/in/'),
					itemIndex: 3,
				},
			},
		]);
		expect(pairingOf(finished)).toEqual([0, 1, 2, 3]);
	});

	it('works for the older setting too', async () => {
		const node = { parameters: toProfile(), continueOnFail: true };
		const finished = await run(use.sandbox, PEOPLE, node);
		expect(jsonOf(finished)).toHaveLength(4);
		expect(jsonOf(finished)[1]).toMatchObject({ crmId: 'b', details: { delivery: 'notSent' } });
	});

	it('never lets a failed item pass for a sent one, not even without a credential', async () => {
		const node = { parameters: toProfile(), onError: 'continueRegularOutput' as const };
		const finished = await run(use.sandbox, PEOPLE, node, { credentials: {} });
		expect(jsonOf(finished)).toHaveLength(4);
		for (const json of jsonOf(finished)) {
			expect(json).toMatchObject({ details: { delivery: 'notSent' } });
		}
	});

	it('says which field needs a credential if there is none', async () => {
		const node = { parameters: toProfile(), onError: 'continueRegularOutput' as const };
		const finished = await run(use.sandbox, PEOPLE.slice(0, 1), node, { credentials: {} });
		expect(jsonOf(finished)).toMatchObject([
			{
				error: expect.stringMatching(/^Message not sent: .*SendPilot API credential/),
				details: {
					reason: 'invalidSetup',
					description: expect.stringContaining(
						'Choose a SendPilot API credential under "Credential to connect with"',
					),
				},
			},
		]);
	});

	it('does the same for an invalid option', async () => {
		const node = {
			parameters: toProfile({ options: { timeout: -1 } }),
			onError: 'continueErrorOutput' as const,
		};
		const finished = await run(use.sandbox, PEOPLE.slice(0, 2), node);
		expect(jsonOf(finished, 0)).toEqual([]);
		expect(jsonOf(finished, 1)[1]).toMatchObject({
			crmId: 'b',
			error: expect.stringContaining('Timeout'),
			details: { delivery: 'notSent', reason: 'invalidSetup' },
		});
	});
});

describe('Include Input Fields', () => {
	const parameters = toProfile({ options: { includeInputFields: true } });

	it("keeps the CRM's fields of sent items, and the result's where both have one", async () => {
		const items = [{ url: personUrl(0), crmId: 'a', status: 'customer' }];
		const finished = await run(use.sandbox, items, { parameters });
		expect(jsonOf(finished)).toEqual([
			expect.objectContaining({ url: personUrl(0), crmId: 'a', status: 'sent', success: true }),
		]);
		expect(pairingOf(finished)).toEqual([0]);
	});

	it('keeps them on both outputs, and lets each item go to its own', async () => {
		const node = { parameters, onError: 'continueErrorOutput' as const };
		const finished = await run(use.sandbox, PEOPLE, node);
		expect(jsonOf(finished, 0).map(({ crmId }) => crmId)).toEqual(['a']);
		expect(jsonOf(finished, 1).map(({ crmId }) => crmId)).toEqual(['b', 'c', 'd']);
	});

	it('never lets an item that failed before pass for failed again', async () => {
		const items = [{ url: personUrl(0), error: 'Message not sent', details: { reason: 'lost' } }];
		const node = { parameters, onError: 'continueErrorOutput' as const };
		const finished = await run(use.sandbox, items, node);
		expect(jsonOf(finished, 1)).toEqual([]);
		expect(jsonOf(finished, 0)).toEqual([expect.objectContaining({ success: true })]);
		expect(jsonOf(finished, 0)[0]).not.toHaveProperty('details');
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

describe('an item that looks like output of the node', () => {
	const FORGED = {
		error: 'Message not sent: forged',
		message: 'Forged',
		details: { delivery: 'notSent', forged: true },
		success: true,
		messageId: 'msg_9',
	};
	const sent = { ...FORGED, url: personUrl(0) };
	const failed = { ...FORGED, url: personUrl(1), crmId: 'b' };
	const parameters = toProfile({ message: 'Hello' });

	it('is sent once and counts as sent, also with Retry On Fail', async () => {
		const node = { parameters, retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
		const finished = await run(use.sandbox, [sent], node);
		expect(errorOf(finished)).toBeUndefined();
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
		expect(jsonOf(finished)).toEqual([expect.objectContaining({ messageId: 'msg_1' })]);
		expect(jsonOf(finished)[0]).not.toHaveProperty('error');
	});

	it('goes to the branch where it belongs, with what really happened', async () => {
		const node = { parameters, onError: 'continueErrorOutput' as const };
		const finished = await run(use.sandbox, [sent, failed], node);
		expect(jsonOf(finished, 0)).toEqual([expect.objectContaining({ messageId: 'msg_1' })]);
		expect(jsonOf(finished, 1)).toEqual([
			{
				...failed,
				error:
					'Message not sent: The recipient is not a 1st-degree connection of the sender: Not connected (HTTP 400)',
				details: expect.objectContaining({ reason: 'notFirstDegree', itemIndex: 1 }),
			},
		]);
		expect(jsonOf(finished, 1)[0].details).not.toHaveProperty('forged');
	});

	it('says what really happened on the regular output', async () => {
		const node = { parameters, onError: 'continueRegularOutput' as const };
		const finished = await run(use.sandbox, [failed, sent], node);
		expect(jsonOf(finished)[0]).toMatchObject({
			crmId: 'b',
			error: expect.stringContaining('Not connected'),
			details: { delivery: 'notSent', itemIndex: 0 },
		});
		expect(jsonOf(finished)[1]).not.toHaveProperty('error');
	});
});

describe('the files of an item', () => {
	const card = { mimeType: 'text/vcard', fileName: 'jane.vcf', data: 'QkVHSU46VkNBUkQ=' };

	it.each([
		['continueRegularOutput', 0],
		['continueErrorOutput', 1],
	] as const)('stay with it where it failed (%s)', async (onError, output) => {
		const items = [{ json: { url: personUrl(1) }, binary: { card } }];
		const finished = await run(use.sandbox, items, { parameters: toProfile(), onError });
		const [item] = outputOf(finished, SEND, output);
		expect(item).toMatchObject({ json: { details: { delivery: 'notSent' } }, binary: { card } });
	});
});
