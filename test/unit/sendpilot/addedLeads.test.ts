import fc from 'fast-check';
import type { AddLeadsReply } from '../../../sendpilot/contract/lead';
import { addedLeads } from '../../../sendpilot/addedLeads';

const url = (name: string) => `https://www.linkedin.com/in/${name}`;
const LEADS = ['a', 'b', 'c'].map((name) => ({ linkedinUrl: url(name) }));

const counted = (added: unknown, skipped: unknown, invalid: unknown, errors?: unknown) =>
	({
		...{ leadsAdded: added, duplicatesSkipped: skipped, invalidEntries: invalid },
		...(errors !== undefined && { errors }),
	}) as AddLeadsReply;

const outcomes = (reply: AddLeadsReply, mayBeDone = false) =>
	addedLeads(reply, LEADS, mayBeDone).map(({ outcome }) => outcome);

const UNKNOWN = ['unknown', 'unknown', 'unknown'];
const BAD_B = { linkedinUrl: url('b'), reason: 'bad', index: 1 };

describe('what became of the leads of a request follows from the answer, or is unknown', () => {
	it.each([
		['all added', counted(3, 0, 0), ['added', 'added', 'added']],
		['all known', counted(0, 3, 0), ['duplicate', 'duplicate', 'duplicate']],
		['all invalid', counted(0, 0, 3), ['invalid', 'invalid', 'invalid']],
		['some known', counted(2, 1, 0), UNKNOWN],
		['some invalid', counted(2, 0, 1), UNKNOWN],
		['named invalid, others added', counted(2, 0, 1, [BAD_B]), ['added', 'invalid', 'added']],
		[
			'named invalid, others known',
			counted(0, 2, 1, [BAD_B]),
			['duplicate', 'invalid', 'duplicate'],
		],
		['named invalid, others mixed', counted(1, 1, 1, [BAD_B]), ['unknown', 'invalid', 'unknown']],
		['one of two named', counted(1, 0, 2, [BAD_B]), ['unknown', 'invalid', 'unknown']],
		['all invalid, one named', counted(0, 0, 3, [BAD_B]), ['invalid', 'invalid', 'invalid']],
		['no counters', {} as AddLeadsReply, UNKNOWN],
		['one counter', counted(3, undefined, undefined), UNKNOWN],
		['too many', counted(4, 0, 0), UNKNOWN],
		['too few', counted(2, 0, 0), UNKNOWN],
		['negative', counted(4, -1, 0), UNKNOWN],
		['no whole numbers', counted(2.5, 0.5, 0), UNKNOWN],
		['more named than counted', counted(3, 0, 0, [BAD_B]), UNKNOWN],
	])('%s', (_, reply, expected) => {
		expect(outcomes(reply)).toEqual(expected);
	});

	it.each([
		['by profile URL, in another form', { linkedinUrl: 'http://linkedin.com/in/B/', reason: 'x' }],
		['by profile URL rather than position', { linkedinUrl: url('b'), index: 2, reason: 'x' }],
		['by position, if there is no URL', { index: 1, reason: 'x' }],
	])('finds the lead of an error %s', (_, error) => {
		expect(outcomes(counted(2, 0, 1, [error]))).toEqual(['added', 'invalid', 'added']);
	});

	it.each([
		['nobody’s URL', { linkedinUrl: url('z'), index: 1, reason: 'x' }],
		['a position outside', { index: 3, reason: 'x' }],
		['a position between', { index: 0.5, reason: 'x' }],
		['neither', { reason: 'x' }],
	])('does not guess whom an error with %s means', (_, error) => {
		expect(outcomes(counted(2, 0, 1, [error]))).toEqual(UNKNOWN);
	});

	it('gives SendPilot’s reason', () => {
		const all = addedLeads(counted(2, 0, 1, [BAD_B]), LEADS, false);
		expect(all.map(({ reason }) => reason)).toEqual([null, 'bad', null]);
	});

	it('does not take people for known whom an earlier try may have added', () => {
		expect(outcomes(counted(0, 3, 0), true)).toEqual(UNKNOWN);
		expect(addedLeads(counted(0, 3, 0), LEADS, true)[0].reason).toMatch(/in the campaign/);
		expect(outcomes(counted(3, 0, 0), true)).toEqual(['added', 'added', 'added']);
	});

	it('passes on the counters, and null where there is none', () => {
		expect(addedLeads(counted(2, 1, undefined), LEADS, false)[0].counters).toEqual({
			leads: 3,
			leadsAdded: 2,
			duplicatesSkipped: 1,
			invalidEntries: null,
		});
	});
});

it('never says anything that is not true, whatever happened to each lead', () => {
	const fate = fc.constantFrom('added', 'duplicate', 'invalid');
	const fates = fc.array(fc.record({ fate, isNamed: fc.boolean() }), { minLength: 1 });
	fc.assert(
		fc.property(fates, (leads) => {
			const count = (wanted: string) => leads.filter((lead) => lead.fate === wanted).length;
			const errors = leads.flatMap((lead, index) =>
				lead.fate === 'invalid' && lead.isNamed ? [{ index, reason: 'bad' }] : [],
			);
			const reply = counted(count('added'), count('duplicate'), count('invalid'), errors);
			const sent = leads.map((_, index) => ({ linkedinUrl: url(`person-${index}`) }));
			const result = addedLeads(reply, sent, false);
			expect(result).toHaveLength(leads.length);
			for (const [index, { outcome }] of result.entries()) {
				expect(['unknown', leads[index].fate]).toContain(outcome);
			}
		}),
	);
});
