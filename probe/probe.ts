import { errorTexts } from '../sendpilot/contract/error';
import type { Comparison, Contract } from './compare';
import { readOnly, type ReadAnswer, type ReadCall } from './readOnly';

/** What the probe found out about one call. */
export interface Finding {
	call: ReadCall;
	/** Why the call could not be made, such as an empty list before it. */
	skipped?: string;
	/** HTTP status; absent where no answer came. */
	status?: number;
	/** What went wrong, in our own words. */
	problem?: string;
	/** For a 2xx answer. */
	comparison?: Comparison;
	/** Headers about limits, with their values, which are numbers or dates. */
	limits: Record<string, string>;
}

/** How many entries of a list to look at. */
const SAMPLE = 5;

/** Looks at everything that can be read without effect, and compares it with the contract. */
export async function probe(
	access: { baseUrl: string; apiKey: string },
	contract: Contract,
): Promise<Finding[]> {
	const findings: Finding[] = [];

	async function look(call: ReadCall): Promise<unknown> {
		const finding = await findingOf(access, contract, call);
		findings.push(finding.finding);
		return finding.body;
	}
	const lookAt = async (call: ReadCall, needs: string): Promise<void> => {
		if (call.id !== undefined) await look(call);
		else findings.push({ call, skipped: `there is no ${needs} to read`, limits: {} });
	};

	await look({ path: '/v1/me' });
	await look({ path: '/v1/credits' });
	await look({ path: '/v1/inbox/senders' });
	await look({ path: '/v1/senders/quotas' });
	const campaigns = entriesOf(await look({ path: '/v1/campaigns', query: { limit: SAMPLE } }));
	const campaignId = idIn(campaigns);
	await lookAt({ path: '/v1/campaigns/{id}', id: campaignId }, 'campaign');
	if (campaignId === undefined) {
		findings.push({ call: { path: '/v1/leads' }, skipped: 'there is no campaign', limits: {} });
	}
	let leadId: string | undefined;
	for (const campaign of campaigns) {
		const id = idIn([campaign]);
		if (id === undefined) continue;
		const query = { campaignId: id, limit: SAMPLE };
		leadId = idIn(entriesOf(await look({ path: '/v1/leads', query })));
		if (leadId === undefined) continue;
		await look({ path: '/v1/leads', query: { ...query, full: true } });
		break;
	}
	await lookAt({ path: '/v1/leads/{id}', id: leadId, query: { full: true } }, 'lead');
	const conversations = entriesOf(
		await look({ path: '/v1/inbox/conversations', query: { limit: SAMPLE } }),
	);
	const [conversation] = conversations;
	const accountId = conversation?.accountId;
	await lookAt(
		{
			path: '/v1/inbox/conversations/{conversationId}/messages',
			id: idIn(conversations),
			query: { limit: SAMPLE, ...(typeof accountId === 'string' ? { accountId } : {}) },
		},
		'conversation',
	);
	await look({ path: '/v1/lead-database/filters', query: { limit: SAMPLE } });
	return findings;
}

async function findingOf(
	access: { baseUrl: string; apiKey: string },
	contract: Contract,
	call: ReadCall,
): Promise<{ finding: Finding; body?: unknown }> {
	let answer: ReadAnswer;
	try {
		answer = await readOnly(access, call);
	} catch (error) {
		const { name } = error as Error;
		return { finding: { call, problem: `no answer came (${name})`, limits: {} } };
	}
	const { status, headers, body } = answer;
	const known = { call, status, limits: limitsIn(headers) };
	if (status < 200 || status > 299) return { finding: { ...known, problem: topicsOf(body) } };
	try {
		return { finding: { ...known, comparison: contract.compare(call.path, body) }, body };
	} catch (error) {
		const { name } = error as Error;
		return { finding: { ...known, problem: `the answer could not be compared (${name})` } };
	}
}

/** The headers about limits that servers use. */
const LIMIT_HEADERS = [
	'retry-after',
	...['limit', 'remaining', 'reset'].flatMap((what) => [
		`ratelimit-${what}`,
		`x-ratelimit-${what}`,
		`x-rate-limit-${what}`,
	]),
];

const NUMBER = /^\d{1,15}(?:\.\d{1,3})?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

function limitsIn(headers: Headers): Record<string, string> {
	const limits = LIMIT_HEADERS.map((name) => [name, headers.get(name) ?? '']).filter(
		([, value]) => NUMBER.test(value) || HTTP_DATE.test(value),
	);
	return Object.fromEntries(limits) as Record<string, string>;
}

/** What an error can be about, in our words, and how SendPilot says it. */
const TOPICS: Array<[topic: string, pattern: RegExp]> = [
	['a scope', /\bscopes?\b/i],
	['the API key', /\bapi[ -]?key\b/i],
	['the plan', /\b(?:plan|subscription|upgrade)\b/i],
	['credits', /\bcredits?\b/i],
	['a quota', /\bquotas?\b/i],
	['a rate limit', /\brate[ -]?limit|\btoo many requests\b/i],
	['a path that the server does not have', /^Cannot GET \//],
	['something that was not found', /\bnot found\b/i],
];

/** Scopes as SendPilot names them. */
const SCOPE =
	/\b(?:campaigns|conversations|credits|inbox|leads|messages|senders|webhooks|workspace):(?:read|write)\b/g;

/** @returns what an error is about, in our words: its own text may be about somebody */
export function topicsOf(body: unknown): string {
	const text = errorTexts(body).join('; ');
	const topics = TOPICS.filter(([, pattern]) => pattern.test(text)).map(([topic]) => topic);
	const all = [...topics, ...new Set(text.match(SCOPE))];
	return all.length === 0 ? 'an error of an unknown kind' : `an error about ${all.join(', ')}`;
}

function entriesOf(body: unknown): Array<Record<string, unknown>> {
	if (typeof body !== 'object' || body === null) return [];
	const list = Object.values(body).find((value) => Array.isArray(value)) as unknown[] | undefined;
	return (list ?? []).filter((entry) => typeof entry === 'object' && entry !== null) as Array<
		Record<string, unknown>
	>;
}

function idIn([first]: Array<Record<string, unknown>>): string | undefined {
	return typeof first?.id === 'string' && first.id !== '' ? first.id : undefined;
}
