/** Takes the place of each character of code: neither a letter nor a space nor punctuation. */
const BLANK = '\uFFFC';

/** Characters up to which the end of a piece of JSON is looked for. */
const MAX_JSON = 2000;

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

/** How an object or list begins in JSON or JavaScript. */
export const JSON_START =
	/\{\s{0,20}(?:["“'][^"”'\n]{0,60}["”']|[\w$]{1,40})\s{0,3}:(?!\/\/)|\[\s{0,20}(?:["'\d{[-]|null\b|true\b|false\b)/g;

/** @returns a text of the same length, so that places in it are places in the original. */
export function blankCode(text: string): string {
	let prose = text;
	for (const pattern of Object.values(CODE_PATTERNS)) {
		prose = prose.replace(pattern, (code) => BLANK.repeat(code.length));
	}
	return blankJson(prose);
}

function blankJson(text: string): string {
	let blanked = '';
	let end = 0;
	for (const { index } of text.matchAll(JSON_START)) {
		if (index < end) continue;
		const close = closingIndex(text, index);
		if (close === undefined) continue;
		blanked += text.slice(end, index) + BLANK.repeat(close - index);
		end = close;
	}
	return blanked + text.slice(end);
}

/** @returns the index behind the bracket that closes the one at `start`; undefined if it stays open */
function closingIndex(text: string, start: number): number | undefined {
	let depth = 0;
	for (let at = start; at < Math.min(text.length, start + MAX_JSON); at++) {
		if ('{['.includes(text[at])) depth++;
		if ('}]'.includes(text[at])) depth--;
		if (depth === 0) return at + 1;
	}
	return undefined;
}
