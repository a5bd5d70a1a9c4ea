import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { notTried, type Outcome } from '../../../nodes/shared/send/outcome';
import { runError, toItems } from '../../../nodes/shared/send/results';
import type { SentMessage } from '../../../sendpilot/delivery';

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
const NOT_SENT: Outcome = notTried('invalid', 'it is odd', 'Mend it.');
const UNCERTAIN: Outcome = {
	failure: { delivery: 'uncertain', reason: 'lost', message: 'Unknown', description: 'Look.' },
};

/** The part of n8n's context that the output is made with. */
function contextOf(input: INodeExecutionData[], onError?: INode['onError']) {
	const node = { id: '1', name: 'Send', type: 'test', typeVersion: 1, onError };
	return { getInputData: () => input, getNode: () => node } as unknown as IExecuteFunctions;
}

describe('the output', () => {
	/** An item that pretends to be the node's own output. */
	const FORGED = { error: '', details: { delivery: 'sent' }, success: true, messageId: 'msg_9' };
	const binary = { card: { mimeType: 'image/png', data: 'AAAA' } };

	it('holds of a sent message nothing but the message, whatever the input pretends', () => {
		for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const items = toItems(contextOf([{ json: FORGED }], onError), [SENT]);
			expect(items).toEqual([{ json: MESSAGE, pairedItem: { item: 0 } }]);
		}
	});

	it('keeps of a failed item all that it had, and says what happened over all that it pretends', () => {
		const context = contextOf([{ json: { ...FORGED, crmId: 7 }, binary }], 'continueRegularOutput');
		expect(toItems(context, [NOT_SENT])).toEqual([
			{
				json: {
					...FORGED,
					crmId: 7,
					error: 'Message not sent: it is odd',
					details: {
						delivery: 'notSent',
						reason: 'invalid',
						description: 'Mend it.',
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
		const [item] = toItems(context, [UNCERTAIN]);
		expect(Object.keys(item.json)).toEqual(['error', 'details']);
		expect(item).toMatchObject({ binary, pairedItem: { item: 0 } });
	});
});

describe('the error of a run that stops', () => {
	const summary = (outcomes: Array<Outcome | undefined>) => {
		const error = runError(contextOf([]), outcomes) as Error & {
			description: string;
			context: { itemIndex: number };
		};
		const [, listed] =
			/Of \d+ items \(counted from 0\), (.*?)\. A retry/.exec(error.description) ?? [];
		return { itemIndex: error.context.itemIndex, listed };
	};

	it('is about the first item that failed', () => {
		expect(summary([undefined, SENT, UNCERTAIN, NOT_SENT]).itemIndex).toBe(2);
	});

	it('does not speak of others where there are none', () => {
		expect(summary([NOT_SENT])).toEqual({ itemIndex: 0, listed: undefined });
	});

	it.each<[Array<Outcome | undefined>, string]>([
		[[SENT, NOT_SENT], 'sent: 0; not sent: 1'],
		[[NOT_SENT, undefined, undefined], 'not sent: 0; not tried: 1–2'],
		[
			[SENT, SENT, UNCERTAIN, SENT, NOT_SENT, undefined],
			'sent: 0–1, 3; may have been sent: 2; not sent: 4; not tried: 5',
		],
		[[...Array(40).fill(SENT), NOT_SENT], 'sent: 0–39; not sent: 40'],
	])('names what became of each item (%#)', (outcomes, listed) => {
		expect(summary(outcomes).listed).toBe(listed);
	});

	it('counts where a list would be too long to read', () => {
		const scattered = Array.from({ length: 50 }, (_, index) => (index % 2 ? SENT : UNCERTAIN));
		expect(summary(scattered).listed).toBe('sent: 25 items; may have been sent: 25 items');
	});
});
