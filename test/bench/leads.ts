import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { LEADS_PER_REQUEST } from '../../sendpilot/contract/lead';
import { PAGE_SIZE } from '../../sendpilot/contract/paging';
import { byId, newNode, people } from '../support';
import { httpRequest, inBatches, pairs } from './httpRequest';
import type { Access } from './place';
import type { Contest } from './rounds';
import { LATENCY, type Task } from './run';
import { nothing, splitOut } from './workflows';

/** A campaign without leads, and the largest one of the sandbox. */
const EMPTY = 'camp_next';
const LARGEST = 'camp_saas';

/** HTTP Request starts as many calls as our node has under way, whenever the calls before are likely to be over. */
const AS_MANY_AS_WE = { add: inBatches(4, LATENCY), get: inBatches(10, LATENCY) };

/** Adding leads. */
export function adding(count: number) {
	return {
		/** Custom fields come from the input. */
		sendPilot: (access) =>
			addedBy('our node', count, [
				sendPilot(access, 'addToCampaign', {
					campaignId: byId(EMPTY),
					linkedinUrl: '={{ $json.url }}',
					customFieldsFrom: 'allOtherInputFields',
				}),
			]),
		/** Each field has an expression. */
		mapped: (access) =>
			addedBy('our node, mapped', count, [
				sendPilot(access, 'addToCampaign', {
					campaignId: byId(EMPTY),
					linkedinUrl: '={{ $json.url }}',
					additionalFields: Object.fromEntries(
						KNOWN.map((name) => [name, `={{ $json["${name}"] }}`]),
					),
					customFields: {
						assignments: [{ id: '1', name: 'topic', type: 'string', value: '={{ $json.topic }}' }],
					},
				}),
			]),
		/** A Code node makes the chunks. */
		httpRequest: (access) =>
			addedBy(
				'HTTP Request',
				count,
				[
					code('Chunks', MAKE_CHUNKS),
					httpRequest(access, {
						...{ name: LEADS, path: '/v1/leads' },
						parameters: {
							method: 'POST',
							sendBody: true,
							specifyBody: 'json',
							jsonBody: '={{ $json }}',
							options: AS_MANY_AS_WE.add,
						},
					}),
				],
				count / LEADS_PER_REQUEST,
			),
	} satisfies Contest<string>;
}

/** Reading the first leads of a campaign. */
export function reading(count: number) {
	return {
		sendPilot: (access) => readBySendPilot(access, count),
		/** Its pagination, with the largest pages, and an item for each lead. */
		httpRequest: (access) =>
			readBy('HTTP Request', count, [
				httpRequest(access, {
					...{ name: 'Pages', path: '/v1/leads' },
					parameters: {
						sendQuery: true,
						queryParameters: pairs({ campaignId: LARGEST, limit: String(PAGE_SIZE) }),
						options: { pagination: { pagination: firstPages(count / PAGE_SIZE) } },
					},
				}),
				splitOut(LEADS, 'leads'),
			]),
	} satisfies Contest<string>;
}

/** Reading leads one by one. */
export function getting(count: number) {
	return {
		base: () => gotBy('nobody', count, nothing()),
		sendPilot: (access) =>
			gotBy(
				'our node',
				count,
				sendPilot(access, 'get', { leadId: byId('={{ $json.id }}'), simple: false }),
			),
		httpRequest: (access) =>
			gotBy(
				'HTTP Request',
				count,
				httpRequest(access, {
					...{ name: LEADS, path: '=/v1/leads/{{ $json.id }}' },
					parameters: {
						sendQuery: true,
						queryParameters: pairs({ full: 'true' }),
						options: AS_MANY_AS_WE.get,
					},
				}),
			),
	} satisfies Contest<string>;
}

/** Reads the first leads of a campaign with our node. */
export function readBySendPilot(access: Access, count: number, campaign = LARGEST): Task {
	const parameters = {
		...{ campaignId: byId(campaign), simple: false },
		...{ returnAll: false, limit: count },
	};
	return readBy('our node', count, [sendPilot(access, 'getAll', parameters)]);
}

/** Makes the same items as reading leads does, without reading anything. */
export function madeByCode(count: number): Task {
	return readBy('a Code node', count, [code(LEADS, `const count = ${count};${MAKE_LEADS}`)]);
}

function addedBy(who: string, count: number, nodes: INode[], output = count): Task {
	const items = people(count, (index) => ({
		firstName: `First ${index}`,
		lastName: `Last ${index}`,
		company: `Company ${index % 500}`,
		title: 'Head of Sales',
		email: `person-${index}@example.com`,
		topic: `how Company ${index % 500} does support`,
	}));
	const done = { added: count, output };
	return { name: `Leads added by ${who}`, items, nodes, done, latency: LATENCY };
}

function readBy(who: string, count: number, nodes: INode[]): Task {
	const name = `${count} leads by ${who}`;
	return { name, items: [{}], nodes, done: { output: count }, latency: LATENCY };
}

function gotBy(who: string, count: number, node: INode): Task {
	const items = Array.from(
		{ length: count },
		(_, index): IDataObject => ({ id: `lead_saas_${index + 1}` }),
	);
	const done = { output: count };
	return { name: `Leads by ID, by ${who}`, items, nodes: [node], done, latency: LATENCY };
}

/** The last node of each task. */
const LEADS = 'Leads';

function sendPilot({ credentials }: Access, operation: string, fields: INodeParameters): INode {
	return newNode({
		...{ id: LEADS, name: LEADS, type: 'n8n-nodes-sendpilot.sendPilot', credentials },
		parameters: { resource: 'lead', operation, ...fields },
	});
}

function code(name: string, jsCode: string): INode {
	const node = newNode({ id: name, name, type: 'n8n-nodes-base.code', parameters: { jsCode } });
	return { ...node, typeVersion: 2 };
}

const KNOWN = ['firstName', 'lastName', 'company', 'title', 'email'];

const MAKE_CHUNKS = `
	const leads = $input.all().map(({ json: { url, ...rest } }) => ({ linkedinUrl: url, ...rest }));
	const chunks = [];
	while (leads.length > 0) {
		chunks.push({ json: { campaignId: '${EMPTY}', leads: leads.splice(0, ${LEADS_PER_REQUEST}) } });
	}
	return chunks;`;

/** With texts as long as those of the sandbox, each of them new, as those of answers are. */
const MAKE_LEADS = `
	return Array.from({ length: count }, (_, index) => ({
		json: {
			id: 'lead_saas_' + index,
			linkedinUrl: 'https://www.linkedin.com/in/camille-svoboda-' + index,
			status: 'CONNECTION_SENT',
			campaignId: '${LARGEST}',
			createdAt: '2025-11-04T08:00:00.000Z',
			updatedAt: '2025-12-04T08:00:00.000Z',
			firstName: 'Camille',
			lastName: 'Svoboda',
			title: 'Head of Growth',
			company: 'Northwind',
			senderId: 'sender_bianca',
		},
	}));`;

/** HTTP Request's pagination, up to the last page or a number of pages. */
function firstPages(maxRequests: number) {
	return {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
		paginationCompleteWhen: 'other',
		completeExpression: '={{ $pageCount >= $response.body.pagination.totalPages }}',
		...{ limitPagesFetched: true, maxRequests },
	};
}
