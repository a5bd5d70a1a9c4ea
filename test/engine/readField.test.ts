import { runOperation } from './sendPilot';
import { byId, people, run, sendBodies, toProfile, useSandbox } from './support';

const use = useSandbox();

/** What input fields can hold, and what n8n may do with it. */
const VALUES = [
	...['text', '', ' spaces ', '={{ 1 + 1 }}', '{{ 2 }}', 'Łukasz 🚀', '0'],
	...[0, -1.5, true, false, null],
	...[{ nested: 1 }, ['a', 'b'], '2026-01-01T00:00:00.000Z'],
];

/** An expression that only names an input field, and one with the same value that n8n evaluates. */
const FORMS = [
	['={{ $json.value }}', '={{ ($json.value) }}'],
	['={{ $json["a value"] }}', '={{ ($json["a value"]) }}'],
];

const TYPES = ['string', 'number', 'boolean', 'object', 'array', 'dateTime'];

describe.each(FORMS)('%s has the value that n8n gives it', (short, evaluated) => {
	const resultOf = async (type: string, value: string) => {
		use.sandbox.reset();
		const { output, failed } = await runOperation(use.sandbox, 'lead.addToCampaign', {
			items: people(VALUES.length + 1, (index) =>
				index < VALUES.length ? { value: VALUES[index], 'a value': VALUES[index] } : {},
			),
			parameters: {
				campaignId: byId('camp_next'),
				linkedinUrl: '={{ $json.url }}',
				customFields: { assignments: [{ id: '1', name: 'topic', type, value }] },
			},
			onError: 'continueErrorOutput',
		});
		expect(output).not.toEqual([]);
		return { output, failed, bodies: sendBodies(use.sandbox) };
	};

	it.each(TYPES)('in a custom field of the type %s', async (type) => {
		expect(await resultOf(type, short)).toEqual(await resultOf(type, evaluated));
	});
});

it('a message has the fields of its own item', async () => {
	const items = people(20, (index) => ({ text: `Hello ${index}`, sender: 'sender_alex' }));
	await run(use.sandbox, items, {
		parameters: toProfile({ senderId: byId('={{ $json.sender }}'), message: '={{ $json.text }}' }),
	});
	expect(
		use.sandbox.delivered.map(({ recipientLinkedinUrl, message }) => [
			recipientLinkedinUrl,
			message,
		]),
	).toEqual(items.map(({ url, text }) => [url, text]));
});
