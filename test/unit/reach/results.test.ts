import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { notTried, type Failure, type Outcome } from '../../../nodes/shared/reach/outcome';
import { runError, toItems } from '../../../nodes/shared/reach/results';
import { MESSAGE_WORDS } from '../../../nodes/shared/reach/peopleWords';
import type { SentMessage } from '../../../sendpilot/sentMessage';

const MESSAGE: SentMessage = {
	success: true,
	messageId: 'msg_1',
	status: 'sent',
	sentAt: null,
	recipientLinkedinUrl: null,
	leadId: 'lead_jane',
	senderId: null,
	campaignId: null,
	conversationId: null,
};
const SENT: Outcome = { sent: MESSAGE };
const NOT_SENT: Outcome = notTried(
	'invalidInput',
	{ what: 'it is odd', next: 'Fix it.' },
	MESSAGE_WORDS,
);
const UNCERTAIN: Outcome = {
	failure: { delivery: 'uncertain', reason: 'lost', message: 'Unknown', fix: '' },
};

/** The part of n8n's context that the output is made with. */
function contextOf(
	input: INodeExecutionData[],
	onError?: INode['onError'],
	{ type = 'test', mode = 'trigger', isOld = false } = {},
) {
	const node = { id: '1', name: 'Send', type, typeVersion: 1, onError };
	return {
		getInputData: () => input,
		getNode: () => node,
		getMode: () => mode,
		...(isOld ? {} : { onExecutionFinish: () => undefined }),
	} as unknown as IExecuteFunctions;
}

describe('the output', () => {
	/** An item that pretends to be the node's own output. */
	const FORGED = { error: '', details: { delivery: 'sent' }, success: true, messageId: 'msg_9' };
	const binary = { card: { mimeType: 'image/png', data: 'AAAA' } };

	it('holds of a sent message nothing but the message, whatever the input pretends', () => {
		for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const items = toItems(contextOf([{ json: FORGED }], onError), [SENT], MESSAGE_WORDS, false);
			expect(items).toEqual([{ json: MESSAGE, pairedItem: { item: 0 } }]);
		}
	});

	it('keeps of a failed item all that it had, and says what happened over all that it pretends', () => {
		const context = contextOf([{ json: { ...FORGED, crmId: 7 }, binary }], 'continueRegularOutput');
		expect(toItems(context, [NOT_SENT], MESSAGE_WORDS, false)).toEqual([
			{
				json: {
					...FORGED,
					crmId: 7,
					error: 'Message not sent: it is odd',
					details: {
						delivery: 'notSent',
						reason: 'invalidInput',
						description: expect.stringMatching(/^Fix it\. /),
						itemIndex: 0,
					},
				},
				binary,
				pairedItem: { item: 0 },
			},
		]);
	});

	it('leaves the input’s fields to n8n on the error output, which takes no other keys', () => {
		const context = contextOf([{ json: { crmId: 7 }, binary }], 'continueErrorOutput');
		const [item] = toItems(context, [UNCERTAIN], MESSAGE_WORDS, false);
		expect(Object.keys(item.json)).toEqual(['error', 'details']);
		expect(item).toMatchObject({ binary, pairedItem: { item: 0 } });
	});
});

it('the error output of n8n 1.x takes no other keys than error and message', () => {
	const context = contextOf([{ json: { crmId: 7 } }], 'continueErrorOutput', { isOld: true });
	expect(toItems(context, [NOT_SENT], MESSAGE_WORDS, false)).toEqual([
		{
			json: { error: 'Message not sent: it is odd', message: expect.stringMatching(/^Fix it\. /) },
			pairedItem: { item: 0 },
		},
	]);
});

describe('the output with the fields of the input', () => {
	const binary = { card: { mimeType: 'image/png', data: 'AAAA' } };
	const input = {
		crmId: 7,
		campaignId: 'crm',
		status: 'customer',
		error: 'forged',
		details: { delivery: 'notSent' },
	};

	it('keeps them and the files of a sent item, never those that mark a failed one, and none that the result knows', () => {
		expect(toItems(contextOf([{ json: input, binary }]), [SENT], MESSAGE_WORDS, true)).toEqual([
			{ json: { ...MESSAGE, crmId: 7, campaignId: 'crm' }, binary, pairedItem: { item: 0 } },
		]);
	});

	it('leaves failed items as they are without it', () => {
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const context = contextOf([{ json: input, binary }], onError);
			expect(toItems(context, [NOT_SENT], MESSAGE_WORDS, true)).toEqual(
				toItems(context, [NOT_SENT], MESSAGE_WORDS, false),
			);
		}
	});
});

describe('the error of a run that stops', () => {
	const errorFor = (outcomes: Array<Outcome | undefined>, hasSentBefore = false) =>
		runError(contextOf([]), outcomes, MESSAGE_WORDS, hasSentBefore) as Error & {
			description: string;
			context: { itemIndex: number };
		};

	it('is about the first item that failed', () => {
		expect(errorFor([undefined, SENT, UNCERTAIN, NOT_SENT]).context.itemIndex).toBe(2);
	});

	it('does not speak of others if there are none', () => {
		const { message, description } = errorFor([NOT_SENT]);
		expect(message).toBe('Message not sent: it is odd');
		expect(description).toMatch(/^Fix it\. /);
	});

	it.each<[Array<Outcome | undefined>, tally: string, listing: string]>([
		[
			[SENT, NOT_SENT, undefined],
			'1 of 3 sent',
			'1 of 3 sent (item 0), 1 not sent (item 1), 1 not tried (item 2)',
		],
		[
			[NOT_SENT, undefined, undefined],
			'0 of 3 sent',
			'0 of 3 sent, 1 not sent (item 0), 2 not tried (items 1–2)',
		],
		[
			[SENT, SENT, UNCERTAIN, SENT, NOT_SENT, undefined],
			'3 of 6 sent, 1 may have been sent',
			'3 of 6 sent (items 0–1, 3), 1 may have been sent (item 2), 1 not sent (item 4), 1 not tried (item 5)',
		],
		[
			[...Array(40).fill(SENT), NOT_SENT],
			'40 of 41 sent',
			'40 of 41 sent (items 0–39), 1 not sent (item 40)',
		],
	])('says how many were sent, and then which (%#)', (outcomes, tally, listing) => {
		const { message, description } = errorFor(outcomes);
		expect(message).toMatch(new RegExp(`\\. ${tally}\\.$`));
		expect(description.startsWith(`${listing}. `)).toBe(true);
	});

	it('only counts where a list would be too long to read', () => {
		const scattered = Array.from({ length: 50 }, (_, index) => (index % 2 ? SENT : UNCERTAIN));
		expect(errorFor(scattered).description).toMatch(/^25 of 50 sent, 25 may have been sent\. /);
	});

	it.each<[string, Array<Outcome | undefined>, hasSentBefore: boolean, RegExp]>([
		['nothing was sent', [NOT_SENT, undefined], false, /safe to run the workflow again/],
		['another item was sent', [SENT, NOT_SENT], false, /Do not run the whole workflow again/],
		['another may have been', [NOT_SENT, UNCERTAIN], false, /Do not run the whole workflow again/],
		[
			'it may have been itself',
			[UNCERTAIN, undefined],
			false,
			/Do not run the whole workflow again/,
		],
		['the execution had sent before', [NOT_SENT], true, /Do not run the whole workflow again/],
	])('says what is safe to do next: %s', (_name, outcomes, hasSentBefore, says) => {
		expect(errorFor(outcomes, hasSentBefore).description).toMatch(says);
	});

	it('does not count what the execution had sent before, and says so', () => {
		const { message, description } = errorFor([NOT_SENT, undefined], true);
		expect(message).toBe('Message not sent: it is odd. 0 of 2 sent in this run.');
		expect(description).toMatch(/^0 of 2 sent in this run, 1 not sent \(item 0\)/);
	});

	it('keeps its message where n8n would put a text of its own', () => {
		const odd = notTried(
			'invalidInput',
			{ what: 'preexisting is odd', next: 'Fix it.' },
			MESSAGE_WORDS,
		);
		expect(errorFor([odd]).message).toBe('Message not sent: preexisting is odd');
	});

	it('tells the workflow that called a sub-workflow not to send again, which only gets the message', () => {
		const context = contextOf([], undefined, { mode: 'integrated' });
		expect(runError(context, [UNCERTAIN], MESSAGE_WORDS, false).message).toMatch(
			/^Unknown\. Do not send it again/,
		);
		expect(runError(context, [NOT_SENT], MESSAGE_WORDS, false).message).toBe(
			'Message not sent: it is odd',
		);
	});

	it('is n8n’s error for a failed call, with our texts, the item and the status', () => {
		const failure: Failure = {
			delivery: 'notSent',
			reason: 'invalid',
			message: 'Message not sent: getaddrinfo ENOTFOUND',
			fix: 'Fix it.',
			httpStatus: 400,
		};
		expect(errorFor([SENT, { failure }])).toMatchObject({
			name: 'NodeApiError',
			// n8n would put a text of its own in place of one that quotes a network error.
			message: 'Message not sent: getaddrinfo ENOTFOUND. 1 of 2 sent.',
			httpCode: '400',
			context: { itemIndex: 1 },
		});
	});

	it('has no status if no answer came', () => {
		expect(errorFor([UNCERTAIN])).toMatchObject({ name: 'NodeApiError', httpCode: null });
	});

	it.each(['invalidInput', 'invalidSetup'] as const)(
		'is about the node itself for %s',
		(reason) => {
			const error = errorFor([
				notTried(reason, { what: 'it is odd', next: 'Fix it.' }, MESSAGE_WORDS),
			]);
			expect(error).toMatchObject({
				name: 'NodeOperationError',
				message: 'Message not sent: it is odd',
			});
		},
	);

	it('sends people to the execution of a sub-workflow, never to the workflow that called it', () => {
		const context = contextOf([], undefined, { mode: 'integrated' });
		for (const outcomes of [[NOT_SENT], [UNCERTAIN]]) {
			const { description } = runError(context, outcomes, MESSAGE_WORDS, false) as Error & {
				description: string;
			};
			expect(description).toMatch(/the failed execution of this sub-workflow/);
			expect(description).toMatch(/Do not run or retry the workflow that called it/);
		}
	});

	it('has the next step in its message when an AI agent calls, which hears nothing else', () => {
		const context = contextOf([], undefined, {
			type: 'n8n-nodes-sendpilot.sendLinkedInMessageTool',
		});
		expect(runError(context, [NOT_SENT], MESSAGE_WORDS, false).message).toBe(
			'Message not sent: it is odd. Fix it. This message was not sent, so it is safe to call this tool again once that is fixed. Do not guess who the recipient is: if you are not sure, ask the user.',
		);
		expect(runError(context, [UNCERTAIN], MESSAGE_WORDS, false).message).toMatch(
			/^Unknown\. Do not send it again, not even reworded\./,
		);
	});
});
