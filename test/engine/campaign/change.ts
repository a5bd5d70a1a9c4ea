import type { CampaignAction } from '../../../sendpilot/contract/campaign';
import { expectSchema, runOperation } from '../sendPilot';
import { byId, useSandbox, withAnswer } from '../support';

/** A campaign that can be changed so, its status afterwards, one where it is so already, and one that cannot. */
const CASES = {
	pause: { id: 'camp_founders', status: 'paused', already: 'camp_agencies' },
	resume: { id: 'camp_agencies', status: 'started', already: 'camp_founders' },
} as const;

/** Describes pausing and resuming, which are the same but for the direction. */
export function testChange(action: CampaignAction): void {
	const use = useSandbox();
	const { id, status, already } = CASES[action];
	const change = async (campaignId: string, more: object = {}) =>
		await runOperation(use.sandbox, `campaign.${action}`, {
			parameters: { campaignId: byId(campaignId) },
			...more,
		});
	const statusOf = (campaignId: string) =>
		use.sandbox.seed.campaigns.find((one) => one.id === campaignId)?.status;
	const patches = () => use.sandbox.requests.filter(({ method }) => method === 'PATCH');

	describe(`Campaign → ${action}`, () => {
		it('changes the campaign', async () => {
			const { output } = await change(id);
			expect(patches()).toMatchObject([{ path: `/v1/campaigns/${id}`, body: { action } }]);
			expect(output).toMatchObject([{ success: true, campaignId: id, status }]);
			expect(statusOf(id)).toBe(status);
			expectSchema(`campaign.${action}`, output);
		});

		it('is a success for a campaign where it is so already', async () => {
			const { output } = await change(already);
			expect(output).toMatchObject([
				{ success: true, status, message: `The campaign is ${status} already` },
			]);
		});

		it('is a success after an answer that was lost', async () => {
			use.sandbox.inject({ fault: 'resetAfterDelivery', path: '/v1/campaigns', method: 'PATCH' });
			const { output } = await change(id);
			expect(output).toMatchObject([{ success: true, status }]);
			expect(patches()).toHaveLength(2);
		});

		it('says what is wrong with a campaign that has finished', async () => {
			const { error } = await change('camp_webinar');
			expect(error?.message).toMatch(/^SendPilot rejected the request: .*HTTP 400/);
			expect(statusOf('camp_webinar')).toBe('finished');
		});

		it('says why SendPilot refused it, also where the campaign cannot be read afterwards', async () => {
			const path = '/v1/campaigns';
			const refused = { status: 400, message: 'No sender is connected', method: 'PATCH' } as const;
			use.sandbox.inject({ fault: 'status', path, ...refused });
			const unread = { status: 403, message: 'Missing scope', method: 'GET' } as const;
			use.sandbox.inject({ fault: 'status', path, ...unread });
			const { error } = await change(id);
			expect(error?.message).toMatch(/^SendPilot rejected the request: No sender is connected/);
		});

		const answered = async (answer: object) =>
			(await withAnswer(answer, async (settings) => await change(id, { settings }))).result;
		const opposite = CASES[action === 'pause' ? 'resume' : 'pause'].status;

		it.each([
			[{ success: true, campaignId: 'camp_other', newStatus: status }, 'campaignId camp_other'],
			[{ success: true, campaignId: id, newStatus: opposite }, `newStatus ${opposite}`],
		])('is an error if the answer is about something else: %j', async (answer, said) => {
			const { error } = await answered(answer);
			expect(error).toMatchObject({
				message: `SendPilot's answer contradicts this change: ${said}`,
				description: expect.stringMatching(/^Check in SendPilot whether it was made\..*no harm/),
			});
		});

		it.each([{ success: true }, { newStatus: 'finished' }, { success: true, newStatus: 'OK' }])(
			'is a success if the answer does not contradict it: %j',
			async (answer) => {
				const { output } = await answered(answer);
				expect(output).toMatchObject([{ success: true, campaignId: id }]);
			},
		);

		it('says that a campaign does not exist', async () => {
			const { failed } = await change('gone', { onError: 'continueErrorOutput' });
			expect(failed).toMatchObject([{ details: { reason: 'notFound', httpStatus: 404 } }]);
		});
	});
}
