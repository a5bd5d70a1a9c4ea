import { changeCampaign, readCampaign, STATUS_AFTER } from '../../../sendpilot/campaign';
import type { CampaignAction } from '../../../sendpilot/contract/campaign';
import { problemIn } from '../../../sendpilot/problem';
import { CHANGE_WORDS, explainedAs } from '../../shared/explainedAs';
import { itemOperation } from '../../shared/itemOperation';
import { campaignLocator } from '../../shared/locators';
import type { Operation } from '../../shared/operation';

/** An operation that changes whether a campaign is running. */
export function changeOperation(
	action: CampaignAction,
	about: Pick<Operation, 'name' | 'action' | 'description'>,
): Operation {
	return itemOperation({
		...about,
		value: action,
		effect: 'repeatable',
		changes: 'campaignId',
		fields: [
			campaignLocator({
				displayName: 'Campaign',
				name: 'campaignId',
				required: true,
				description: `The campaign to ${action}`,
			}),
		],
		async runItem({ api, fields }) {
			const campaignId = fields.id('campaignId');
			const { newStatus, message } = await changeCampaign(api, campaignId, action).catch(
				async (error: unknown) => {
					// SendPilot refuses what is so already, as after an answer that was lost.
					const isRefused = problemIn(error).reason === 'invalid';
					const found = isRefused ? readCampaign(api, campaignId) : undefined;
					// Why it was refused says more than why it cannot be read.
					const { status } = (await found?.catch(() => undefined)) ?? {};
					if (status !== STATUS_AFTER[action]) throw explainedAs(error, CHANGE_WORDS);
					return { newStatus: status, message: `The campaign is ${status} already` };
				},
			);
			return [{ success: true, campaignId, status: newStatus ?? null, message: message ?? null }];
		},
	});
}
