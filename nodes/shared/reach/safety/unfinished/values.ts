import { isBehindAddress } from './greetings';
import { placesOf, type Place } from './place';

/** What is around a word that may stand for missing data, as far as it matters. */
interface Around {
	before: string;
	after: string;
}

/** Characters on each side of a word that decide about it. */
const REACH = 40;

/** Each repetition has a limit, see {@link placesOf}. */
export const VALUE_PATTERNS = {
	object: /\[object [A-Z]\w{1,30}\]/g,
	date: /(?<!["'“”‘„«])\bInvalid Date(?:Time)?\b(?!["'“”’»])/g,
	/** The value of a parameter of a link. */
	parameter: /(?<=[?&][\w.-]{1,40}=)(?:undefined|null|NaN)(?![\w-])/g,
	/** What a spreadsheet has instead of a result. */
	sheetError: /#(?:(?:REF|VALUE|NUM|NULL|DIV\/0|ERROR)!|NAME\?|N\/A(?![\p{L}\p{N}_/-]))/gu,
	/** May be a word of a language, or talk of code. */
	word: /(?<![\p{L}\p{N}_#@/.-])(?:undefined|null|NULL|NaN|None)(?![\p{L}\p{N}_/(-]|\.\w|['’]altr)/gu,
};

/** Whoever writes about spreadsheets may mean their errors. */
const SPREADSHEETS =
	/excel|sheet|formula|formel|formule|fórmula|formuł|tabell|hoja de cálculo|foglio|planilha|arkusz|kalkylark|lookup|sverweis/iu;

const QUOTE_BEFORE = /["'“”‘„«]$/;

const OTHERS = 'null|undefined|NaN|true|false|empty|blank';
const RETURNS =
	'returns?|returned|returning|throws?|gives?|equals?|typeof|to be|liefert|retourne|renvoie|devuelve|retorna|restituisce|geeft|zwraca|returnerar';
const VALUE_NOUNS = String.raw`values?|wert\p{L}{0,2}|valeurs?|valor(?:es|[ei])?|waarden?|wartoś\p{L}{1,3}|värde\p{L}{0,2}|değer\p{L}{0,5}`;
const CODE_NOUNS =
	'checks?|pointers?|errors?|bugs?|references?|exceptions?|fields?|handling|safety|strings?|rows?|columns?|entries|hypothes[ie]s|space|sets?|effects?|findings?|models?|and void';

/** "null or undefined", "returns null", "x === undefined". */
const CODE_BEFORE = new RegExp(
	String.raw`(?:[=<>&|]\s?|(?<!\p{L})(?:(?:${OTHERS})(?:,|,? (?:and|or)| (?:und|oder|et|ou|y|o|e))|${RETURNS}|${VALUE_NOUNS}) )$`,
	'iu',
);
const CODE_AFTER = new RegExp(
	String.raw`^(?:(?:,|,? (?:and|or)| (?:und|oder|et|ou|y|o|e)) (?:${OTHERS})(?!\p{L})| ?[=!]==?| (?:${VALUE_NOUNS}|${CODE_NOUNS})(?!\p{L}))`,
	'iu',
);

/** "is undefined", "an undefined role", "largely undefined": in English, these words are adjectives, too. */
const ADJECTIVE_BEFORE =
	/\b(?:(?:is|was) (?:it|this|that)|is|are|was|were|be|been|being|isn['’]t|it['’]s|that['’]s|an?|the|any|some|many|no|every|these|those|remains?|remained|leaves?|leaving|left|stays?|still|so|too|very|rather|quite|often|not|yet|keeps?|seems?|feels?|becomes?|became|\p{L}{2,15}ly|or|vague|unclear|(?:vague|unclear) and) $/iu;
const THING_AFTER =
	/^ (?:(?!(?:is|was|has|does|this|these|always|across|plus|its|his|besides)\b)\p{L}{2,30}s|\p{L}{2,30}(?:ion|ment|ity|ness|ance|ence|ure|ship|ory|gy|cy|viou?r)|scope|role|goal|value|time|state|process|variable|method|type|area|budget|timeline|owner|target|term|path|future|result|number|amount|period|problem|risk)(?!\p{L})/u;

/** Where a name or a company comes next, in languages that have no such adjectives. */
const FOREIGN_PLACE_BEFORE =
	/(?<!\p{L})(?:chez|en|de|avec|pour|para|con|com|em|na|no|da|do|di|per|presso|bij|van|voor|met|op|w|z|u|dla|på|hos|från|med|för|mit|für|von|bei) $/iu;

/** German and Norwegian count with `null`, so only what can't be a number counts there. */
const COUNTING_LANGUAGE =
	/(?<!\p{L})(?:und|oder|ich|wir|sie|nicht|ist|wird|mit|für|zu|zum|auf|bei|beim|von|vom|im|gegen|unter|der|die|den|dem|eine?|kein|komma|unsere?|ihre?|kostet|og|jeg|ikke)(?!\p{L})/iu;
/** "bei null anfangen", "von null auf hundert", "bei null Euro". */
const ZERO_AROUND =
	/(?<!\p{L})(?:anfang|anzufang|angefangen|fang|fing|beg[aio]nn|start|gestart|lieg|lag|steh|stand|los)/iu;
const ZERO_AFTER = /^ (?:\p{Lu}|(?:auf|an|bis|ab|komma|plus|minus)(?!\p{L}))/u;

/** What a number is in front of. */
const UNIT_AFTER =
	/^ ?(?:%(?![\p{L}%])|€|(?:employees|people|years|months|weeks|days|hours|followers|connections|customers)\b)/u;
const CURRENCY_BEFORE = /[$€£¥]$/;

/** Finds the words that stand for missing data, unless they are words of a language, quoted, or talk of code. */
export function values(prose: string): Place[] {
	const { word, sheetError, ...certain } = VALUE_PATTERNS;
	const nullIsNumber = COUNTING_LANGUAGE.test(prose);
	const errorsAreMeant = SPREADSHEETS.test(prose);

	const unlessMeant = (
		pattern: RegExp,
		isMeant: (found: string, around: Around) => boolean,
	): Place[] =>
		placesOf(pattern, prose).flatMap((place) => {
			const around: Around = {
				before: prose.slice(Math.max(0, place.start - REACH), place.start),
				after: prose.slice(place.end, place.end + REACH),
			};
			if (isBehindAddress(around.before)) return { ...place, field: 'name' };
			return isMeant(prose.slice(place.start, place.end), around) ? [] : place;
		});

	return [
		...Object.values(certain).flatMap((pattern) => placesOf(pattern, prose)),
		...unlessMeant(sheetError, (_, around) => errorsAreMeant || isQuotedOrCode(around)),
		...unlessMeant(word, (found, around) => !isMissing(found, around, nullIsNumber)),
	];
}

function isMissing(word: string, around: Around, nullIsNumber: boolean): boolean {
	const { before, after } = around;
	if (word === 'None' || isQuotedOrCode(around)) return false;
	if (/^['’]s\b/.test(after) || CURRENCY_BEFORE.test(before)) return true;
	if (word === 'null' && nullIsNumber) return isNoZero(around);
	if (UNIT_AFTER.test(after) || FOREIGN_PLACE_BEFORE.test(before)) return true;
	return !ADJECTIVE_BEFORE.test(before) && (word === 'NaN' || !THING_AFTER.test(after));
}

function isQuotedOrCode({ before, after }: Around): boolean {
	return QUOTE_BEFORE.test(before) || CODE_BEFORE.test(before) || CODE_AFTER.test(after);
}

/** Whether `null` is a person or a company in a language in which it is a number, too. */
function isNoZero({ before, after }: Around): boolean {
	const isAddressed = /(?:^|\n|, )$/.test(before) && /^(?: ?[,!?…]|\.?$|\. )/.test(after);
	const isCompany = /(?<!\p{L})(?:bei|von|hos) $/iu.test(before);
	return isAddressed || (isCompany && !ZERO_AFTER.test(after) && !ZERO_AROUND.test(before + after));
}
