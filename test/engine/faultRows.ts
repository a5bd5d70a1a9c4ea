import type { FaultRule } from '../../sandbox';

/** How one fault must end, for the only item of a run. */
export interface FaultRow {
	fault: FaultRule;
	/** How often SendPilot is asked to do it. */
	calls: number;
	/** What the item says. */
	reason: string;
	/** How often it is really done, whatever the answer says. */
	out?: number;
	says?: RegExp;
}

/** Faults in spite of which it is done. */
export const DONE_IN_THE_END: Array<Omit<FaultRow, 'reason'>> = [
	{ fault: { fault: 'delay', ms: 20 }, calls: 1 },
	{ fault: { fault: 'rateLimited', retryAfter: 0 }, calls: 2 },
	{ fault: { fault: 'rateLimited', retryAfter: 0, times: 2 }, calls: 3 },
	{
		fault: { fault: 'rateLimited', retryAfter: new Date(Date.now() + 500).toUTCString() },
		calls: 2,
	},
];

/** Answers that prove that it was not done. */
export const NOT_DONE: FaultRow[] = [
	{ fault: { fault: 'unsuccessful' }, calls: 1, reason: 'declined' },
	{ fault: { fault: 'unsuccessful', status: 200 }, calls: 1, reason: 'declined' },
	...[400, 402, 405, 409, 410, 413, 415, 422, 451].map((code) => ({
		fault: status(code, ['message is odd', 'so is senderId']),
		calls: 1,
		reason: 'invalid',
		says: /message is odd; so is senderId/,
	})),
	{ fault: status(403, 'Sender is warming up'), calls: 1, reason: 'forbidden', says: /warming up/ },
	{ fault: status(404, 'Lead not found'), calls: 1, reason: 'notFound', says: /Lead not found/ },
	{ fault: status(401, 'Unauthorized'), calls: 1, reason: 'unauthorized' },
	{
		fault: { fault: 'rateLimited', retryAfter: 0, times: Infinity },
		calls: 3,
		reason: 'rateLimited',
	},
	{
		fault: { fault: 'rateLimited', retryAfter: 61 },
		calls: 1,
		reason: 'rateLimited',
		says: /61 seconds/,
	},
	{ fault: { fault: 'rateLimited' }, calls: 1, reason: 'rateLimited' },
	{ fault: { fault: 'dailyQuota' }, calls: 1, reason: 'dailyQuota' },
	...[301, 307, 308].map((code) => ({ fault: redirect(code), calls: 1, reason: 'redirected' })),
];

/** The same about who is connected with whom, which only matters to messages. */
export const NOT_CONNECTED: FaultRow[] = [
	...[
		'Recipient is not a 1st-degree connection of this LinkedIn account',
		'You are not connected to this recipient',
		'The recipient must be a first-degree connection',
	].map((said) => ({
		fault: status(400, said),
		calls: 1,
		reason: 'notFirstDegree',
		says: /invitation.*Connection Request Accepted/,
	})),
	...['The sender account is not connected', 'Account is not connected to LinkedIn'].map(
		(said) => ({
			fault: status(400, said),
			calls: 1,
			reason: 'invalid',
			says: /check that the sender/,
		}),
	),
];

/** Ends that leave open whether it was done. */
export const UNCERTAIN: FaultRow[] = [
	{ fault: { fault: 'deliveredThen500' }, calls: 1, reason: 'serverError', out: 1 },
	{ fault: { fault: 'lostThen500' }, calls: 1, reason: 'serverError' },
	...[408, 499, 500, 502, 503, 504, 520, 599].map((code) => ({
		fault: status(code, 'Something broke'),
		calls: 1,
		reason: 'serverError',
		says: /Something broke/,
	})),
	{ fault: { fault: 'resetBeforeDelivery' }, calls: 1, reason: 'lost' },
	{ fault: { fault: 'resetAfterDelivery' }, calls: 1, reason: 'lost', out: 1 },
	{ fault: { fault: 'hang' }, calls: 1, reason: 'timeout' },
	{ fault: { fault: 'hang', delivered: true }, calls: 1, reason: 'timeout', out: 1 },
	{ fault: { fault: 'html' }, calls: 1, reason: 'serverError' },
	{
		fault: { fault: 'html', status: 200, delivered: true },
		calls: 1,
		reason: 'unreadable',
		out: 1,
	},
	{ fault: { fault: 'brokenJson' }, calls: 1, reason: 'unreadable', out: 1 },
	{ fault: { fault: 'empty' }, calls: 1, reason: 'unreadable', out: 1 },
	...[302, 303].map((code) => ({ fault: redirect(code), calls: 1, reason: 'redirected' })),
];

function status(code: number, message: string | string[]): FaultRule {
	return { fault: 'status', status: code, message };
}

function redirect(code: number): FaultRule {
	return { fault: 'redirect', status: code, location: '/v1/inbox/send' };
}
