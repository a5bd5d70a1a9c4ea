import { jsonOf, personUrl, run, toLead, toProfile, useSandbox } from '../support';

const use = useSandbox();
const options = { inboxDelay: 0 };

describe('a message whose answer got lost, and that is in the inbox', () => {
	it('says which sender sent it, and to which profile, where SendPilot has chosen both', async () => {
		// The first request names the lead, and SendPilot asks for the profile.
		use.sandbox.inject({ fault: 'deliveredThen500', recipient: 'jane-doe', after: 1 });
		const parameters = toLead({ options });
		const finished = await run(use.sandbox, [{ lead: 'lead_jane' }], { parameters });
		expect(jsonOf(finished)).toMatchObject([
			{
				success: true,
				confirmedInInbox: true,
				leadId: 'lead_jane',
				senderId: 'sender_alex',
				recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
			},
		]);
	});

	it('says the same where the node names them', async () => {
		use.sandbox.inject({ fault: 'deliveredThen500', recipient: 'person-0' });
		use.sandbox.quirks.publicProfiles = true;
		const parameters = toProfile({ options });
		const finished = await run(use.sandbox, [{ url: personUrl(0) }], { parameters });
		expect(jsonOf(finished)).toMatchObject([
			{
				confirmedInInbox: true,
				senderId: 'sender_alex',
				recipientLinkedinUrl: personUrl(0),
			},
		]);
	});
});
