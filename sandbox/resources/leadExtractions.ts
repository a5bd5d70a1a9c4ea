import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
	EXTRACTION_RESULTS_PATH,
	EXTRACTION_STATUS_PATH,
	EXTRACTIONS_PATH,
	type ExtractionStatus,
	startExtractionBody,
	type StartExtractionBody,
} from '../../sendpilot/contract/leadExtraction';
import { PAGE_SIZE } from '../../sendpilot/contract/paging';
import { extractedLead, numbered } from '../foundLeads';
import type { Job, JobStage } from '../jobs';
import { timesOf } from '../jobTimes';
import type { ApiParts, ById } from '../parts';
import { flag, offsets, sliceOf } from '../query';
import { validated } from '../validation';
import { callableUrl } from '../webhooks/callableUrl';
import type { EventSpec } from '../webhooks/requests';

const STATUSES: Readonly<Record<JobStage, ExtractionStatus>> = {
	waiting: 'PENDING',
	running: 'RUNNING',
	done: 'FINISHED',
	failed: 'FAILED',
};

/** How many credits a lead costs in each mode. */
const CREDITS_PER_LEAD = { extraction_only: 1, with_enrichment: 2 };

/** One lead of so many has no contact data, even with enrichment. */
const NOT_ENRICHED_EVERY = 5;

const startBody = startExtractionBody.extend({ webhook_url: callableUrl.optional() });
const resultsQuery = z
	.object({ ...offsets(PAGE_SIZE), enriched_only: flag('enriched_only') })
	.strict();

/** Adds the calls about extractions. */
export function addLeadExtractionRoutes(app: FastifyInstance, parts: ApiParts): void {
	const { extractions, webhooks, generation } = parts;

	app.post(EXTRACTIONS_PATH, (request, reply) => {
		const body = validated(startBody, request.body);
		const { id, stage, credits, startedAt } = extractions.start({
			...{ body, limit: body.limit, creditsPerLead: CREDITS_PER_LEAD[body.mode] },
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
			estimated_credits: credits,
		};
	});

	app.get<ById>(EXTRACTION_STATUS_PATH, (request) => {
		const job = extractions.poll(request.params.id);
		const { id, body, stage, percent } = job;
		const extracted = Math.floor((job.leads * percent) / 100);
		const { started_at, completed_at } = timesOf(job);
		const now = {
			...{ id, status: STATUSES[stage] },
			progress: {
				...{ extracted, enriched: enrichedOf(body, extracted), requested: body.limit },
				percent_complete: percent,
			},
		};
		if (generation === 'docs') return now;
		return {
			...{ ...now, name: body.name, created_at: started_at },
			...(job.endedAt !== undefined && { completed_at }),
			...(stage === 'failed' && { error_message: 'LinkedIn logged this account out' }),
		};
	});

	app.get<ById>(EXTRACTION_RESULTS_PATH, (request) => {
		const { enriched_only, ...query } = validated(resultsQuery, request.query);
		const job = extractions.get(request.params.id);
		const all = leadsOf(job, extractions.found(job));
		const wanted = enriched_only ? all.filter(({ email }) => email !== '') : all;
		const { items, position } = sliceOf(wanted, query);
		const page = { campaign_id: request.params.id, leads: items };
		return generation === 'docs' ? { ...page, pagination: position } : { ...page, ...position };
	});
}

function isEnriched({ mode }: StartExtractionBody, number: number): boolean {
	return mode === 'with_enrichment' && number % NOT_ENRICHED_EVERY !== 0;
}

function enrichedOf(body: StartExtractionBody, extracted: number): number {
	return numbered(extracted, (number) => isEnriched(body, number)).filter(Boolean).length;
}

/** @param found how many leads, in items */
function leadsOf({ body }: Job<StartExtractionBody>, found: number) {
	return numbered(found, (number) => extractedLead(number, isEnriched(body, number)));
}

function completedEvent(job: Job<StartExtractionBody>): EventSpec {
	const { id, body, leads, credits } = job;
	return {
		eventType: 'lead_extractor.job.completed',
		data: {
			...{ campaign_id: id, campaign_name: body.name, campaign_type: 'SEARCH' },
			...{ mode: body.mode, search_urls: body.urls },
			total_leads_extracted: leads,
			total_leads_enriched: enrichedOf(body, leads),
			requested_limit: body.limit,
			...timesOf(job),
			credits_used: { extraction: leads, enrichment: credits - leads, total: credits },
			leads: leadsOf(job, leads),
		},
	};
}
