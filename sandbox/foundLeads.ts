import { personOf } from './people';

/** Where made-up people of searches begin, so that they are not those of the campaigns. */
const FIRST = 5_000;

/**
 * A lead that a search in the lead database found.
 *
 * @param number from 1
 * @param wanted the job titles and locations that were searched for
 */
export function databaseLead(
	number: number,
	{
		titles = [],
		locations = [],
	}: { titles?: readonly string[]; locations?: readonly string[] } = {},
) {
	const person = personOf(FIRST + number);
	const { [number % locations.length]: place } = locations;
	return {
		...contactOf(number),
		...(place !== undefined && { location: place, country: place }),
		job_title: titles[number % titles.length] ?? person.title,
		industry: person.industry,
		seniority: 'C-Level',
		company_linkedin_url: 'https://www.linkedin.com/company/acme',
		website: 'https://acme.example.com',
		employees: '11-50',
	};
}

/**
 * A lead that was extracted from a LinkedIn search.
 *
 * @param number from 1
 * @param isEnriched whether contact data was looked up
 */
export function extractedLead(number: number, isEnriched = true) {
	const { slug, title, company, location } = personOf(FIRST + number);
	return {
		...contactOf(number),
		...(!isEnriched && { email: '', phone: '' }),
		linkedin_identifier: slug,
		headline: `${title} at ${company}`,
		summary: '',
		city: location.split(',')[0] ?? '',
		profile_picture_url: '',
		job_position: title,
		followers: 1_200,
		connections: 500,
		experience: [{ title, company }],
		education: [],
		skills: ['Sales'],
	};
}

function contactOf(number: number) {
	const { firstName, lastName, slug, company, location, country } = personOf(FIRST + number);
	return {
		id: `found_${number}`,
		first_name: firstName,
		last_name: lastName,
		full_name: `${firstName} ${lastName}`,
		linkedin_url: `https://www.linkedin.com/in/${slug}`,
		email: `${slug}@example.com`,
		phone: '',
		...{ company, location, country },
	};
}

/** @returns that many, numbered from 1 */
export function numbered<Item>(count: number, make: (number: number) => Item): Item[] {
	return Array.from({ length: count }, (_, index) => make(index + 1));
}
