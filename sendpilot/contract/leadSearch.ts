import { z } from 'zod';
import { optionalList, optionalNumber, optionalText, webhookUrl } from './fields';
import { leadSearchFilters } from './leadSearchFilters';
import { offsetPagination } from './paging';

/** Starts a search in SendPilot's lead database; that costs credits. */
export const SEARCHES_PATH = '/v1/lead-database/searches';

/** Tells how far a search is. */
export const SEARCH_STATUS_PATH = `${SEARCHES_PATH}/:id/status`;

/** Reads the leads that a search found, by offset. */
export const SEARCH_RESULTS_PATH = `${SEARCHES_PATH}/:id/results`;

/** Lists the filters of a search and their values; free of credits. */
export const FILTERS_PATH = '/v1/lead-database/filters';

/** The scope that {@link FILTERS_PATH} needs. */
export const FILTERS_SCOPE = 'leads:read';

/** How many filters or values {@link FILTERS_PATH} gives by default. */
export const FILTERS_PAGE_SIZE = 50;

/** The statuses of a search. */
export const SEARCH_STATUSES = ['pending', 'processing', 'completed', 'failed'] as const;

/** See {@link SEARCH_STATUSES}. */
export type SearchStatus = (typeof SEARCH_STATUSES)[number];

/** The body of `POST /v1/lead-database/searches`. */
export const startSearchBody = z
	.object({
		name: z.string().min(1),
		/** The most leads to find; the credits limit it further. */
		limit: z.number().int().min(1),
		filters: leadSearchFilters,
		webhook_url: webhookUrl.optional(),
	})
	.strict();

/** See {@link startSearchBody}. */
export type StartSearchBody = z.infer<typeof startSearchBody>;

/** The reply of `POST /v1/lead-database/searches`; additions pass. */
export const startSearchReply = z
	.object({
		id: z.string().min(1),
		name: optionalText,
		status: optionalText,
		created_at: optionalText,
		/** What the search may cost. */
		estimated_quota: optionalNumber,
	})
	.passthrough();

/** See {@link startSearchReply}. */
export type StartSearchReply = z.infer<typeof startSearchReply>;

const progressDetails = z
	.object({
		requested: optionalNumber,
		found: optionalNumber,
		/** 0 to 100. */
		percent_complete: optionalNumber,
	})
	.passthrough();

/**
 * The reply of `GET /v1/lead-database/searches/{id}/status`; additions pass. Where `progress` is only a
 * number, it becomes `percent_complete`.
 */
export const searchStatusReply = z
	.object({
		id: z.string().min(1),
		name: optionalText,
		/** See {@link SEARCH_STATUSES}. */
		status: optionalText,
		created_at: optionalText,
		completed_at: optionalText,
		/** Once completed. */
		totalResults: optionalNumber,
		progress: z
			.union([
				progressDetails,
				z
					.number()
					.transform((percent): z.infer<typeof progressDetails> => ({ percent_complete: percent })),
			])
			.nullish()
			.catch(undefined),
		error_message: optionalText,
	})
	.passthrough();

/** See {@link searchStatusReply}. */
export type SearchStatusReply = z.infer<typeof searchStatusReply>;

/** A person that a search found; additions pass. */
export const foundLead = z
	.object({
		id: optionalText,
		first_name: optionalText,
		last_name: optionalText,
		full_name: optionalText,
		email: optionalText,
		phone: optionalText,
		linkedin_url: optionalText,
		job_title: optionalText,
		company: optionalText,
		location: optionalText,
		country: optionalText,
		industry: optionalText,
		seniority: optionalText,
		company_linkedin_url: optionalText,
		website: optionalText,
		employees: optionalText,
	})
	.passthrough();

/** See {@link foundLead}. */
export type FoundLead = z.infer<typeof foundLead>;

const foundLeads = z.array(foundLead);
const searchResultsPage = z.object({
	search_id: optionalText,
	leads: foundLeads,
	...offsetPagination,
});

/** See {@link searchResults}. */
export type SearchResults = z.infer<typeof searchResultsPage>;

/**
 * The reply of `GET /v1/lead-database/searches/{id}/results`. Integrators also allow for leads under
 * `results`, and for a bare list.
 */
export const searchResults = z.union([
	searchResultsPage,
	z
		.object({ search_id: optionalText, results: foundLeads, ...offsetPagination })
		.transform(({ results, ...rest }): SearchResults => ({ ...rest, leads: results })),
	foundLeads.transform((leads): SearchResults => ({ leads })),
]);

/**
 * The reply of `GET /v1/lead-database/filters`: filters, or with a query `filter` its values. What an entry
 * looks like is not documented.
 */
export const filterCatalogue = z
	.object({
		filter: optionalText,
		filters: optionalList,
		values: optionalList,
		...offsetPagination,
	})
	.passthrough();

/** See {@link filterCatalogue}. */
export type FilterCatalogue = z.infer<typeof filterCatalogue>;
