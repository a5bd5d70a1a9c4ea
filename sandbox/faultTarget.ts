import type { FastifyRequest } from 'fastify';
import type { FaultTarget } from './faults';
import { readProfileUrl } from './profile';
import { pathOf } from './recorder';
import type { Store } from './store';
import { isRecord } from './validation';

/** @returns what fault rules match against, even if the request is invalid */
export function targetOf(request: FastifyRequest, store: Store): FaultTarget {
	const body = isRecord(request.body) ? request.body : {};
	const query = isRecord(request.query) ? request.query : {};
	const inPath = isRecord(request.params) ? request.params['id'] : undefined;
	const leadId = text(body['leadId']) ?? text(inPath);
	const lead = leadId === undefined ? undefined : store.seed.leads.find((one) => one.id === leadId);
	const profileUrl = text(body['recipientLinkedinUrl']) ?? lead?.linkedinUrl ?? '';
	return {
		path: pathOf(request),
		method: request.method,
		// Only looked up for rules about a recipient, as there are many leads.
		get recipients() {
			const names = [
				leadId,
				readProfileUrl(profileUrl)?.slug,
				...store.leadsWithProfile(profileUrl).map((one) => one.id),
			];
			return new Set(names.filter((name) => name !== undefined));
		},
		senderId: text(body['senderId']) ?? text(query['accountId']) ?? lead?.senderId,
		jobName: text(body['name']),
	};
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
