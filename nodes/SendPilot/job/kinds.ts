import type { IDataObject } from 'n8n-workflow';
import { withinSentence } from '../../../sendpilot/contract/error';
import { EVENT_DETAILS, type EventType } from '../../../sendpilot/contract/event';
import { failureText, hasEnded, type JobStatus } from '../../../sendpilot/job';
import { explainedAs } from '../../shared/explainedAs';
import { ExplainedError } from '../../shared/explanation';
import { keep } from '../../shared/shape';

/** What SendPilot works on for a while after it was started, in the words for it. */
export interface JobKind {
	/** Within a sentence. */
	noun: string;
	/** The same for several. */
	nouns: string;
	/** The name of its resource in the node. */
	resource: string;
	/** Where SendPilot shows it. */
	place: string;
	/** Sent when one has completed. */
	event: EventType;
	/** Where the event has the ID. */
	eventId: string;
	/** What its status always has in the output, in this order. */
	outputFields: readonly string[];
	/** The same for its `progress`. */
	progressFields: readonly string[];
	/** What matters most of a person that it found. */
	personFields: readonly string[];
}

/** A search in SendPilot's lead database. */
export const SEARCH: JobKind = {
	noun: 'search',
	nouns: 'searches',
	resource: 'Lead Search',
	place: 'Lead Database',
	event: 'lead_database.search.completed',
	eventId: 'search_id',
	outputFields: [
		...['id', 'name', 'status', 'isDone', 'progress', 'totalResults'],
		...['created_at', 'completed_at', 'error_message'],
	],
	progressFields: ['requested', 'found', 'percent_complete'],
	personFields: [
		...['id', 'first_name', 'last_name', 'job_title', 'company'],
		...['email', 'phone', 'linkedin_url', 'location', 'website'],
	],
};

/** An extraction of leads from LinkedIn searches. */
export const EXTRACTION: JobKind = {
	noun: 'extraction',
	nouns: 'extractions',
	resource: 'Lead Extraction',
	place: 'Lead Extractor',
	event: 'lead_extractor.job.completed',
	eventId: 'campaign_id',
	outputFields: [
		...['id', 'name', 'status', 'isDone', 'progress'],
		...['created_at', 'completed_at', 'error_message'],
	],
	progressFields: ['requested', 'extracted', 'enriched', 'percent_complete'],
	personFields: [
		...['id', 'first_name', 'last_name', 'headline', 'job_position'],
		...['company', 'email', 'phone', 'linkedin_url', 'location'],
	],
};

/** How to get the people whom SendPilot does not list, within a sentence. */
export function toGetOthers({ nouns }: JobKind): string {
	return `start ${nouns} that find fewer people`;
}

/** How to be told when a job has completed. */
export function byEvent({ event }: JobKind): string {
	return `a SendPilot Trigger with the event ${EVENT_DETAILS[event].displayName}`;
}

/** @returns the error to throw for one of a call about a job */
export function jobProblem({ noun, resource, eventId }: JobKind, error: unknown): unknown {
	return explainedAs(error, {
		notFound: {
			what: `SendPilot could not find this ${noun}`,
			next: `Check the ID: it is "id" in the output of ${resource}: Start, or "data.${eventId}" of a SendPilot Trigger event. It must belong to the workspace of the API key.`,
		},
	});
}

/** The error for a job that has failed. */
export function jobFailed({ noun, resource }: JobKind, job: JobStatus) {
	const why = withinSentence(failureText(job) ?? '') || 'SendPilot does not say why';
	return new ExplainedError(
		`the ${noun} ${job.id} failed: ${why}`,
		`It will not go on. Start a new one with ${resource}: Start. Account: Get Credits tells whether this one used up credits.`,
		{ reason: 'jobFailed' },
	);
}

/** The error for a job that has no results yet. */
export function jobRunning(kind: JobKind, job: JobStatus) {
	const { noun, resource } = kind;
	return new ExplainedError(
		`the ${noun} ${job.id} has no results yet: it is ${standing(job)}`,
		`Run ${resource}: Get with Wait for Completion first, or start the workflow with ${byEvent(kind)}.`,
		{ reason: 'jobRunning' },
	);
}

/** The status of a job and how far it is, within a sentence. */
export function standing({ status, progress }: JobStatus): string {
	const percent = progress?.percent_complete;
	const name = status?.toLowerCase() || 'in an unknown status';
	return typeof percent === 'number' ? `${name} (${percent} %)` : name;
}

/** The output for the status of a job: all of its fields in one form, and whatever else the reply has. */
export function jobOutput({ outputFields, progressFields }: JobKind, job: JobStatus): IDataObject {
	const { progress } = job;
	const output = complete(outputFields, {
		...job,
		isDone: hasEnded(job),
		progress: complete(progressFields, { ...progress }),
		error_message: failureText(job),
	});
	// n8n takes an item with this key for one that failed.
	delete output.error;
	return output;
}

/** Puts the named fields first, and null where there are none. */
function complete(names: readonly string[], value: Record<string, unknown>): IDataObject {
	const kept = keep(names)(value);
	return { ...kept, ...(value as IDataObject), ...kept };
}
