import { read, type SendPilotApi } from './api';
import {
	filterCatalogue,
	FILTERS_PAGE_SIZE,
	FILTERS_PATH,
	SEARCH_RESULTS_PATH,
	SEARCH_STATUS_PATH,
	searchResults,
	searchStatusReply,
	type FoundLead,
	type SearchStatusReply,
} from './contract/leadSearch';
import { pathFor } from './contract/path';
import { leadKey } from './foundLead';
import { offsetPages } from './offsetPages';
import { readPages, type ReadOptions } from './paging';

/**
 * Reads how far a search is. Follows `GET /v1/lead-database/searches/{id}/status`.
 *
 * @throws SendPilotError if there is no usable reply
 */
export async function readSearch(api: SendPilotApi, id: string): Promise<SearchStatusReply> {
	return await read(api, pathFor(SEARCH_STATUS_PATH, id), {}, searchStatusReply);
}

/**
 * Lists what a search found. Follows `GET /v1/lead-database/searches/{id}/results`.
 *
 * @yields the people of each page
 * @throws SendPilotError if there is no usable reply
 */
export function listSearchResults(
	api: SendPilotApi,
	id: string,
	{ max = Infinity, onCut }: ReadOptions,
): AsyncGenerator<FoundLead[]> {
	const path = pathFor(SEARCH_RESULTS_PATH, id);
	const list = offsetPages({
		async read(position) {
			const { leads, ...rest } = await read(api, path, { ...position }, searchResults);
			return { items: leads, ...rest };
		},
		idOf: leadKey,
		max,
	});
	return readPages(list, { max, onCut });
}

/**
 * Lists the filters that a search can have or, with `filter`, the values of one. Follows
 * `GET /v1/lead-database/filters`.
 *
 * @param query `search` finds names and values that contain it
 * @yields the entries of each page, whose form is not documented
 * @throws SendPilotError if there is no usable reply
 */
export function listFilters(
	api: SendPilotApi,
	query: { filter?: string; search?: string },
	{ max = Infinity, onCut }: ReadOptions,
): AsyncGenerator<unknown[]> {
	const list = offsetPages<unknown>({
		async read(position) {
			const reply = await read(api, FILTERS_PATH, { ...query, ...position }, filterCatalogue);
			const { filters, values, total, has_more } = reply;
			return { items: (query.filter === undefined ? filters : values) ?? [], total, has_more };
		},
		idOf: (entry) => JSON.stringify(entry),
		max,
		pageSize: FILTERS_PAGE_SIZE,
	});
	return readPages(list, { max, onCut });
}
