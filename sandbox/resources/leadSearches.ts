import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
	FILTERS_PAGE_SIZE,
	FILTERS_PATH,
	SEARCH_RESULTS_PATH,
	SEARCH_STATUS_PATH,
	SEARCHES_PATH,
	type SearchStatus,
	startSearchBody,
	type StartSearchBody,
} from '../../sendpilot/contract/leadSearch';
import { PAGE_SIZE } from '../../sendpilot/contract/paging';
import { ApiError } from '../errors';
import { filterNames, valuesOf } from '../filterCatalogue';
import { databaseLead, numbered } from '../foundLeads';
import type { Job, JobStage } from '../jobs';
import { timesOf } from '../jobTimes';
import type { ApiParts, ById } from '../parts';
import { offsets, sliceOf } from '../query';
import { validated } from '../validation';
import type { EventSpec } from '../webhooks/requests';
import { callableUrl } from '../webhooks/callableUrl';

const STATUSES: Readonly<Record<JobStage, SearchStatus>> = {
	waiting: 'pending',
	running: 'processing',
	done: 'completed',
	failed: 'failed',
};

const CREDITS_PER_LEAD = 1;

const startBody = startSearchBody.extend({ webhook_url: callableUrl.optional() });
const resultsQuery = z.object(offsets(PAGE_SIZE)).strict();
const filtersQuery = z
	.object({
		...offsets(FILTERS_PAGE_SIZE),
		filter: z.string().min(1).optional(),
		search: z.string().optional(),
	})
	.strict();

/** Adds the calls about searches in the lead database. */
export function addLeadSearchRoutes(app: FastifyInstance, parts: ApiParts): void {
	const { searches, webhooks, generation } = parts;

	app.post(SEARCHES_PATH, (request, reply) => {
		const body = validated(startBody, request.body);
		const { id, stage, credits, startedAt } = searches.start({
			...{ body, limit: body.limit, creditsPerLead: CREDITS_PER_LEAD },
			onDone(job) {
				const event = completedEvent(job);
				webhooks.emit(event);
				if (body.webhook_url !== undefined) webhooks.callBack(body.webhook_url, event);
			},
		});
		void reply.code(201);
		return {
			...{ id, name: body.name, status: STATUSES[stage] },
			created_at: new Date(startedAt).toISOString(),
			estimated_quota: credits,
		};
	});

	app.get<ById>(SEARCH_STATUS_PATH, (request) => {
		const job = searches.poll(request.params.id);
		const { id, body, stage, percent } = job;
		const found = Math.floor((job.leads * percent) / 100);
		return {
			...{ id, name: body.name, status: STATUSES[stage] },
			created_at: timesOf(job).started_at,
			progress:
				generation === 'docs'
					? percent
					: { requested: body.limit, found, percent_complete: percent },
			...(job.endedAt !== undefined && { completed_at: timesOf(job).completed_at }),
			...(stage === 'done' && { totalResults: job.leads }),
			...(stage === 'failed' && { error_message: 'The provider did not answer' }),
		};
	});

	app.get<ById>(SEARCH_RESULTS_PATH, (request) => {
		const query = validated(resultsQuery, request.query);
		const job = searches.get(request.params.id);
		const { items, position } = sliceOf(leadsOf(job, searches.found(job)), query);
		const search = { search_id: request.params.id, ...position };
		return generation === 'docs' ? { ...search, results: items } : { ...search, leads: items };
	});

	app.get(FILTERS_PATH, (request) => {
		const { filter, search, ...page } = validated(filtersQuery, request.query);
		const entries = filter === undefined ? filterNames() : valuesOf(filter);
		if (!entries) throw new ApiError(400, `Unsupported filter: ${filter}`);
		const found = search === undefined ? entries : entries.filter((one) => includes(one, search));
		const { items, position } = sliceOf(found, page);
		// What an entry looks like is not documented.
		const shown = generation === 'docs' ? items.map(({ name }) => name) : items;
		return filter === undefined
			? { filters: shown, ...position }
			: { filter, values: shown, ...position };
	});
}

function includes(entry: object, search: string): boolean {
	return JSON.stringify(entry).toLowerCase().includes(search.toLowerCase());
}

/** @param found how many leads, in items */
function leadsOf({ body }: Job<StartSearchBody>, found: number) {
	const { job_titles: titles, locations } = body.filters;
	return numbered(found, (number) => databaseLead(number, { titles, locations }));
}

function completedEvent(job: Job<StartSearchBody>): EventSpec {
	const { id, body, leads } = job;
	return {
		eventType: 'lead_database.search.completed',
		data: {
			...{ search_id: id, search_name: body.name },
			...{ total_leads_found: leads, requested_limit: body.limit },
			...timesOf(job),
			filters: body.filters,
			leads: leadsOf(job, leads),
			results_url: SEARCH_RESULTS_PATH.replace(':id', id),
		},
	};
}
