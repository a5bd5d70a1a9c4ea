import OpenAPIRequestValidator from 'openapi-request-validator';
import type { OpenAPIV3 } from 'openapi-types';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { loadList, testCredential } from '../../engine/editor';
import type { RecordedRequest, Sandbox } from '../../sandbox';
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
import described from './sendpilot.openapi.json';

const { paths, components } = described as unknown as OpenAPIV3.Document;
const { parameters: shared, schemas } = components!;

type Validated = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>;

/** Every difference between a request and what the API describes; none for a sound one. */
function faultsOf({ method, path, query, headers, body }: Validated): string[] {
	const operation = operations.find((one) => one.method === method && one.pattern.test(path));
	if (!operation) return [`${method} ${path} is not described`];

	const { parameters, validator, pattern, takesBody } = operation;
	const params = pattern.exec(path)?.groups ?? {};
	const found = validator.validateRequest({
		...{ headers, body, params },
		query: typed(query as Record<string, string>, parameters),
	});
	const surplus = Object.keys(Object(query)).filter((name) => !inQuery(parameters, name));
	return [
		...(found?.errors ?? []).map((error: unknown) => JSON.stringify(error)),
		...surplus.map((name) => `query ${name} is not described`),
		...(body !== undefined && !takesBody ? ['a body is not described'] : []),
	];
}

const operations = Object.entries(paths).flatMap(([path, item]) =>
	(['get', 'post'] as const).flatMap((method) => {
		const operation = item?.[method];
		if (!operation) return [];
		const parameters = (operation.parameters ?? []).map((one) =>
			'$ref' in one ? (shared![one.$ref.split('/').at(-1)!] as OpenAPIV3.ParameterObject) : one,
		);
		const validator = new OpenAPIRequestValidator({
			parameters: parameters as never,
			requestBody: operation.requestBody as OpenAPIV3.RequestBodyObject,
			componentSchemas: schemas as never,
			ajvOptions: { useDefaults: false },
		});
		const takesBody = operation.requestBody !== undefined;
		return [
			{ method: method.toUpperCase(), pattern: patternOf(path), parameters, validator, takesBody },
		];
	}),
);

function inQuery(parameters: OpenAPIV3.ParameterObject[], name: string) {
	return parameters.find((one) => one.in === 'query' && one.name === name);
}

function patternOf(template: string): RegExp {
	return new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

/** A query is text on the wire; where the description says number or boolean, the text has to read as one. */
function typed(query: Record<string, string>, parameters: OpenAPIV3.ParameterObject[]) {
	const values = Object.entries(query).map(([name, text]) => {
		const { type } = (inQuery(parameters, name)?.schema ?? {}) as OpenAPIV3.SchemaObject;
		const isTyped = type === 'integer' || type === 'boolean';
		return [name, isTyped ? parsed(text) : text];
	});
	return Object.fromEntries(values);
}

function parsed(text: string): unknown {
	return /^(?:\d+|true|false)$/.test(text) ? JSON.parse(text) : text;
}

describe('the description itself', () => {
	const headers = { 'x-api-key': 'key', 'content-type': 'application/json' };
	const LEAD = { leadId: 'lead_jane', message: 'Hi' };
	const PROFILE = {
		senderId: 'sender_alex',
		recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
		message: 'Hi',
	};
	const send = (body: unknown): Validated => ({
		method: 'POST',
		path: '/v1/inbox/send',
		query: {},
		headers,
		body,
	});
	const get = (path: string, query = {}): Validated => ({ method: 'GET', path, query, headers });
	const named = (requests: Validated[]) =>
		requests.map((request) => {
			const { method, path, query, body } = request;
			return {
				request,
				name: `${method} ${path} ${JSON.stringify({ query, body }).slice(0, 150)}`,
			};
		});

	it.each(
		named([
			send(LEAD),
			send({ ...LEAD, senderId: 'sender_alex' }),
			send(PROFILE),
			send({ ...PROFILE, campaignId: 'camp_a', leadId: 'lead_jane' }),
			get('/v1/campaigns', { limit: '1' }),
			get('/v1/leads/lead_jane', { full: 'true' }),
		]),
	)('takes what the documentation shows: $name', ({ request }) => {
		expect(faultsOf(request)).toEqual([]);
	});

	it.each(
		named([
			send({ ...LEAD, campaignId: 'camp_a' }),
			send({ ...LEAD, recipientLinkedinUrl: PROFILE.recipientLinkedinUrl }),
			send({ ...LEAD, senderId: '' }),
			send({ ...LEAD, senderId: null }),
			send({ leadId: 'lead_jane' }),
			send({ ...LEAD, message: ' ' }),
			send({ ...LEAD, message: 'a'.repeat(8_001) }),
			send({ ...LEAD, leadId: 7 }),
			send({ ...PROFILE, senderId: undefined }),
			send({ ...PROFILE, campaignId: '' }),
			send({ ...PROFILE, recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe/' }),
			send({ ...PROFILE, recipientLinkedinUrl: 'linkedin.com/in/jane-doe' }),
			send({ ...PROFILE, attachment: 'a.pdf' }),
			send(undefined),
			{ ...send(LEAD), headers: { 'content-type': 'application/json' } },
			{
				...send(LEAD),
				headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
			},
			{ ...send(LEAD), query: { dryRun: 'true' } },
			get('/v1/inbox/send'),
			get('/v1/inbox/sender'),
			get('/v1/leads'),
			get('/v1/campaigns', { limit: '101' }),
			get('/v1/campaigns', { limit: 'all' }),
			get('/v1/leads/lead_jane', { full: 'yes' }),
			{ ...get('/v1/campaigns'), body: { limit: 1 } },
		]),
	)('refuses everything else: $name', ({ request }) => {
		expect(faultsOf(request)).not.toEqual([]);
	});
});

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
	// The same people over and over.
	safety: { repeats: 'sendAgain' },
});

const NOTHING = ['', ' ', null];
const MESSAGES = ['Hi', ' Hi,\r\n\n🚀 ', '🚀'.repeat(8_000)];

const TO_PROFILES = combinations({
	senderId: ['sender_alex', ' sender_bianca '],
	url: ['linkedin.com/in/jane-doe', 'https://fr.linkedin.com/in/山田-優希/?x=1'],
	campaignId: [...NOTHING, 'camp_founders'],
	leadId: [...NOTHING, 'lead_jane'],
	message: MESSAGES,
});

const TO_LEADS = combinations({
	leadId: ['lead_jane', 'lead_yuki'],
	senderId: [...NOTHING, 'automatic', 'sender_bianca'],
	// What only the other kind of recipient has must not go along.
	campaignId: ['', 'camp_founders'],
	url: ['', 'linkedin.com/in/omar-haddad'],
	message: MESSAGES,
});

function expectAllDescribed({ requests }: Sandbox) {
	const faulty = requests.map((one) => ({ ...one, faults: faultsOf(one) }));
	expect(faulty.filter(({ faults }) => faults.length > 0)).toEqual([]);
	expect(new Set(requests.map(({ headers }) => headers['x-api-key']))).toEqual(new Set(['right']));
}

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
