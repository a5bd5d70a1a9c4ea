import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Files that may hold these words: this one, and what npm writes. */
const EXEMPT = ['test/unit/words.test.ts', 'package-lock.json'];

/** A word or text that we have replaced, what to write instead, and how to find it if not as it is. */
type Row = [now: string, better: string, pattern?: RegExp];

/** Found as whole words, in upper or lower case, also across a line break. */
const TEXTS: Row[] = [
	['mend what the text names', 'fix what the error describes', /\bmend(s|ed|ing)?\b/i],
	['it stands in the log', 'it is in the log', /\bst(ands?|ood) (in|at|here)\b/i],
	['in the midst', 'partway through'],
	['parted by', 'separated by'],
	['the dearest step', 'the costliest step', /\bdearest\b/i],
	['you need not care', 'no action is needed'],
	['how the house is laid out', 'the layout', /\bhouses?\b/i],
	['the rooms', 'the folders', /\brooms\b|\b(a|each|one|the|const) room\b/i],
	['both doors', 'both entry points', /\bdoors?\b/i],
	['How you name the person', 'How to identify the recipient'],
	['Automatic, or empty: the sender of the lead', "Automatic or empty uses the lead's own sender"],
	['Only narrows the list', 'Only filters the lead list', /\bonly narrows\b/i],
	['for tracking in SendPilot', 'used only for reporting in SendPilot'],
	['The SendPilot lead that the recipient is', 'The matching SendPilot lead'],
	['Shortest Pause', 'Min Delay Between Messages', /\b(shortest|longest) (\/ longest )?pause\b/i],
	['Longest Wait', 'Max Rate-Limit Wait'],
	['SendPilot asks for fewer calls', 'SendPilot is rate limiting requests'],
	['has used up its LinkedIn messages', "has reached today's LinkedIn message limit"],
	['SendPilot does not permit this', 'SendPilot denied access'],
	['is not a text', 'is not text'],
	['Correct what SendPilot names', 'what to do, and how to retry without sending again'],
	['SendPilot names no sender', 'This lead has no sender in SendPilot'],
	['met a problem that concerns this one', 'failed for a reason that also applies here'],
	['An earlier try of this run', 'An earlier attempt was interrupted while sending'],
	['its end is not known', 'it is unknown whether it was sent'],
	['a page of LinkedIn that is no profile', 'a LinkedIn page, but not a profile'],
	['Look into the conversation', 'Check the conversation', /\blook(s|ed|ing)? into\b/i],
	['not the secret of a webhook', 'not a webhook secret'],
	['Whether to put out', 'Whether to include', /\bput(s|ting)? out\b/i],
	['also those not known yet', 'including future event types', /\bthose not known yet\b/i],
	['received and left alone', 'ignored'],
	['A campaign came to its end', 'A campaign finished', /\b(come|came|comes) to (its|no) end\b/i],
	['is not made with the signing secret', 'does not match the signing secret'],
	['signs each of its own', 'signs every delivery'],
	['Take whatever comes in', 'Accept any request', /\bwhatever (else )?comes in\b/i],
	['invented events', 'fake events'],
	['in the name of any lead', 'fake events'],
	['Replace it by the node', 'Replace it with the node', /\breplace [^.,;:\n]{1,60} by\b/i],
	['got no message for certain', 'definitely got no message', /\bfor certain\b/i],
	['where nobody knows the value', 'if unknown'],
	['has begun', 'has started', /\bbegun\b/i],
	['it is to be seen', 'it shows', /\bis to be seen\b/i],
	['of whom nobody knows', 'whose delivery is unknown', /\bof whom\b/i],
];

/** Found in upper and lower case as given. */
const IDENTIFIERS: Row[] = [
	['Shelf', 'store', /shelf/i],
	['notBegun', 'notStarted'],
	['Due', 'PendingSend', /\b(interface|type|class) Due\b|: Due\b|\bDue\[\]|<Due>/],
	['Turns', 'BlockedSenders', /\b(class|new) Turns\b|: Turns\b|\{ Turns \}|\/turns['"]/],
	['within(5, call)', 'withTimeout', /\bwithin\(|\{ within\b|\/within['"]/],
	['TOO_LATE', 'TIMED_OUT'],
	['admitOnce', 'claimEvent', /\b(admitOnce|onlyOnce)\b/],
	['handedOver', 'markAccepted'],
	['foreignEvent', 'unknownEvent'],
	['wantsEvent', 'matchesFilter'],
	['refuse(context', 'reject(context', /\brefuse\(context\b/],
	['REFUSALS', 'REJECTIONS'],
	['Courier', 'WebhookSender', /\bcourier/i],
	['Letter', 'Delivery', /\b(interface|type|class|new) Letter\b|: Letter\b|\bLetter\[\]|<Letter>/],
	['Patience', 'RetryPolicy'],
	['furnish', 'seedInstance'],
	['fillOnce', 'createOnce'],
	['standingOf', 'keyStatus'],
	['house.test', 'imports.test', /\bhouse\.test\b/],
	['honest.test', 'tampering.test', /\bhonest\.test\b/],
	['ProblemText', 'Explanation', /problemTexts?\b/i],
	['Advice', 'Explanation', /\b(interface|type|class) Advice\b|: Advice\b|, Advice>/],
	['Refusal', 'Explanation', /\b(interface|type|class) Refusal\b|: Refusal\b|, Refusal>/],
	['InputError', 'ExplainedError'],
	['SettingsError', 'ExplainedError'],
	['minPause', 'minDelay', /\b(min|max)Pause\b/],
	['maxRetryAfter', 'maxRateLimitWait'],
];

/** What may lie between two words of a text: blanks, or a line break inside a comment. */
const GAP = String.raw`(?:\s+(?:(?:\*|//|#|>)\s+)?)`;

const ROWS = [
	...TEXTS.map(([now, better, pattern]) => ({
		now,
		better,
		pattern: pattern ? withGaps(pattern) : withGaps(new RegExp(`\\b${now}\\b`, 'i')),
	})),
	...IDENTIFIERS.map(([now, better, pattern]) => ({
		now,
		better,
		pattern: pattern ?? new RegExp(`\\b${now}\\b`),
	})),
];

function withGaps({ source, flags }: RegExp): RegExp {
	// Blanks in a character class stay as they are.
	return new RegExp(
		source.replace(/\[[^\]]*\]| /g, (part) => (part === ' ' ? GAP : part)),
		flags,
	);
}

const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
	.split('\0')
	.filter((file) => file !== '' && !EXEMPT.includes(file) && existsSync(join(ROOT, file)))
	.map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }))
	// Pictures hold this character, and texts do not.
	.filter(({ text }) => !text.includes('\0'));

it.each(ROWS)('"$now" is gone: write "$better"', ({ pattern }) => {
	const found = files.flatMap(({ file, text }) =>
		[...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map(
			({ index, 0: words }) => `${file}:${text.slice(0, index).split('\n').length} ${words}`,
		),
	);
	expect(found).toEqual([]);
});

describe('a planted word', () => {
	it.each(ROWS)('is found: $now', ({ now, better, pattern }) => {
		expect(plantedForms(now).filter((text) => !pattern.test(text))).toEqual([]);
		expect(better).not.toMatch(pattern);
	});

	it('is found across the lines of a comment', () => {
		const { pattern } = ROWS.find(({ now }) => now === 'in the midst')!;
		expect('/** It stops in the\n\t * midst of it. */').toMatch(pattern);
	});
});

/** @returns the text as its own sentence, and in the middle of one; identifiers in a declaration */
function plantedForms(now: string): string[] {
	const isType = /^(Due|Turns|Letter|Advice|Refusal)$/.test(now);
	if (isType) return [`class ${now} {`, `(one: ${now})`];
	return [now, `so ${now}, and`];
}
