import { placesOf, type Place } from './place';

/** How messages begin. "Hi," alone is fine, and so is everything that names somebody: "Hi there ,". */
const GREETINGS = [
	'hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings',
	'hallo|guten (?:tag|morgen|abend)|moin|servus|liebe[rs]?|(?:sehr )?geehrter?|grüezi|grüß (?:gott|dich)',
	'bonjour|bonsoir|salut|coucou|chère?|cher',
	'hola|buenos días|buenas(?: tardes)?|buen día|querid[oa]|estimad[oa]|apreciad[oa]',
	'ciao|salve|buongiorno|buonasera|car[oa]|gentile|gentilissim[oa]|egregio',
	'olá|oi|bom dia|boa (?:tarde|noite)|prezad[oa]|car[oa]',
	'hoi|dag|goede(?:n|m)?(?:morgen|middag|avond|dag)|goede(?:n)? (?:morgen|middag|avond|dag)|beste|geachte',
	'cześć|hej|witaj|witam|dzień dobry|szanown[ya]|drog[ai]',
	'hejsan|hallå|tjena|tja|god (?:morgon|dag|kväll)|bästa?e?|kära?e?',
	'merhaba|selam|selamlar|[iİ]yi günler|günaydın|sayın|sevgili',
	'مرحبا|أهلا|السلام عليكم',
].join('|');

/** What may be between a greeting and a last name. */
const TITLES = [
	String.raw`herrn?|frau|mr\.?|mrs\.?|ms\.?|mx\.?|dr\.?|prof\.?|monsieur|madame|m\.|mme`,
	String.raw`señora?|sra?\.?|signora?|sig\.(?:ra)?|senhora?|heer|mevrouw|mevr\.?|dhr\.?`,
	'pan(?:ie|i)?|bay|bayan',
].join('|');

/** What is said to a person by name as well: "Thanks, Anna". */
const THANKS =
	'thanks|thank you|congrats|congratulations|danke|vielen dank|merci|bravo|gracias|grazie|obrigad[oa]|dank je|bedankt|dziękuję|dzięki|tack|grattis|teşekkürler';

const BEGINNING = String.raw`(?<=^[^\p{L}\n]{0,10}|[.!?]\s{1,3})`;
const GREETING = `(?:${GREETINGS})(?: (?:${TITLES}))?`;

/** Each repetition has a limit, see {@link placesOf}. */
export const GREETING_PATTERNS: Readonly<Record<string, RegExp>> = {
	// The space in front of the comma is where the name was to be.
	spaced: new RegExp(
		String.raw`${BEGINNING}(?:${GREETING}\s{1,5}(?:[,،!]|\.(?![.\p{L}\p{N}]))|(?:${THANKS})\s{1,5},)`,
		'gimu',
	),
	// The same at the end of a line, or in front of a dash: the space was in front of the name.
	alone: new RegExp(
		String.raw`${BEGINNING}${GREETING}(?:[ \t]{1,5}(?=\n)|[ \t]{2,5}(?=[–—-]))`,
		'gimu',
	),
	// What no message begins with, even without the space.
	cutOff: new RegExp(
		`${BEGINNING}(?:(?:dear|lieber|sehr geehrter?|sayın)|(?:${GREETINGS}) (?:herr|frau|mr\\.?|mrs\\.?|ms\\.?)),`,
		'gimu',
	),
	// "Thanks, !", or a text that begins with a comma: the person was to be addressed there.
	address: /\p{L}{1,30}, (?:!(?![\p{L}=])|\.(?![.\p{L}\p{N}]))|^\s{0,20},\s{1,5}\S{1,20}/gu,
	// What an empty or wrong field leaves where a name was to be, and a placeholder that isn't closed: "Hi {name,".
	noName: new RegExp(
		String.raw`(?<=${BEGINNING}${GREETING}\s)(?:false|true|\[\]|\{\d{0,2}\}|\{\p{L}[\p{L}\p{N}_.]{1,60})(?=\s?[,،!])`,
		'gimu',
	),
	// A Japanese form of address with no name in front of it.
	honorific: /^(?:様|さん)(?=[、,\s])/gmu,
};

/** French has a space in front of an exclamation mark: "Bonjour !" is as ordinary as "Hi!". */
const FRENCH_SPACE = /\S\s!$/u;
const FRENCH_GREETING = /^(?:bonjour|bonsoir|salut|coucou)\s/iu;
const FRENCH_WORD =
	/(?<!\p{L})(?:vous|nous|votre|notre|vos|nos|avec|pour|suis|une|dans|sur|du|ça|merci|bonne|très|c['’]est|j['’]ai)(?!\p{L})/iu;
/** Whoever has such a space elsewhere, too, has it for no other reason. */
const SPACED_MARK = /\p{L}\s[!?](?!\S)/gu;

/** Finds greetings that address nobody. */
export function greetings(prose: string): Place[] {
	const spacesMarks = FRENCH_WORD.test(prose) || placesOf(SPACED_MARK, prose).length > 1;
	return Object.values(GREETING_PATTERNS)
		.flatMap((pattern) => placesOf(pattern, prose))
		.filter(({ start, end }) => {
			const greeting = prose.slice(start, end);
			return !FRENCH_SPACE.test(greeting) || !(spacesMarks || FRENCH_GREETING.test(greeting));
		})
		.map((place) => ({ ...place, field: 'name' }));
}

const BEHIND_ADDRESS = new RegExp(String.raw`(?<!\p{L})(?:${GREETING}|${THANKS}),?\s{1,3}$`, 'iu');

/**
 * Whether a name comes next: "Dear …", "Thanks, …".
 *
 * @param before what is in front of it, or the end of that
 */
export function isBehindAddress(before: string): boolean {
	return BEHIND_ADDRESS.test(before);
}
