import { read, type SendPilotApi } from './api';
import {
	EXTRACTION_RESULTS_PATH,
	EXTRACTION_STATUS_PATH,
	extractionResults,
	extractionStatusReply,
	type ExtractedLead,
	type ExtractionStatusReply,
} from './contract/leadExtraction';
import { pathFor } from './contract/path';
import { leadKey } from './foundLead';
import { offsetPages } from './offsetPages';
import { readPages, type ReadOptions } from './paging';

/**
 * Reads how far an extraction is. Follows `GET /v1/lead-extractor/campaigns/{id}/status`.
 *
 * @throws SendPilotError if there is no usable reply
 */
export async function readExtraction(
	api: SendPilotApi,
	id: string,
): Promise<ExtractionStatusReply> {
	return await read(api, pathFor(EXTRACTION_STATUS_PATH, id), {}, extractionStatusReply);
}

/**
 * Lists what an extraction found. Follows `GET /v1/lead-extractor/campaigns/{id}/results`.
 *
 * @param filter `enriched_only` leaves out people whose contact data was not looked up
 * @yields the people of each page
 * @throws SendPilotError if there is no usable reply
 */
export function listExtractionResults(
	api: SendPilotApi,
	id: string,
	filter: { enriched_only?: boolean },
	{ max = Infinity, onCut }: ReadOptions,
): AsyncGenerator<ExtractedLead[]> {
	const path = pathFor(EXTRACTION_RESULTS_PATH, id);
	const list = offsetPages({
		async read(position) {
			const query = { ...filter, ...position };
			const { leads, total, has_more } = await read(api, path, query, extractionResults);
			return { items: leads, total, has_more };
		},
		idOf: leadKey,
		max,
	});
	return readPages(list, { max, onCut });
}
