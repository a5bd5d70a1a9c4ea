import type { Comparison, Contract } from './compare';
import { readOnly, type ReadAnswer, type ReadCall } from './readOnly';

/** What the probe found out about one call. */
export interface Finding {
	call: ReadCall;
	/** Why the call could not be made, such as an empty list before it. */
	skipped?: string;
	/** HTTP status; absent where no answer came. */
	status?: number;
	/** What went wrong, in words that contain nothing personal. */
	problem?: string;
	/** For a 2xx answer. */
	comparison?: Comparison;
	/** Headers about limits, with their values. */
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
	for (const campaign of campaignId === undefined ? [] : campaigns) {
		const query = { campaignId: String(campaign.id), limit: SAMPLE };
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
	if (status < 200 || status > 299) return { finding: { ...known, problem: redacted(body) } };
	return { finding: { ...known, comparison: contract.compare(call.path, body) }, body };
}

function limitsIn(headers: Headers): Record<string, string> {
	const limits = [...headers].filter(
		([name, value]) => /rate-?limit|retry-after/i.test(name) && /^\d[\d.,;= a-z]*$/i.test(value),
	);
	return Object.fromEntries(limits);
}

/** What an error says, with every word left out that might be somebody's: only plain lower-case words stay. */
export function redacted(body: unknown): string {
	const { message, error } = (typeof body === 'object' && body !== null ? body : {}) as {
		message?: unknown;
		error?: unknown;
	};
	const texts = [message ?? error].flat().filter((text) => typeof text === 'string');
	if (texts.length === 0) return 'an answer without a text';
	const shown = texts.join('; ').split(/\s+/).slice(0, 40);
	return shown
		.map((word, index) => (isPlain(word) || (index === 0 && isCapital(word)) ? word : '…'))
		.join(' ');
}

const isPlain = (word: string) => /^[a-z]+(:[a-z]+)?[.,:;]?$/.test(word);
const isCapital = (word: string) => /^[A-Z][a-z]+$/.test(word);

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
