import { withoutKey } from '../nodes/shared/withoutKey';

/** The API calls that the probe may make. None of them changes anything, reaches anybody or costs credits. */
const ALLOWED = [
	'/v1/me',
	'/v1/credits',
	'/v1/inbox/senders',
	'/v1/senders/quotas',
	'/v1/campaigns',
	'/v1/campaigns/{id}',
	'/v1/leads',
	'/v1/leads/{id}',
	'/v1/inbox/conversations',
	'/v1/inbox/conversations/{conversationId}/messages',
	'/v1/lead-database/filters',
] as const;

/** See {@link ALLOWED}. */
export type ReadPath = (typeof ALLOWED)[number];

/** One call that only reads. */
export interface ReadCall {
	path: ReadPath;
	/** For the part of the path in braces; not yet encoded. */
	id?: string;
	query?: Record<string, string | number | boolean>;
}

/** What came back. */
export interface ReadAnswer {
	status: number;
	headers: Headers;
	/** Parsed JSON, or the text if it was not JSON; without the API key. */
	body: unknown;
}

/** How long to wait for an answer, in ms. */
const TIMEOUT_MS = 30_000;

/**
 * Makes one call. This is the only place where the probe calls SendPilot, and it can do nothing but GET one of
 * {@link ALLOWED}; redirects are not followed.
 *
 * @throws Error for any other call, before it is made, and if no answer comes
 */
export async function readOnly(
	{ baseUrl, apiKey }: { baseUrl: string; apiKey: string },
	{ path, id, query = {} }: ReadCall,
): Promise<ReadAnswer> {
	if (!ALLOWED.includes(path)) throw new Error(`The probe does not call ${String(path)}`);
	const segment = id === undefined ? undefined : encodeURIComponent(id);
	const isComplete = path.includes('{') === (segment !== undefined && !/^\.{0,2}$/.test(segment));
	if (!isComplete) throw new Error(`The probe does not call ${path} with this ID`);
	const url = new URL(`${baseUrl}${path.replace(/\{\w+\}/, () => segment ?? '')}`);
	for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
	const response = await fetch(url, {
		method: 'GET',
		redirect: 'manual',
		headers: { 'X-API-Key': apiKey },
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		body: withoutKey(parsed(text), apiKey),
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
