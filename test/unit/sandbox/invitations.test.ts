import { answerOf, eventsOf, postJson, send, useSandbox } from './helpers';

const NOAH = 'https://www.linkedin.com/in/noah-berg';
const STRANGER = 'https://www.linkedin.com/in/ada-bauer';

describe('an invitation', () => {
	const sandbox = useSandbox();

	const invite = async (recipientLinkedinUrl: string) =>
		await answerOf(
			postJson('/v1/inbox/connect', sandbox(), { senderId: 'sender_alex', recipientLinkedinUrl }),
		);
	const message = async (recipientLinkedinUrl: string) => {
		const body = { senderId: 'sender_alex', recipientLinkedinUrl, message: 'Hello' };
		return (await send(sandbox(), body)).status;
	};
	const accept = async (body: unknown) =>
		await answerOf(postJson('/_sandbox/invitations/accept', sandbox(), body));

	it('is open until the person accepts it; then messages reach the person', async () => {
		await invite(NOAH);
		expect(await message(NOAH)).toBe(400);
		expect(await accept({ linkedinUrl: 'https://linkedin.com/in/Noah-Berg/' })).toMatchObject({
			status: 200,
			body: { success: true },
		});
		expect(await message(NOAH)).toBe(201);
		expect((await invite(NOAH)).body).toMatchObject({ status: 'already_connected' });
		expect(sandbox().invited).toMatchObject([{ acceptedAt: expect.any(Number) }]);
	});

	it('has an event once it is accepted, and changes the status of the lead', async () => {
		await invite(NOAH);
		const events = eventsOf(sandbox());
		sandbox().accept(NOAH);
		expect(events()).toEqual([
			[
				'connection_request.accepted',
				{
					leadId: 'lead_noah',
					campaignId: 'camp_founders',
					linkedinUrl: NOAH,
					senderId: 'sender_alex',
					acceptedAt: expect.any(String),
				},
			],
		]);
		expect(sandbox().seed.leads.find(({ id }) => id === 'lead_noah')).toMatchObject({
			status: 'CONNECTION_ACCEPTED',
		});
	});

	it('can be accepted by a person who is no lead', async () => {
		await invite(STRANGER);
		const events = eventsOf(sandbox());
		sandbox().accept(STRANGER);
		expect(events()).toMatchObject([
			['connection_request.accepted', { leadId: undefined, linkedinUrl: STRANGER }],
		]);
		expect(await message(STRANGER)).toBe(201);
	});

	it('is accepted once, and only if there is one', async () => {
		await invite(NOAH);
		sandbox().accept(NOAH);
		expect(await accept({ linkedinUrl: NOAH })).toMatchObject({ status: 404 });
		expect(await accept({ linkedinUrl: STRANGER })).toMatchObject({
			status: 404,
			body: { message: `No invitation to ${STRANGER} is open` },
		});
		expect(await accept({})).toMatchObject({ status: 400 });
	});
});
