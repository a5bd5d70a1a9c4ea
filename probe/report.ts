import { ALWAYS } from './compare';
import type { Finding } from './probe';

/** Whether SendPilot answers in any way that is not described. */
export function hasDrift(findings: readonly Finding[]): boolean {
	return findings.some(
		({ comparison, problem, status }) =>
			(problem !== undefined && status !== 403) ||
			(comparison !== undefined &&
				[comparison.added, comparison.different, required(comparison.missing)].some(
					(fields) => fields.length > 0,
				)),
	);
}

const required = (fields: string[]) => fields.filter((field) => field.endsWith(ALWAYS));

/** @returns the report in Markdown, ready for an issue; it contains nothing personal */
export function reportOn(findings: readonly Finding[], now: Date): string {
	const generations = new Set(findings.flatMap(({ comparison }) => comparison?.generations ?? []));
	return [
		'## SendPilot API probe',
		'',
		`${now.toISOString().slice(0, 10)}, read-only calls. Field names, types and statuses only: no values of fields.`,
		`Generation of the replies: ${[...generations].join(', ') || 'unknown'}.`,
		...findings.flatMap(sectionOn),
		'',
		hasDrift(findings)
			? 'SendPilot differs from the contract.'
			: 'Everything that could be read is as described.',
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
}: NonNullable<Finding['comparison']>): string[] {
	const list = (name: string, fields: string[]) =>
		fields.length === 0 ? [] : [`${name}: ${fields.map((field) => `\`${field}\``).join(', ')}`];
	return [
		...list('Confirmed', confirmed),
		...list('Known now', learned),
		...list('New', added),
		...list('Missing', missing),
		...list('Different', different),
	];
}
