import type { IDataObject } from 'n8n-workflow';
import {
	readExtractionBody,
	START_FIELDS,
} from '../../../nodes/SendPilot/leadExtraction/startFields';
import {
	EXTRACTION_MODES,
	EXTRACTION_URL_TYPES,
	startExtractionBody,
} from '../../../sendpilot/contract/leadExtraction';
import { fieldsWith } from '../fieldValues';

const LINKEDIN =
	'https://www.linkedin.com/search/results/people/?keywords=cto&geoUrn=%5B%22101%22%5D';
const GERMAN = LINKEDIN.replace('www', 'de');
const NAVIGATOR =
	'https://www.linkedin.com/sales/search/people?query=(filters:List((type:TITLE,values:List((id:1)))))';
const [LINKEDIN_TYPE, NAVIGATOR_TYPE] = EXTRACTION_URL_TYPES;

const read = (values: IDataObject) =>
	readExtractionBody(fieldsWith(START_FIELDS, { name: ' CTOs ', urls: LINKEDIN, ...values }));
const urlsOf = (urls: unknown) => read({ urls } as IDataObject);

it('an extraction is read from its fields, and fits the contract', () => {
	const body = read({ mode: 'with_enrichment', limit: 25 });
	expect(startExtractionBody.parse(body)).toEqual(body);
	expect(body).toEqual({
		...{ name: 'CTOs', urls: [LINKEDIN], url_type: LINKEDIN_TYPE },
		...{ mode: 'with_enrichment', limit: 25 },
	});
});

it('the mode that costs least is the default, and the list has all of the contract', () => {
	expect(read({})).toMatchObject({ mode: 'extraction_only', limit: 50 });
	const { options = [] } = START_FIELDS.find(({ name }) => name === 'mode')!;
	const values = options.map((option) => 'value' in option && option.value);
	expect([...values].sort()).toEqual([...EXTRACTION_MODES].sort());
});

describe('search URLs', () => {
	it.each([
		['one of LinkedIn', LINKEDIN, [LINKEDIN], LINKEDIN_TYPE],
		['one of Sales Navigator, with its commas', NAVIGATOR, [NAVIGATOR], NAVIGATOR_TYPE],
		['lines', `\n${LINKEDIN}\n ${LINKEDIN}2\r\n`, [LINKEDIN, `${LINKEDIN}2`], LINKEDIN_TYPE],
		['a list', [NAVIGATOR, `${NAVIGATOR}2`], [NAVIGATOR, `${NAVIGATOR}2`], NAVIGATOR_TYPE],
		['the same twice', [LINKEDIN, LINKEDIN], [LINKEDIN], LINKEDIN_TYPE],
		['one without https', LINKEDIN.replace('https://', ''), [LINKEDIN], LINKEDIN_TYPE],
		['one with http', LINKEDIN.replace('https', 'http'), [LINKEDIN], LINKEDIN_TYPE],
		['one of a country', GERMAN, [GERMAN], LINKEDIN_TYPE],
	])('can be %s', (_, given, urls, url_type) => {
		const body = urlsOf(given);
		expect(body).toMatchObject({ urls, url_type });
		expect(startExtractionBody.parse(body)).toEqual(body);
	});

	it.each([
		['a profile', 'https://www.linkedin.com/in/jane-doe'],
		['a search for companies', 'https://www.linkedin.com/search/results/companies/?keywords=a'],
		['a saved list', 'https://www.linkedin.com/sales/lists/people/1'],
		['another site', 'https://linkedin.com.example.com/search/results/people/'],
		['no address', 'cto'],
		['no text', { url: LINKEDIN }],
		['a search among others', `${LINKEDIN}\nhttps://example.com/`],
	])('cannot be %s', (_, urls) => {
		expect(() => urlsOf(urls)).toThrow(
			expect.objectContaining({
				what: expect.stringMatching(/^this is not a LinkedIn or Sales Navigator search/),
				next: expect.stringContaining('copy the address from the browser'),
			}),
		);
	});

	const [people, leads] = [LINKEDIN, NAVIGATOR].map((url) => url.replace(/\?.*/, ''));

	it.each([
		people,
		`${people}?keywords=`,
		`${people}?keywords=%20&origin=GLOBAL_SEARCH_HEADER&sid=x1y&page=2`,
		`${people}?geoUrn=%5B%5D&network=%5B%22%22%5D`,
		leads,
		`${leads}?viewAllFilters=true`,
		`${leads}?query=`,
		`${leads}?query=(spellCorrectionEnabled:true,filters:List(),keywords:)`,
	])('cannot be a search for anybody: %s', (url) => {
		const what = `this search has no keywords and no filters, so it would cost credits for anybody: ${url}`;
		expect(() => urlsOf(url)).toThrow(what);
		expect(() => urlsOf([LINKEDIN, url])).toThrow(what);
	});

	it.each([
		`${people}?network=%5B%22F%22%5D`,
		`${people}?keywords=&titleFreeText=CTO`,
		`${people}?a_new_filter=1`,
		`${leads}?savedSearchId=1234`,
		`${leads}?query=(keywords:cto)`,
		`${leads}?query=(keywords:list)`,
		`${leads}?sessionId=abc`,
	])('can be a search with one criterion, or with what may be one: %s', (url) => {
		expect(urlsOf(url).urls).toEqual([url]);
	});

	it.each([LINKEDIN, NAVIGATOR])('of both kinds need an extraction each: %s first', (first) => {
		expect(() => urlsOf([first, LINKEDIN, NAVIGATOR])).toThrow(
			expect.objectContaining({ next: expect.stringContaining('Start an extraction for each') }),
		);
	});

	it.each(['', ' \n', [], ['']])('cannot be missing: %j', (urls) => {
		expect(() => urlsOf(urls)).toThrow('the field Search URLs is empty');
	});
});

it.each([
	[{ name: '' }, 'the field Name is empty'],
	[{ limit: 0 }, 'the field Limit must be a whole number, 1 or more'],
	[{ mode: 'all' }, 'there is no Mode "all"'],
])('%j is refused', (values, message) => {
	expect(() => read(values)).toThrow(message);
});
