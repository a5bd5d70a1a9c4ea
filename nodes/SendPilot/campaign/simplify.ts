import { keep, type Simplify } from '../../shared/shape';

const kept = keep([
	'id',
	'name',
	'status',
	'totalLeads',
	'connectionsSent',
	'messagesSent',
	'repliesReceived',
	'createdAt',
	'updatedAt',
]);

/** The fields of a campaign that matter most, in today's names also for older replies. */
export const simplifyCampaign: Simplify = ({ metrics, ...campaign }) =>
	kept({ ...(metrics as object | undefined), ...campaign });
