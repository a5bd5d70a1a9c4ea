/** Takes the place of each character of code: neither a letter nor a space nor punctuation. */
const BLANK = '\uFFFC';

/** What is code wherever it is, so that braces and `null` in it are meant. */
export const CODE_PATTERNS: Readonly<Record<string, RegExp>> = {
	fenced: /```[^`]{0,4000}```/g,
	quoted: /`[^`\n]{1,500}`/g,
	assignment:
		/\b(?:const|let|var)\s(?:\w{1,40}|\{[^{}\n]{0,80}\}|\[[^[\]\n]{0,80}\])\s{0,3}=\s{0,3}(?:\{[^{}\n]{0,80}\}|[^\s;]{1,80})/g,
	sql: /\b(?:SELECT\s[^\n;]{1,100}\sFROM\s|(?:INSERT\sINTO|UPDATE\s\w{1,40}\sSET|DELETE\sFROM)\s)[^\n;?!]{0,200}/g,
	sqlPattern: /\bI?LIKE\s{1,3}'[^'\n]{0,80}'/gi,
	error: /\b(?:\w{0,30}Error: |Cannot read propert)[^\n.(–—]{0,120}/g,
};

const KEY = String.raw`\{\s{0,20}(?:["“'][^"”'\n]{0,60}["”']|[\w$]{1,40})\s{0,3}:(?!\/\/)`;

/** How an object or list begins in JSON or JavaScript. Not `[[name]]`, and not the end of `$json["name"]`. */
export const JSON_START = new RegExp(
	String.raw`${KEY}|(?<!\$json\??\.?|\])(?:\[\s{0,20}){1,5}(?:["'\d-]|null\b|true\b|false\b|${KEY})`,
	'g',
);

export const BRACKET = /[{}[\]]/g;

/** @returns a text of the same length, so that places in it are places in the original. */
export function blankCode(text: string): string {
	let prose = text;
	for (const pattern of Object.values(CODE_PATTERNS)) {
		prose = prose.replace(pattern, (code) => BLANK.repeat(code.length));
	}
	return blankJson(prose);
}

function blankJson(text: string): string {
	const closings = closingIndexes(text);
	let blanked = '';
	let end = 0;
	for (const { index } of text.matchAll(JSON_START)) {
		const close = closings.get(index);
		if (index < end || close === undefined) continue;
		blanked += text.slice(end, index) + BLANK.repeat(close - index);
		end = close;
	}
	return blanked + text.slice(end);
}

/** @returns for the index of each bracket that is closed, the index behind the one that closes it */
function closingIndexes(text: string): Map<number, number> {
	const closings = new Map<number, number>();
	const open: number[] = [];
	for (const { index, 0: bracket } of text.matchAll(BRACKET)) {
		if (bracket === '{' || bracket === '[') {
			open.push(index);
			continue;
		}
		const start = open.pop();
		if (start !== undefined) closings.set(start, index + 1);
	}
	return closings;
}
