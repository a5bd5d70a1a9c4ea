import { EVENT_ALIASES, EVENT_TYPES } from '../../../sendpilot/contract/event';
import { readEvent } from '../../../sendpilot/webhook/event';
import { EVERY_EVENT, matchesFilter } from '../../../sendpilot/webhook/filter';
import { DOCUMENTED_BODIES } from './fixtures';
import { eventWith } from './helpers';

const events = [EVERY_EVENT];

/** The types of all documented events that match a filter. */
function matching(filter: { campaignIds?: string[]; senderIds?: string[] }): string[] {
	return DOCUMENTED_BODIES.flatMap((text) => {
		const reading = readEvent(Buffer.from(text));
		return reading.kind === 'event' && matchesFilter(reading.event, { events, ...filter })
			? reading.event.eventType
			: [];
	});
}

describe('the selected events', () => {
	it.each(EVENT_TYPES)('%s: this one and no other', (selected) => {
		const got = EVENT_TYPES.filter((type) =>
			matchesFilter(eventWith(type), { events: [selected] }),
		);
		expect(got).toEqual([selected]);
	});

	it('may be several', () => {
		const several = { events: ['message.sent', 'reply.received'] };
		expect(matchesFilter(eventWith('reply.received'), several)).toBe(true);
		expect(matchesFilter(eventWith('lead.updated'), several)).toBe(false);
	});

	it.each(Object.entries(EVENT_ALIASES))('%s may be selected for %s', (old, current) => {
		expect(matchesFilter(eventWith(current), { events: [old] })).toBe(true);
	});

	it.each([...EVENT_TYPES, 'meeting.booked', 'constructor'])('* includes %s', (type) => {
		expect(matchesFilter(eventWith(type), { events })).toBe(true);
	});

	it('include no unknown event without *', () => {
		expect(matchesFilter(eventWith('meeting.booked'), { events: [...EVENT_TYPES] })).toBe(false);
	});

	it('are none if none is selected', () => {
		expect(matchesFilter(eventWith('message.sent'), { events: [] })).toBe(false);
	});
});

describe('campaigns', () => {
	const ofCampaign = (campaignId: unknown, ...campaignIds: string[]) =>
		matchesFilter(eventWith('message.sent', { campaignId }), { events, campaignIds });

	it('exclude all others', () => {
		expect(ofCampaign('camp_1', 'camp_1')).toBe(true);
		expect(ofCampaign('camp_2', 'camp_1', 'camp_2')).toBe(true);
		expect(ofCampaign('camp_3', 'camp_1', 'camp_2')).toBe(false);
		expect(ofCampaign('CAMP_1', 'camp_1')).toBe(false);
	});

	it.each([undefined, null, '', 5, ['camp_1'], { id: 'camp_1' }])(
		'exclude events whose campaign is %j',
		(campaignId) => {
			expect(ofCampaign(campaignId, 'camp_1')).toBe(false);
			expect(ofCampaign(campaignId)).toBe(true);
		},
	);

	it('are all of them if the list is empty or blank', () => {
		expect(ofCampaign('camp_1', '', ' ')).toBe(true);
		expect(ofCampaign('camp_1', ' camp_1 ', '')).toBe(true);
	});

	it('match the documented events that have one', () => {
		expect(matching({ campaignIds: ['camp_abc123'] })).toEqual([
			...['message.sent', 'reply.received'],
			...['connection_request.sent', 'connection_request.accepted'],
			...['campaign.started', 'campaign.paused', 'campaign.resumed', 'campaign.finished'],
			'lead.updated',
		]);
	});
});

describe('senders', () => {
	const ofSender = (data: Record<string, unknown>, ...senderIds: string[]) =>
		matchesFilter(eventWith('message.sent', data), { events, senderIds });

	it.each(['senderId', 'accountId'])('exclude all others, by %s', (field) => {
		expect(ofSender({ [field]: 'sender_1' }, 'sender_1')).toBe(true);
		expect(ofSender({ [field]: 'sender_2' }, 'sender_1')).toBe(false);
	});

	it('exclude events without one', () => {
		expect(ofSender({}, 'sender_1')).toBe(false);
		expect(ofSender({})).toBe(true);
	});

	it('match the documented events that have one', () => {
		expect(matching({ senderIds: ['sender_abc123'] })).toEqual([
			...['message.sent', 'reply.received'],
			...['connection_request.sent', 'connection_request.accepted'],
		]);
	});
});

it('an event must match all filters', () => {
	const event = eventWith('message.sent', { campaignId: 'camp_1', senderId: 'sender_1' });
	const all = { events: ['message.sent'], campaignIds: ['camp_1'], senderIds: ['sender_1'] };
	expect(matchesFilter(event, all)).toBe(true);
	expect(matchesFilter(event, { ...all, events: ['lead.updated'] })).toBe(false);
	expect(matchesFilter(event, { ...all, campaignIds: ['camp_2'] })).toBe(false);
	expect(matchesFilter(event, { ...all, senderIds: ['sender_2'] })).toBe(false);
});
