/** Made-up people, the same at every start. */
export interface MadeUpPerson {
	firstName: string;
	lastName: string;
	/** The public name in the profile URL; no two people have the same. */
	slug: string;
	title: string;
	company: string;
	industry: string;
	location: string;
	country: string;
}

const FIRST_NAMES = [
	...['Anna', 'Zoë', 'José', 'Søren', 'Łukasz', 'Chloé', 'Jürgen', 'Inês', 'Mats', 'Aoife'],
	...['Priya', 'Kwame', 'Linh', 'Mehmet', 'Sara', 'Tomáš', 'Elif', 'Hugo', 'Nadia', 'Ruth'],
	...['Björn', 'Camille', 'Dario', 'Eva', 'Farid', 'Greta', 'Hana', 'Ivo', 'Julia', 'Kofi'],
];

const LAST_NAMES = [
	...['Müller', 'García', 'Nowak', 'Østergaard', 'Dubois', 'Kovács', 'O’Neill', 'Rossi'],
	...['Nguyen', 'Yılmaz', 'Svoboda', 'Çelik', 'Fernández', 'Andersson', 'Peeters', 'Haas'],
	...['Mensah', 'Iyer', 'Petit', 'Schäfer', 'Costa', 'Lindqvist', 'Bauer', 'Novák', 'Weiß'],
];

const TITLES = [
	...['Founder', 'Head of Sales', 'VP Marketing', 'RevOps Manager', 'CEO', 'CTO'],
	...['Account Executive', 'Head of Growth', 'Managing Director'],
];

const COMPANIES = [
	...['Northwind', 'Fjord Labs', 'Hoshi', 'Acme', 'Blauwal', 'Lumière', 'Tilia', 'Öresund IT'],
	...['Kestrel', 'Mondana', 'Quint & Co'],
];

const INDUSTRIES = [
	'Software Development',
	'Marketing Services',
	'Financial Services',
	'Logistics',
];

const PLACES = [
	['Berlin', 'Germany'],
	['Lyon', 'France'],
	['Kraków', 'Poland'],
	['Porto', 'Portugal'],
	['Malmö', 'Sweden'],
	['Dublin', 'Ireland'],
	['Zürich', 'Switzerland'],
] as const;

/**
 * The person with this number. After {@link NAMES} people the names come again, with another profile: two
 * people can have the same name.
 *
 * @param number from 0
 */
export function personOf(number: number): MadeUpPerson {
	const firstName = at(FIRST_NAMES, number);
	const lastName = at(LAST_NAMES, Math.floor(number / FIRST_NAMES.length));
	const [city, country] = at(PLACES, number);
	const namesake = Math.floor(number / NAMES);
	const name = slugOf(`${firstName} ${lastName}`);
	return {
		firstName,
		lastName,
		slug: namesake === 0 ? name : `${name}-${namesake + 1}`,
		title: at(TITLES, number),
		company: at(COMPANIES, number),
		industry: at(INDUSTRIES, number),
		location: `${city}, ${country}`,
		country,
	};
}

/** How many different names there are. */
export const NAMES = FIRST_NAMES.length * LAST_NAMES.length;

/** An internal LinkedIn id, as conversations have it; it says nothing about the public name. */
export function opaqueId(number: number): string {
	return `ACoAA${String(number).padStart(6, '0')}Bsandbox${'x'.repeat(20)}`;
}

function slugOf(name: string): string {
	return name
		.replace(/ł/gi, 'l')
		.replace(/ø/gi, 'o')
		.replace(/ß/g, 'ss')
		.replace(/ı/g, 'i')
		.normalize('NFD')
		.replace(/[^\w ]/g, '')
		.toLowerCase()
		.replace(/ +/g, '-');
}

function at<Item>(list: readonly Item[], number: number): Item {
	return list[number % list.length] as Item;
}
