import type { INodeProperties } from 'n8n-workflow';
import { loader } from './support';

const typeOf = async () => (await loader).nodeTypes.sendLinkedInMessage.type;

async function fields(): Promise<INodeProperties[]> {
	const type = await typeOf();
	return 'nodeVersions' in type ? [] : type.description.properties;
}

const shownFor = (kind: string, { displayOptions }: INodeProperties) =>
	displayOptions?.show?.recipient?.includes(kind) ?? true;

/** These names are in saved workflows, so changing one breaks someone's workflow. */
describe('the internal names', () => {
	it('of the node', async () => {
		expect((await typeOf()).description).toMatchObject({
			displayName: 'Send LinkedIn Message',
			name: 'sendLinkedInMessage',
			version: 1,
			usableAsTool: true,
			credentials: [{ name: 'sendPilotApi', required: true }],
		});
	});

	it('of its fields, for a profile', async () => {
		const names = (await fields())
			.filter((one) => shownFor('profile', one))
			.map(({ name }) => name);
		expect(names).toEqual([
			'recipient',
			'senderId',
			'recipientLinkedinUrl',
			'message',
			'campaignId',
			'leadId',
			'options',
			'safety',
			'repeatsNotice',
		]);
	});

	it('of its fields, for a lead', async () => {
		const names = (await fields()).filter((one) => shownFor('lead', one)).map(({ name }) => name);
		expect(names).toEqual([
			'recipient',
			'senderId',
			'campaignId',
			'leadId',
			'message',
			'options',
			'safety',
			'repeatsNotice',
		]);
	});

	it('of the kinds of recipient', async () => {
		const [recipient] = await fields();
		expect(recipient.options).toEqual([
			expect.objectContaining({ name: 'LinkedIn Profile', value: 'profile' }),
			expect.objectContaining({ name: 'SendPilot Lead', value: 'lead' }),
		]);
		expect(recipient.default).toBe('profile');
	});

	const collection = async (field: string) => {
		const { options } = (await fields()).find(({ name }) => name === field)!;
		return (options as INodeProperties[]).map((one) => [one.name, one.default]);
	};

	it('of its safety settings, with what they are when they are added', async () => {
		expect(await collection('safety')).toEqual([
			['stopIfReplied', true],
			['replySince', 'anyTime'],
			['replyDays', 30],
			['repeats', 'skipSameMessage'],
			['dryRun', true],
			['maxPerDay', 25],
			['maxPerRun', 10],
			['skipLeadStatuses', ['UNSUBSCRIBED', 'BLOCKED', 'IRRELEVANT', 'SKIPPED', 'NOT_INTERESTED']],
			['blockList', ''],
			['refuseUnfinishedText', true],
			['checkInbox', true],
			['ifUnchecked', 'doNotSend'],
			['blockedItems', 'error'],
			['recipientName', ''],
			['recipientCompany', ''],
			['recipientLead', ''],
			['forgetHistory', false],
		]);
	});

	it('of its options, with their defaults', async () => {
		expect(await collection('options')).toEqual([
			['inboxDelay', 3],
			['includeInputFields', false],
			['maxDelay', 0],
			['maxRateLimitWait', 60],
			['minDelay', 0],
			['parallelSenders', 2],
			['timeout', 60],
		]);
	});

	it('of the credential and its fields', async () => {
		const { type } = (await loader).credentialTypes.sendPilotApi;
		expect(type).toMatchObject({ name: 'sendPilotApi', displayName: 'SendPilot API' });
		expect(type.properties).toEqual([
			expect.objectContaining({ name: 'apiKey', typeOptions: { password: true }, default: '' }),
			expect.objectContaining({ name: 'baseUrl', default: 'https://api.sendpilot.ai' }),
		]);
	});
});

describe('the lists', () => {
	it.each([
		['senderId', 'searchSenders'],
		['campaignId', 'searchCampaigns'],
		['leadId', 'searchLeads'],
	])('%s is selected from a searchable list, or by its ID', async (name, list) => {
		const locators = (await fields()).filter((one) => one.name === name);
		expect(locators).toHaveLength(2);
		for (const { type, modes } of locators) {
			expect(type).toBe('resourceLocator');
			expect(modes).toEqual([
				expect.objectContaining({
					displayName: 'From List',
					typeOptions: { searchListMethod: list, searchable: true },
				}),
				expect.objectContaining({ displayName: 'By ID', name: 'id' }),
			]);
		}
	});

	it('the sender is required for a profile, and may be automatic for a lead', async () => {
		const senders = (await fields()).filter(({ name }) => name === 'senderId');
		const [forProfile] = senders.filter((one) => shownFor('profile', one));
		const [forLead] = senders.filter((one) => shownFor('lead', one));
		expect(forProfile).toMatchObject({ required: true, default: { mode: 'list', value: '' } });
		expect(forLead).toMatchObject({ default: { cachedResultName: 'Automatic' } });
		expect(forLead.required).toBeUndefined();
	});
});

it('every field has a description for people and AI agents', async () => {
	const all = (await fields()).flatMap((one) => [
		one,
		...((one.options ?? []) as INodeProperties[]),
	]);
	const undescribed = all.filter(
		({ type, description }) => type !== 'collection' && type !== 'notice' && !description?.trim(),
	);
	expect(undescribed).toEqual([]);
});
