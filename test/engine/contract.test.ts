import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { loadList, testCredential } from '../../engine/editor';
import { expectAllDescribed } from '../contract';
import {
	byId,
	jsonOf,
	loader,
	run,
	sendBodies,
	toLead,
	toProfile,
	useSandbox,
	workflowWith,
} from './support';

/** Every combination of one value for each field. */
function combinations(fields: Record<string, unknown[]>): IDataObject[] {
	return Object.entries(fields).reduce<IDataObject[]>(
		(all, [name, values]) =>
			all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }) as IDataObject)),
		[{}],
	);
}

/** Locators and fields that take their values from the item, as workflows do. */
const fromItem = (kind: INodeParameters): INodeParameters => ({
	...kind,
	senderId: byId('={{ $json.senderId }}'),
	campaignId: byId('={{ $json.campaignId }}'),
	leadId: byId('={{ $json.leadId }}'),
	recipientLinkedinUrl: '={{ $json.url }}',
});

/** Nobody gets the same text twice. */
const numbered = (items: IDataObject[]): IDataObject[] =>
	items.map(({ message, ...item }, index) => {
		const number = `${index}`;
		const text = [...String(message)].slice(0, 8_000 - number.length).join('');
		return { ...item, message: text.replace(/[^ ]/u, (first) => `${number}${first}`) };
	});

const NOTHING = ['', ' ', null];
const MESSAGES = ['Hi', ' Hi,\r\n\n🚀 ', '🚀'.repeat(8_000)];

const TO_PROFILES = numbered(
	combinations({
		senderId: ['sender_alex', ' sender_bianca '],
		url: ['linkedin.com/in/jane-doe', 'https://fr.linkedin.com/in/山田-優希/?x=1'],
		campaignId: [...NOTHING, 'camp_founders'],
		leadId: [...NOTHING, 'lead_jane'],
		message: MESSAGES,
	}),
);

const TO_LEADS = numbered(
	combinations({
		leadId: ['lead_jane', 'lead_yuki'],
		senderId: [...NOTHING, 'automatic', 'sender_bianca'],
		// What only the other kind of recipient has must not go along.
		campaignId: ['', 'camp_founders'],
		url: ['', 'linkedin.com/in/omar-haddad'],
		message: MESSAGES,
	}),
);

describe.each(['live', 'docs'] as const)(
	'every request of the node to SendPilot (%s)',
	(generation) => {
		const use = useSandbox({ generation });

		beforeEach(() => {
			for (const sender of use.sandbox.seed.senders) sender.dailyMessageLimit = 10_000;
		});

		it('for a profile is in one of the two documented shapes, whatever the fields', async () => {
			const finished = await run(use.sandbox, TO_PROFILES, { parameters: fromItem(toProfile()) });
			expect(jsonOf(finished)).toHaveLength(TO_PROFILES.length);
			expect(sendBodies(use.sandbox)).toHaveLength(TO_PROFILES.length);
			expectAllDescribed(use.sandbox);
		});

		it('for a lead is in one of the two documented shapes, whatever the fields', async () => {
			const finished = await run(use.sandbox, TO_LEADS, { parameters: fromItem(toLead()) });
			expect(jsonOf(finished)).toHaveLength(TO_LEADS.length);
			expect(use.sandbox.delivered).toHaveLength(TO_LEADS.length);
			expectAllDescribed(use.sandbox);
		});

		it('for a lead whose id needs encoding is described too', async () => {
			const ids = ['lead/1', 'lead?x=1', 'lead 1', 'läd', '../senders', '%2F'];
			for (const [index, id] of ids.entries()) {
				use.sandbox.seed.leads.push({ ...use.sandbox.seed.leads[0], id: ids[index] });
				await run(use.sandbox, [{ leadId: id }], { parameters: fromItem(toLead()) });
			}
			expect(use.sandbox.delivered.map(({ leadId }) => leadId)).toEqual(ids);
			expectAllDescribed(use.sandbox);
		});

		it('made again after a pause is the same request', async () => {
			use.sandbox.inject({ fault: 'rateLimited', retryAfter: 0, times: 2 });
			await run(use.sandbox, [TO_PROFILES[0]], { parameters: fromItem(toProfile()) });
			const [first, ...others] = sendBodies(use.sandbox);
			expect(others).toEqual([first, first]);
			expectAllDescribed(use.sandbox);
		});
	},
);

describe('every request of the editor', () => {
	const use = useSandbox();

	it('for a list, with and without a filter, is described', async () => {
		const campaignId = byId('camp_founders');
		for (const parameters of [toProfile({ campaignId }), toLead({ campaignId })]) {
			const node = workflowWith([], { parameters }).nodes[1];
			const { apiKey, url: baseUrl } = use.sandbox;
			for (const method of ['searchSenders', 'searchCampaigns', 'searchLeads']) {
				for (const request of [{}, { filter: 'nobody' }, { paginationToken: '2' }]) {
					await loadList(
						await loader,
						node,
						method,
						{ sendPilotApi: { apiKey, baseUrl } },
						request,
					);
				}
			}
		}
		expect(new Set(use.sandbox.requests.map(({ path }) => path))).toEqual(
			new Set(['/v1/inbox/senders', '/v1/campaigns', '/v1/leads']),
		);
		expectAllDescribed(use.sandbox);
	});

	it('for the test of the credential is described', async () => {
		const { apiKey, url: baseUrl } = use.sandbox;
		const type = 'n8n-nodes-sendpilot.sendLinkedInMessage';
		await testCredential(await loader, type, 'sendPilotApi', { apiKey, baseUrl });
		expect(use.sandbox.requests).toHaveLength(1);
		expectAllDescribed(use.sandbox);
	});
});
