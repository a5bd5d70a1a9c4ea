import { z } from 'zod';
import { optionalFlag, optionalNumber, optionalText, webhookUrl } from './fields';
import { offsetPagination } from './paging';

/** Starts to extract leads from LinkedIn or Sales Navigator searches; that costs credits. */
export const EXTRACTIONS_PATH = '/v1/lead-extractor/campaigns';

/** Tells how far an extraction is. */
export const EXTRACTION_STATUS_PATH = `${EXTRACTIONS_PATH}/:id/status`;

/** Reads the leads that were extracted, by offset. */
export const EXTRACTION_RESULTS_PATH = `${EXTRACTIONS_PATH}/:id/results`;

/** Whether an extraction also looks up contact data, which costs more credits. */
export const EXTRACTION_MODES = ['extraction_only', 'with_enrichment'] as const;

/** Where the search URLs of an extraction come from. */
export const EXTRACTION_URL_TYPES = ['linkedin_search', 'sales_navigator'] as const;

/** The statuses of an extraction. */
export const EXTRACTION_STATUSES = ['PENDING', 'RUNNING', 'FINISHED', 'FAILED'] as const;

/** See {@link EXTRACTION_STATUSES}. */
export type ExtractionStatus = (typeof EXTRACTION_STATUSES)[number];

/** The body of `POST /v1/lead-extractor/campaigns`. */
export const startExtractionBody = z
	.object({
		name: z.string().min(1),
		/** Search URLs. */
		urls: z.array(z.string().url().startsWith('https://')).min(1),
		mode: z.enum(EXTRACTION_MODES),
		url_type: z.enum(EXTRACTION_URL_TYPES),
		/** The most leads to extract; the credits limit it further. */
		limit: z.number().int().min(1),
		webhook_url: webhookUrl.optional(),
	})
	.strict();

/** See {@link startExtractionBody}. */
export type StartExtractionBody = z.infer<typeof startExtractionBody>;

/** The reply of `POST /v1/lead-extractor/campaigns`; additions pass. */
export const startExtractionReply = z
	.object({
		id: z.string().min(1),
		name: optionalText,
		status: optionalText,
		created_at: optionalText,
		/** What the extraction may cost. */
		estimated_credits: optionalNumber,
	})
	.passthrough();

/** See {@link startExtractionReply}. */
export type StartExtractionReply = z.infer<typeof startExtractionReply>;

/** The reply of `GET /v1/lead-extractor/campaigns/{id}/status`; additions pass. */
export const extractionStatusReply = z
	.object({
		id: z.string().min(1),
		/** See {@link EXTRACTION_STATUSES}. */
		status: optionalText,
		name: optionalText,
		created_at: optionalText,
		completed_at: optionalText,
		progress: z
			.object({
				extracted: optionalNumber,
				enriched: optionalNumber,
				requested: optionalNumber,
				/** 0 to 100. */
				percent_complete: optionalNumber,
			})
			.passthrough()
			.nullish()
			.catch(undefined),
		error_message: optionalText,
	})
	.passthrough();

/** See {@link extractionStatusReply}. */
export type ExtractionStatusReply = z.infer<typeof extractionStatusReply>;

/** A person that was extracted; additions pass, such as `followers`, `experience`, `education`, `skills`. */
export const extractedLead = z
	.object({
		id: optionalText,
		linkedin_identifier: optionalText,
		linkedin_url: optionalText,
		first_name: optionalText,
		last_name: optionalText,
		full_name: optionalText,
		headline: optionalText,
		summary: optionalText,
		location: optionalText,
		city: optionalText,
		country: optionalText,
		profile_picture_url: optionalText,
		company: optionalText,
		job_position: optionalText,
		email: optionalText,
		phone: optionalText,
	})
	.passthrough();

/** See {@link extractedLead}. */
export type ExtractedLead = z.infer<typeof extractedLead>;

/** The reply of `GET /v1/lead-extractor/campaigns/{id}/results`, whose paging may be nested. */
export const extractionResults = z
	.object({
		campaign_id: optionalText,
		leads: z.array(extractedLead),
		...offsetPagination,
		pagination: z
			.object({ ...offsetPagination, hasMore: optionalFlag })
			.nullish()
			.catch(undefined),
	})
	.transform(({ pagination, ...flat }) => ({
		...flat,
		total: flat.total ?? pagination?.total,
		limit: flat.limit ?? pagination?.limit,
		offset: flat.offset ?? pagination?.offset,
		has_more: flat.has_more ?? pagination?.has_more ?? pagination?.hasMore,
	}));

/** See {@link extractionResults}. */
export type ExtractionResults = z.infer<typeof extractionResults>;
