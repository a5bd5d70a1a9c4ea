import type { FastifyRequest } from 'fastify';
import type { FaultTarget } from './faults';
import { readProfileUrl } from './profile';
import { pathOf } from './recorder';
import type { Store } from './store';
import { isRecord } from './validation';

/** @returns what fault rules match against, even if the request is invalid */
export function targetOf(request: FastifyRequest, store: Store): FaultTarget {
	const body = isRecord(request.body) ? request.body : {};
	const inPath = isRecord(request.params) ? request.params['id'] : undefined;
	const leadId = text(body['leadId']) ?? text(inPath);
	const lead = store.seed.leads.find((one) => one.id === leadId);
	const profileUrl = text(body['recipientLinkedinUrl']) ?? lead?.linkedinUrl ?? '';
	const recipients = [
		leadId,
		readProfileUrl(profileUrl)?.slug,
		...store.leadsWithProfile(profileUrl).map((one) => one.id),
	];
	return {
		path: pathOf(request),
		method: request.method,
		recipients: new Set(recipients.filter((name) => name !== undefined)),
		senderId: text(body['senderId']) ?? lead?.senderId,
	};
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
