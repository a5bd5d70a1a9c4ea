import { titleOf } from '../../../nodes/shared/titleOf';
import { LEAD_STATUSES } from '../../../sendpilot/contract/lead';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { connectFields } from '../../../nodes/shared/connectionRequest/fields';
import { sendFields } from '../../../nodes/shared/message/fields';
import { nextStep } from '../../../nodes/shared/reach/nextStep';
import type { Situation } from '../../../nodes/shared/reach/words';
import { notTried, outcomeOf, type Outcome } from '../../../nodes/shared/reach/outcome';
import { INVITATION_WORDS, MESSAGE_WORDS } from '../../../nodes/shared/reach/peopleWords';
import { DELIVERY_OF_REASON } from '../../../sendpilot/delivery';
import { PROBLEM_REASONS } from '../../../sendpilot/problem';

const SITUATIONS: Situation[] = [
	'tool',
	'item',
	'runAfterSending',
	'runWithoutSending',
	'subWorkflow',
];

/** What only a message can meet. */
const MESSAGES_ONLY = new Set(['notFirstDegree', 'leadWithoutProfile', 'leadWithoutSender']);

/** Everything that a failure can say, with its outcome. */
function textsWith(words: typeof MESSAGE_WORDS): string[] {
	const outcomes: Outcome[] = [
		notTried('invalidInput', { what: 'it is odd', next: 'Fix it.' }, words),
		...PROBLEM_REASONS.filter((reason) => !MESSAGES_ONLY.has(reason)).flatMap((reason) =>
			(['notSent', 'uncertain'] as const)
				.filter((outcome) => ['either', outcome].includes(DELIVERY_OF_REASON[reason]))
				.flatMap((outcome) =>
					[true, false].map((inherited) =>
						outcomeOf({ outcome, problem: { reason, step: 'send', said: [], inherited } }, words),
					),
				),
		),
	];
	return outcomes.flatMap((outcome) => {
		const { failure } = outcome as Extract<Outcome, { failure: unknown }>;
		const steps = SITUATIONS.map((situation) => nextStep(failure, situation, words));
		return [failure.message, ...steps];
	});
}

/** All that fields say. */
function textsOf(fields: ReadonlyArray<INodeProperties | INodePropertyOptions>): string[] {
	return fields.flatMap((field) => [
		'displayName' in field ? field.displayName : field.name,
		field.description ?? '',
		'hint' in field ? (field.hint ?? '') : '',
		...('options' in field ? textsOf((field.options ?? []) as INodeProperties[]) : []),
	]);
}

/** SendPilot's own, whatever is sent. */
const STATUSES = new Set(LEAD_STATUSES.map((status) => titleOf(status)));

describe.each([
	{ words: MESSAGE_WORDS, fields: sendFields, others: /\binvit/i },
	{ words: INVITATION_WORDS, fields: connectFields, others: /\bmessag/i },
])('texts about a $words.noun', ({ words, fields, others }) => {
	it('of failures speak of nothing else', () => {
		const texts = textsWith(words);
		expect(texts.length).toBeGreaterThan(100);
		expect(texts.filter((text) => others.test(text))).toEqual([]);
	});

	it('of failures say first whether it went out', () => {
		const openings = textsWith(words).filter((text) => text.startsWith(words.Noun));
		for (const text of openings) expect(text).toMatch(/^\w+ (not|may have been) sent: /);
	});

	it('of fields speak of nothing else', () => {
		const texts = textsOf(fields).filter((text) => text !== '');
		expect(texts.length).toBeGreaterThan(20);
		const own = texts.filter((text) => !STATUSES.has(text));
		expect(own.filter((text) => others.test(text))).toEqual([]);
	});
});
