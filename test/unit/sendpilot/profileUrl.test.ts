import fc from 'fast-check';
import { readProfileUrl, type ProfileUrlProblem } from '../../../sendpilot/profileUrl';

const JANE = 'https://www.linkedin.com/in/jane-doe';
const YUKI = `https://www.linkedin.com/in/${encodeURIComponent('山田-優希')}`;
const OPAQUE = 'ACoAABsandbox0000000000000000000000000';

const urlOf = (input: unknown) => {
	const profile = readProfileUrl(input);
	return profile.ok ? profile.url : profile.problem;
};

describe('one profile, in every dress that people paste', () => {
	it.each([
		['the normal form', JANE],
		['http', 'http://www.linkedin.com/in/jane-doe'],
		['no scheme', 'www.linkedin.com/in/jane-doe'],
		['no www', 'linkedin.com/in/jane-doe'],
		['no scheme, only slashes', '//www.linkedin.com/in/jane-doe'],
		['capitals in scheme, host, page and name', 'HTTPS://WWW.LinkedIn.COM/IN/Jane-Doe'],
		['a mobile subdomain', 'https://m.linkedin.com/in/jane-doe'],
		['a subdomain of two letters', 'https://fr.linkedin.com/in/jane-doe'],
		['a longer subdomain', 'https://touch.linkedin.com/in/jane-doe'],
		['a host that ends in a dot', 'https://www.linkedin.com./in/jane-doe'],
		['the default port', 'https://www.linkedin.com:443/in/jane-doe'],
		['the Chinese domain', 'https://www.linkedin.cn/in/jane-doe'],
		['the path alone', 'in/jane-doe'],
		['the path alone, with a slash', '/in/jane-doe/'],
		['a slash at the end', `${JANE}/`],
		['several slashes', 'https://www.linkedin.com//in//jane-doe//'],
		['a query', `${JANE}?originalSubdomain=fr&trk=public_profile`],
		['a slash and a query', `${JANE}/?locale=en_US`],
		['a query that holds an address', `${JANE}?next=https://www.linkedin.com/feed/`],
		['a fragment', `${JANE}#experience`],
		['a language behind the name', `${JANE}/de`],
		['a page of the profile', `${JANE}/details/experience/`],
		['an overlay', `${JANE}/overlay/contact-info/`],
		['the old mobile site', 'https://www.linkedin.com/mwlite/in/jane-doe'],
		['the old mobile site, with profile', 'https://www.linkedin.com/mwlite/profile/in/jane-doe'],
		['a link of a mail', 'https://www.linkedin.com/comm/in/jane-doe?midToken=AQE&trk=eml'],
		['the name percent-encoded', 'https://www.linkedin.com/in/%6Aane%2Ddoe'],
		['the name percent-encoded twice', 'https://www.linkedin.com/in/jane%252Ddoe'],
		['as SendPilot stores it', 'in/jane-doe?miniProfileUrn=urn%253Ali%253Afs_miniProfile%253AACo'],
		['with the query encoded too', 'in/jane-doe%3FminiProfileUrn%3Durn%253Ali%253AACo'],
		['with the query encoded twice', 'in/jane-doe%253FminiProfileUrn%253Durn%25253Ali'],
		['white space around it', `  \n${JANE}\t`],
		['white space that is not seen', `\u200b\ufeff${JANE}\u200e`],
		['brackets of a mail program', `<${JANE}>`],
		['quotes', `"${JANE}"`],
		['quotes of a word processor', `“${JANE}”`],
		['the full stop of a sentence', `${JANE}.`],
	])('%s', (_name, input) => {
		expect(readProfileUrl(input)).toEqual({ ok: true, url: JANE, slug: 'jane-doe' });
	});
});

describe('a name that is not Latin', () => {
	it.each([
		['as browsers show it', 'https://www.linkedin.com/in/山田-優希'],
		['as browsers copy it', YUKI],
		['in lower-case percents', YUKI.replace(/%../g, (byte) => byte.toLowerCase())],
		['encoded twice', YUKI.replaceAll('%', '%25')],
	])('%s', (_name, input) => {
		expect(readProfileUrl(input)).toEqual({ ok: true, url: YUKI, slug: '山田-優希' });
	});

	it.each([
		['Cyrillic', 'иван-петров'],
		['Arabic', 'محمد-علي'],
		['Persian, with a joiner that is not seen', 'علی\u200cرضا'],
		['Hindi', 'राहुल'],
		['Thai', 'สมชาย'],
		['Korean', '김-민수'],
		['emoji', 'jane-🚀'],
	])('%s is kept whole', (_name, slug) => {
		expect(readProfileUrl(`linkedin.com/in/${slug}`)).toMatchObject({ ok: true, slug });
	});

	it('is the same person with composed and with combined letters', () => {
		const composed = 'josé-nuñez';
		expect(urlOf(`linkedin.com/in/${composed.normalize('NFD')}`)).toBe(
			urlOf(`linkedin.com/in/${composed}`),
		);
	});

	it.each(['%28jane%29', 'jane%27', 'jane%E2%80%99', '%E2%80%9Cjane%E2%80%9D'])(
		'keeps marks at its ends that are percent-encoded (%s)',
		(name) => {
			const url = `https://www.linkedin.com/in/${name}`;
			expect(readProfileUrl(url)).toEqual({ ok: true, url, slug: decodeURIComponent(name) });
		},
	);

	it('keeps the case of letters outside of A to Z, which do not all have one lower case', () => {
		expect(readProfileUrl('linkedin.com/in/İPEK')).toMatchObject({ slug: 'İpek' });
	});
});

describe('what is no profile that SendPilot can write to', () => {
	const refused: Record<ProfileUrlProblem, unknown[]> = {
		empty: ['', ' \n ', '\u200b', '<>', undefined, null],
		notText: [0, 42, true, {}, [JANE], { url: JANE }, Symbol('url'), () => JANE],
		several: [
			`${JANE}, https://www.linkedin.com/in/omar-haddad`,
			`${JANE};linkedin.com/in/omar-haddad`,
			`${JANE} ${JANE}`,
			`${JANE}\nlinkedin.com/in/omar-haddad`,
			`${JANE}/https://www.linkedin.com/in/omar-haddad`,
			`${JANE}/www.linkedin.com/in/omar-haddad`,
			`${JANE}https://www.linkedin.com/in/omar-haddad`,
		],
		unreadable: [
			'jane doe',
			'jane-doe',
			'Jane Doe, Acme',
			'My profile: https://www.linkedin.com/in/jane-doe',
			'https://',
			'https://www.linkedin.com/in/jane doe',
			'https://www.linkedin.com/in/jane%20doe',
			'https://www.linkedin.com/in/jane|omar',
			'https://www.linkedin.com/in/jane@example.com',
			'https://www.linkedin.com/in/%E0%A4%A',
			'https://www.linkedin.com/in/{{firstName}}',
			'localhost/in/jane-doe',
		],
		otherSite: [
			'https://example.com/in/jane-doe',
			'example.com/in/jane-doe',
			'https://linkedin.com.evil.example/in/jane-doe',
			'https://evillinkedin.com/in/jane-doe',
			'https://evil-linkedin.com/in/jane-doe',
			'https://www.evil.linkedin.com/in/jane-doe',
			'https://www.linkedin.com@evil.example/in/jane-doe',
			'https://jane:secret@www.linkedin.com/in/jane-doe',
			'https://www.linkedin.com:8443/in/jane-doe',
			'https://www.linkedin.org/in/jane-doe',
			'https://www.google.com/url?q=https://www.linkedin.com/in/jane-doe',
			'https://www.xing.com/profile/Jane_Doe',
		],
		shortLink: ['https://lnkd.in/eAbCdEf', 'lnkd.in/eAbCdEf'],
		company: [
			'https://www.linkedin.com/company/acme/',
			'linkedin.com/company/acme/people/',
			'company/acme',
			'https://www.linkedin.com/school/mit/',
			'https://www.linkedin.com/showcase/acme-labs',
			'https://m.linkedin.com/mwlite/company/acme',
		],
		salesNavigator: [
			'https://www.linkedin.com/sales/lead/ACwAAABcDeF,NAME_SEARCH,abc1',
			'https://www.linkedin.com/sales/people/ACwAAABcDeF,name',
			'sales/lead/ACwAAABcDeF,NAME_SEARCH',
		],
		recruiter: [
			'https://www.linkedin.com/talent/profile/AEMAAABcDeF',
			'https://www.linkedin.com/recruiter/profile/12345,abc,CAP',
		],
		opaqueId: [
			OPAQUE,
			`https://www.linkedin.com/in/${OPAQUE}`,
			`https://www.linkedin.com/in/${OPAQUE.replace('ACo', 'ACw')}/`,
			`https://www.linkedin.com/in/${OPAQUE.toLowerCase()}`,
			`in/${OPAQUE}`,
			'urn:li:fs_miniProfile:ACoAABsandbox',
		],
		oldPublicProfile: ['https://www.linkedin.com/pub/jane-doe/1/2/3', 'pub/jane-doe/1/2/3'],
		otherPage: [
			'https://www.linkedin.com',
			'linkedin.com/feed/',
			'https://www.linkedin.com/posts/jane-doe_hello-activity-123',
			'https://www.linkedin.com/messaging/thread/2-abc/',
			'https://www.linkedin.com/profile/view?id=123',
			'https://www.linkedin.com/jane-doe',
		],
		noProfileName: [
			'https://www.linkedin.com/in/',
			'linkedin.com/in',
			'https://www.linkedin.com/in/?trk=x',
			'https://www.linkedin.com/in/%20',
			'https://www.linkedin.com/in/...',
		],
		noValue: [
			...[undefined, null, NaN, true, false, {}].map((slug) => `linkedin.com/in/${String(slug)}`),
			'https://www.linkedin.com/in/Undefined/',
			'https://www.linkedin.com/in/NULL?trk=x',
			'in/%75ndefined',
			'linkedin.com/in/undefined-undefined',
			'linkedin.com/in/null-null',
			'https://www.linkedin.com/in/%5Bobject%20Object%5D',
			'https://www.linkedin.com/in/%255Bobject%2520Object%255D/',
			'[object Object]',
		],
		ownProfile: [
			'https://www.linkedin.com/in/me',
			'https://www.linkedin.com/in/Me/',
			'in/me?trk=x',
			'linkedin.com/in/%6De',
		],
	};

	it.each(
		Object.entries(refused).flatMap(([problem, inputs]) =>
			inputs.map((input) => ({ problem, input, shown: JSON.stringify(input) ?? String(input) })),
		),
	)('$problem: $shown', ({ problem, input }) => {
		expect(readProfileUrl(input)).toEqual({ ok: false, problem });
	});

	it('longer than 2,048 characters, as pasted or as sent', () => {
		const url = (length: number) => JANE.padEnd(length, 'x');
		expect(readProfileUrl(url(2_048))).toMatchObject({ ok: true });
		expect(urlOf(` <${url(2_048)}> `)).toBe(url(2_048));
		expect(urlOf(url(2_049))).toBe('unreadable');
		expect(urlOf(`${JANE}?x=${'y'.repeat(2_048)}`)).toBe('unreadable');
		expect(urlOf(`linkedin.com/in/${'山'.repeat(300)}`)).toBe('unreadable');
		expect(urlOf(`${JANE},`.repeat(1_000))).toBe('several');
		expect(urlOf(' '.repeat(3_000))).toBe('empty');
	});

	it('does not take a chosen name for an internal id', () => {
		expect(readProfileUrl('linkedin.com/in/acoaa-consulting')).toMatchObject({ ok: true });
	});

	it.each([
		'null-pointer',
		'nan-goldin',
		'nan-nan',
		'true-north',
		'undefined1',
		'me-myself',
		'mee',
	])('does not take the chosen name %s for a missing value or the own profile', (slug) => {
		expect(readProfileUrl(`linkedin.com/in/${slug}`)).toMatchObject({ ok: true, slug });
	});
});

/** Names as people choose them, in letters of several scripts. */
const slugs = fc
	.array(
		fc.constantFrom(
			...'abcxyz019',
			...'éñøßçşğ',
			...'иванмхя',
			...'山田優希',
			...'김민수',
			'ع',
			'🚀',
		),
		{
			minLength: 3,
			maxLength: 20,
		},
	)
	.map((letters) => letters.join(''))
	.chain((start) => fc.constantFrom(start, `${start}-1a2b3c`, `${start}_x`))
	.map((slug) => slug.normalize('NFC'));

const encoded = (slug: string) => encodeURIComponent(slug);

/** What people and programs make of the address of one profile. */
const dresses = fc
	.record({
		scheme: fc.constantFrom('', 'http://', 'https://', 'HTTPS://', '//'),
		host: fc.constantFrom('linkedin.com', 'www.linkedin.com', 'm.linkedin.com', 'de.LinkedIn.com'),
		spelling: fc.constantFrom(
			(slug: string) => slug,
			encoded,
			(slug: string) => encoded(encoded(slug)),
			(slug: string) => slug.normalize('NFD'),
			(slug: string) => slug.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
		),
		rest: fc.constantFrom('', '/', '/?x=1', '?trk=a%20b', '#top', '/fr', '/details/skills/', '.'),
		around: fc.constantFrom(
			(url: string) => url,
			(url: string) => ` ${url}\n`,
			(url: string) => `<${url}>`,
			(url: string) => `"${url}"`,
			(url: string) => `\u200b${url}\ufeff`,
		),
	})
	.map(
		({ scheme, host, spelling, rest, around }) =>
			(slug: string) =>
				around(`${scheme}${host}/in/${spelling(slug)}${rest}`),
	);

describe('whatever the text', () => {
	it('all dresses of a name give one address, and two names give two', () => {
		fc.assert(
			fc.property(slugs, slugs, dresses, dresses, (slug, other, one, another) => {
				const url = `https://www.linkedin.com/in/${encoded(slug)}`;
				expect(readProfileUrl(one(slug))).toEqual({ ok: true, url, slug });
				expect(urlOf(another(slug)) === urlOf(one(other))).toBe(slug === other);
			}),
		);
	});

	const hosts = fc.domain().filter((host) => !/(^|\.)(linkedin\.(com|cn)|lnkd\.in)$/.test(host));

	it('another host is never taken for LinkedIn', () => {
		fc.assert(
			fc.property(hosts, slugs, (host, slug) => {
				expect(readProfileUrl(`https://${host}/in/${slug}`)).toEqual({
					ok: false,
					problem: 'otherSite',
				});
				expect(readProfileUrl(`https://linkedin.com.${host}/in/${slug}`).ok).toBe(false);
			}),
		);
	});

	/** Anything at all, and anything at all inside of an address. */
	const texts = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.string({ unit: 'grapheme' }),
		fc.webUrl({ withQueryParameters: true, withFragments: true }),
		fc
			.tuple(fc.constantFrom('in/', 'linkedin.com/in/', 'https://'), fc.string({ unit: 'binary' }))
			.map(([start, end]) => start + end),
		fc
			.array(
				fc.constantFrom(
					'in/',
					'linkedin.com',
					'/',
					'%',
					'25',
					'2F',
					'3F',
					'%E5',
					'%28',
					'%29',
					'%27',
					')',
					'a',
					'.',
					'\u2019',
					' ',
				),
			)
			.map((parts) => parts.join('')),
	);

	it('is never thrown over, and what is taken is a profile of LinkedIn, whose form then stays', () => {
		fc.assert(
			fc.property(fc.oneof(texts, fc.anything()), (input) => {
				const profile = readProfileUrl(input);
				if (!profile.ok) return;
				expect(readProfileUrl(profile.url)).toEqual(profile);
				const { origin, pathname, search, hash } = new URL(profile.url);
				expect({ origin, search, hash }).toEqual({
					origin: 'https://www.linkedin.com',
					search: '',
					hash: '',
				});
				expect(pathname.split('/')).toEqual(['', 'in', expect.stringMatching(/./)]);
				expect(decodeURIComponent(pathname.slice('/in/'.length))).toBe(profile.slug);
			}),
			{ numRuns: 1_000 },
		);
	});
});
