/** What is planted into a text, and the field that it tells. */
type Planted = [found: string, field?: string];

/** What was to be replaced by a name, as people, tools and n8n write it. */
export const PLACEHOLDERS: Planted[] = [
	['{{name}}', 'name'],
	['{{ first_name }}', 'first_name'],
	['{{{firstName}}}', 'firstName'],
	['{{contact.firstname}}', 'contact.firstname'],
	['{{name | there}}', 'name'],
	['{{名前}}', '名前'],
	['{{firstName', 'firstName'],
	['{{name}', 'name'],
	['name}}', 'name'],
	['{{1}}'],
	['{% if first_name %}', 'first_name'],
	['{name}', 'name'],
	['{first_name}', 'first_name'],
	['{FirstName}', 'FirstName'],
	['{FIRST_NAME}', 'FIRST_NAME'],
	['{First Name}', 'First Name'],
	['{ company }', 'company'],
	['{Vorname}', 'Vorname'],
	['{prénom}', 'prénom'],
	['{pain_point}', 'pain_point'],
	['{first_name|friend}', 'first_name'],
	['{Hi|Hello|Hey}'],
	['${name}', 'name'],
	['${lead.firstName}', 'lead.firstName'],
	['#{name}', 'name'],
	['[Name]', 'Name'],
	['[First Name]', 'First Name'],
	['[first_name]', 'first_name'],
	['[FIRSTNAME]', 'FIRSTNAME'],
	['[Company]', 'Company'],
	['[Your Company Name]', 'Your Company Name'],
	['[Job Title]', 'Job Title'],
	['[insert name here]', 'insert name here'],
	['[Vorname]', 'Vorname'],
	['[Name der Firma]', 'Name der Firma'],
	['[Nom de l’entreprise]', 'Nom de l’entreprise'],
	['[Nombre]', 'Nombre'],
	['[Nome da empresa]', 'Nome da empresa'],
	['[Azienda]', 'Azienda'],
	['[Voornaam]', 'Voornaam'],
	['[Imię]', 'Imię'],
	['[Förnamn]', 'Förnamn'],
	['[Şirket adı]', 'Şirket adı'],
	['[会社名]', '会社名'],
	['[[name]]', 'name'],
	['[firstName|there]', 'firstName'],
	['%FIRSTNAME%', 'FIRSTNAME'],
	['%first_name%', 'first_name'],
	['%%first%%', 'first'],
	['<<name>>', 'name'],
	['<First Name>', 'First Name'],
	['<company>', 'company'],
	['*|FNAME|*', 'FNAME'],
];

/** Expressions that n8n did not evaluate. */
export const EXPRESSIONS: Planted[] = [
	['{{ $json.firstName }}', 'firstName'],
	['={{ $json.x }}', 'x'],
	['{{$json.lead.name}}', 'lead.name'],
	['{{ $json["First Name"] }}', 'First Name'],
	["{{ $json['name'] }}", 'name'],
	["{{ $('Get lead').item.json.firstName }}", 'firstName'],
	['{{ $json.name || "there" }}', 'name'],
	['{{ $json.name ?? "" }}', 'name'],
	['{{ $now }}'],
	['{{ $json.firstName', 'firstName'],
	['$json.firstName', 'firstName'],
	['$json["name"]', 'name'],
	["$json['lead'].name", 'lead'],
];

/** What missing data looks like as text, where a name was to be. */
export const VALUES = ['undefined', 'null', 'NaN'];

/** What is never anything else, wherever it is. */
export const CERTAIN_VALUES: Planted[] = [
	['[object Object]'],
	['Invalid Date'],
	['Invalid DateTime'],
];

/** What a spreadsheet has instead of a result; meant in a text about spreadsheets. */
export const SHEET_ERRORS = [
	'#REF!',
	'#NAME?',
	'#VALUE!',
	'#N/A',
	'#DIV/0!',
	'#NUM!',
	'#NULL!',
	'#ERROR!',
];

/** What is no name where a name was to be, and may be meant elsewhere. */
export const NO_NAMES = ['false', 'true', '{}', '[]', '{0}', '{name', '{first_name'];

/** Greetings that address nobody. */
export const EMPTY_GREETINGS = [
	...['Hi ,', 'Hi  ,', 'Hi !', 'Hi .', 'Hello ,', 'Hello !', 'Hey ,', 'Dear ,', 'Dear,', 'hi ,'],
	...['Good morning ,', 'Dear Mr. ,', 'Dear Ms ,', 'Dear Mrs.,', 'Thanks ,'],
	...['Hallo ,', 'Hallo !', 'Guten Tag ,', 'Liebe ,', 'Lieber ,', 'Sehr geehrter Herr ,'],
	...['Sehr geehrter Herr,', 'Sehr geehrte Frau ,', 'Guten Tag Frau,', 'Moin ,', 'Danke ,'],
	...['Bonjour ,', 'Bonjour  !', 'Salut ,', 'Cher ,', 'Chère ,', 'Bonjour Monsieur ,', 'Merci ,'],
	...['Hola ,', '¡Hola !', 'Estimado ,', 'Estimada ,', 'Buenos días ,', 'Estimado Sr. ,'],
	...['Ciao ,', 'Ciao !', 'Buongiorno ,', 'Gentile ,', 'Cara ,', 'Salve ,'],
	...['Olá ,', 'Oi ,', 'Bom dia ,', 'Prezado ,', 'Boa tarde ,'],
	...['Hoi ,', 'Beste ,', 'Geachte heer ,', 'Goedemorgen ,', 'Dag ,'],
	...['Cześć ,', 'Dzień dobry ,', 'Szanowna Pani ,', 'Witaj ,', 'Droga ,'],
	...['Hej ,', 'Bästa ,', 'Kära ,', 'Hallå ,', 'God morgon ,', 'Tack ,'],
	...['Merhaba ,', 'Selam ,', 'Sayın ,', 'Sayın,', 'İyi günler ,', 'Sevgili ,'],
	...['مرحبا ،'],
];
