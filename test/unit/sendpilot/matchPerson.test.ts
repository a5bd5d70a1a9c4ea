import type { Conversation } from '../../../sendpilot/contract/conversation';
import { matchPerson } from '../../../sendpilot/matchPerson';

const OPAQUE = 'https://www.linkedin.com/in/ACoAABcdEfGhIjKlMnOpQrStUvWxYz123456789';
const PUBLIC = 'https://www.linkedin.com/in/sam-stone';
const OTHER = 'https://www.linkedin.com/in/sam-stone-99';

const withSam = (id: string, profileUrl: string, name = 'Sam Stone'): Conversation => ({
	id,
	participants: [{ name, profileUrl }],
});

const SURE_NAME = { by: 'name', isAmbiguous: false };
const UNSURE_NAME = { by: 'name', isAmbiguous: true };
const SURE_URL = { by: 'profileUrl', isAmbiguous: false };

it.each([
	['by a public URL, whatever the name', [withSam('a', PUBLIC, 'S.')], { a: SURE_URL }],
	['by name where the URL is internal', [withSam('a', OPAQUE)], { a: SURE_NAME }],
	['as ambiguous by name with another public URL', [withSam('a', OTHER)], { a: UNSURE_NAME }],
	[
		'as ambiguous by a name that two have',
		[withSam('a', OPAQUE), withSam('b', OPAQUE)],
		{ a: UNSURE_NAME, b: UNSURE_NAME },
	],
	['by URL before name', [withSam('a', OPAQUE), withSam('b', PUBLIC)], { b: SURE_URL }],
	['never by a different name', [withSam('a', OPAQUE, 'Sam Stones')], {}],
])('a person is found %s', (_how, conversations, expected) => {
	const found = matchPerson(conversations, { profileUrl: PUBLIC, name: 'SAM  STÖNE' });
	expect(
		Object.fromEntries(found.map(({ conversation, match }) => [conversation.id, match])),
	).toEqual(expected);
});

it('internal URLs never match, not even the same ones', () => {
	expect(matchPerson([withSam('a', OPAQUE)], { profileUrl: OPAQUE })).toEqual([]);
});

it('a name alone is not held against a URL', () => {
	const [found] = matchPerson([withSam('a', OTHER)], { name: 'Sam Stone' });
	expect(found.match).toEqual(SURE_NAME);
});

it.each(['profileUrl', 'name'] as const)('a group found by %s is ambiguous', (by) => {
	const [sam] = withSam('a', by === 'name' ? OPAQUE : PUBLIC).participants!;
	const group = { id: 'a', participants: [{ name: 'Jo Park' }, sam] };
	const found = matchPerson([group], { profileUrl: PUBLIC, name: 'Sam Stone' });
	expect(found).toEqual([{ conversation: group, match: { by, isAmbiguous: true } }]);
});

describe('names', () => {
	const isFound = (wanted: string, name: string) =>
		matchPerson([withSam('a', OPAQUE, name)], { name: wanted }).length === 1;

	it.each([
		['José Nuñez', 'JOSE NUNEZ'],
		['Παπαδόπουλος', 'παπαδοπουλος'],
		['Алексе\u0301й', 'Алексей'],
		['रमा', 'रमा'],
		['だがじ', 'だがじ'.normalize('NFD')],
		['김민수', '김민수'.normalize('NFD')],
	])('%s is the same as %s', (one, other) => {
		expect(isFound(one, other)).toBe(true);
		expect(isFound(other, one)).toBe(true);
	});

	it.each([
		['रमा', 'रीमा'],
		['गीता', 'गत'],
		['たかし', 'だがじ'],
		['นิด', 'นด'],
		['\u0301', ''],
	])('%s is not the same as %s', (one, other) => {
		expect(isFound(one, other)).toBe(false);
		expect(isFound(other, one)).toBe(false);
	});
});
