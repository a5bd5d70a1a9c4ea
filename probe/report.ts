import { ALWAYS } from './compare';
import type { Finding } from './probe';

/**
 * What the findings say in all:
 * - `asDescribed`: whatever the key may read is as described
 * - `differs`: SendPilot answers in a way that is not described
 * - `unread`: neither is known, because answers are missing
 * - `nothingRead`: the same, because the key may read nothing, or does not work at all
 */
export type Verdict = 'asDescribed' | 'differs' | 'unread' | 'nothingRead';

const VERDICTS: Record<Verdict, string> = {
	asDescribed: 'Everything that could be read is as described.',
	differs: 'SendPilot differs from the contract.',
	unread:
		'Not everything could be read, so nothing is known about the rest. Check the API key and the connection, and try again later.',
	nothingRead:
		'Nothing could be read, so nothing is known. Check the API key and its scopes, that the plan includes the API, and the connection.',
};

/** @returns a difference if there is any, whatever could not be read */
export function verdictOn(findings: readonly Finding[]): Verdict {
	if (findings.some(differs)) return 'differs';
	if (!findings.some(({ comparison }) => comparison)) return 'nothingRead';
	return findings.some(isUnread) ? 'unread' : 'asDescribed';
}

function differs(finding: Finding): boolean {
	const { problem, status, comparison } = finding;
	// A key may lack scopes.
	if (problem !== undefined) return !isUnread(finding) && status !== 403;
	if (!comparison) return false;
	const { added, different, missing } = comparison;
	return [added, different, required(missing)].some((fields) => fields.length > 0);
}

/** Whether a call got no answer that says anything about the contract. */
function isUnread({ problem, status }: Finding): boolean {
	if (problem === undefined) return false;
	return status === undefined || status >= 500 || UNREAD.has(status);
}

/** A wrong key, a gateway that gave up waiting, too many calls. */
const UNREAD = new Set([401, 408, 429]);

const required = (fields: string[]) => fields.filter((field) => field.endsWith(ALWAYS));

/** @returns the report in Markdown, for an issue; new names and statuses are all that SendPilot itself says in it */
export function reportOn(findings: readonly Finding[], now: Date): string {
	const generations = new Set(findings.flatMap(({ comparison }) => comparison?.generations ?? []));
	return [
		'## SendPilot API probe',
		'',
		`${now.toISOString().slice(0, 10)}, read-only calls. Names and types of fields, not what is in them. Look it over before you paste it: names and statuses that are new come from SendPilot.`,
		`Generation of the replies: ${[...generations].join(', ') || 'unknown'}.`,
		...findings.flatMap(sectionOn),
		'',
		VERDICTS[verdictOn(findings)],
	].join('\n');
}

function sectionOn({ call, skipped, status, problem, comparison, limits }: Finding): string[] {
	const query = Object.keys(call.query ?? {}).join(', ');
	const title = `### GET ${call.path}${query === '' ? '' : ` (${query})`}`;
	const lines = [
		...(skipped === undefined ? [] : [`Not read: ${skipped}.`]),
		...(status === undefined ? [] : [`HTTP ${status}`]),
		...(problem === undefined ? [] : [`Problem: ${problem}`]),
		...Object.entries(limits).map(([name, value]) => `Header ${name}: ${value}`),
		...(comparison ? listsOf(comparison) : []),
	];
	return ['', title, '', ...lines.map((line) => `- ${line}`)];
}

function listsOf({
	confirmed,
	learned,
	added,
	missing,
	different,
	hidden,
}: NonNullable<Finding['comparison']>): string[] {
	const list = (name: string, fields: string[]) =>
		fields.length === 0 ? [] : [`${name}: ${fields.map((field) => `\`${field}\``).join(', ')}`];
	return [
		...list('Confirmed', confirmed),
		...list('Known now', learned),
		...list('New', added),
		...list('Missing', missing),
		...list('Different', different),
		...list('Names not shown', hidden),
	];
}
