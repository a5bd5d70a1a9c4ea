import { isFieldName } from './fieldNames';
import { placesOf, type Place } from './place';

/** A way to write a placeholder. */
export interface PlaceholderRule {
	pattern: RegExp;
	/** Whether what is between the marks makes it a placeholder; always if undefined. */
	accepts?(inside: string): boolean;
}

/** Characters that make a placeholder of what they enclose. */
const MARKS = /^(?:[=#@{[<%*|\s-]|\$(?=\{)){1,20}|[}\]>%*|\s-]{1,20}$/g;

/** One word, however it is written: `firstName`, `first_name`, `lead.name`. A single letter is mathematics. */
const IDENTIFIER = /^\p{L}[\p{L}\p{M}\p{N}_]{1,60}(?:[.-]\p{L}[\p{L}\p{M}\p{N}_]{0,60}){0,5}$/u;

/** Texts to choose from, or what to write instead of an empty field: `Hi|Hello`, `name|there`. */
const ALTERNATIVES = /^[\p{L}_][\p{L}\p{M}\p{N}_' ]{1,40}(?:\|[\p{L}\p{M}\p{N}_' ]{1,40}){1,10}$/u;

/** Where braces hold code: `f({name})`, `= {name}`, `\textbf{name}`, `x_{ij}`, `GET /leads/{id}`. */
const CODE_BEFORE = String.raw`(?<!\w!?\(["']?|\bf["']|=>?\s?|[>^_]|\\\w{1,30}|\b(?:import|export|return)\s|(?:(?:^|\s)\/|\bapi[./]|\/v\d\/)\S{0,100})`;

const WINDOWS_VARIABLE =
	/^(?:(?:local)?appdata|te?mp|path|userprofile|programfiles|systemroot|windir)$/i;

/** Each repetition has a limit, see {@link placesOf}. */
export const PLACEHOLDER_RULES: Readonly<Record<string, PlaceholderRule>> = {
	// Also what isn't closed, but no sets of sets: `{{a, b}, {c}}`.
	doubleBraces: {
		pattern:
			/(?:(?<![\w&?])=)?[$#@]?\{{2,3}(?!\s?\w{1,3}\s?,)(?:[^{}]{0,300}\}{2,3}|\s{0,3}[\p{L}_$][\p{L}\p{N}_]{0,60}(?:\.[\p{L}_][\p{L}\p{N}_]{0,60}){0,8}\}?)?/gu,
	},
	// What was opened is part of an earlier place.
	endOfDoubleBraces: {
		pattern: /(?<![\p{L}\p{N}_.{\\])\p{L}[\p{L}\p{N}_.]{1,60}\s?\}\}/gu,
		accepts: isFieldName,
	},
	templateTag: { pattern: /\{%-?\s{0,5}\p{L}[^%{}\n]{0,200}(?:%\})?/gu },
	braces: {
		pattern: new RegExp(
			String.raw`${CODE_BEFORE}[$#@]?\{[^{}\n"=;:()\\/]{2,80}\}(?!\(|\s?=[\s{["'])`,
			'gmu',
		),
		accepts: (inside) =>
			IDENTIFIER.test(inside) || ALTERNATIVES.test(inside) || isFieldName(inside),
	},
	// Not an index, and not the text of a link.
	squareBrackets: {
		pattern: /(?<![\p{L}\p{N}\])])\[{1,2}\s{0,3}\p{L}[^[\]{}\n"]{1,60}\]{1,2}(?!\(|:\s?https?:)/gu,
		accepts: (inside) => isFieldName(inside.replace(/\|[^|]{1,60}$/, '')),
	},
	// Not the type of a generic, and no tag of HTML or XML.
	angleBrackets: {
		pattern:
			/(?<![\p{L}\p{N}])<{1,2}\s{0,3}\p{L}[^<>\n"=/]{1,60}>{1,2}(?![^<\s][^<\n]{0,200}<\/)/gu,
		accepts: (inside) => isFieldName(inside) && inside !== 'title',
	},
	percentSigns: {
		pattern: /(?<![\p{L}\p{N}%'])%{1,2}\p{L}[\p{L}\p{N}_-]{1,40}%{1,2}(?![\p{L}\p{N}%\\])/gu,
		accepts: (inside) => !WINDOWS_VARIABLE.test(inside),
	},
	mergeTag: { pattern: /\*\|[A-Z][A-Z0-9_:]{1,40}\|\*/g },
	// An expression in a field that is set to Fixed.
	bareExpression: {
		pattern:
			/=?\$json(?:\??\.[\p{L}_][\p{L}\p{N}_]{0,60}|(?:\?\.)?\[(?:"[^"\n]{1,80}"|'[^'\n]{1,80}')\]){1,8}/gu,
	},
};

/**
 * @param prose the text with its code blanked, of the same length
 */
export function placeholders(text: string, prose: string): Place[] {
	return Object.values(PLACEHOLDER_RULES).flatMap(({ pattern, accepts }) =>
		placesOf(pattern, prose).flatMap((place) => {
			const inside = text.slice(place.start, place.end).replace(MARKS, '');
			if (accepts && !accepts(inside)) return [];
			return { ...place, field: fieldIn(inside) };
		}),
	);
}

/** The field that a placeholder or expression reads: `lead.name` of `json.lead.name`, `name` of `name | there`. */
function fieldIn(inside: string): string | undefined {
	const inItem = /json(?:(?:\?\.)?\[["']|\??\.)([\p{L}\p{N}_ .-]{1,80})/u.exec(inside);
	if (inItem) return inItem[1].trim();
	const [first, ...others] = inside.split(/[|?]/);
	const name = first.replace(/^(?:#?if|unless) /, '').trim();
	if (others.length > 0 && !isFieldName(name)) return undefined;
	return /^[\p{L}_][\p{L}\p{M}\p{N}_ .'’-]{0,80}$/u.test(name) ? name : undefined;
}
