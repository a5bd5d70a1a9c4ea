import pc from 'picocolors';

const TEXT_WIDTH = 74;

/** The indent of text that belongs to the entry above it. */
const INDENT = ' '.repeat(20);

/** The first line of an entry: its mark, its name and a text. */
export function entryLine(mark: string, name: string, text: string): string {
	return `  ${mark} ${name.padEnd(INDENT.length - 4 - wideCharacters(name))}${text}`;
}

/** A text on its own lines under an entry. */
export function textLines(text: string, colour: (line: string) => string = String): string[] {
	return wrap(text).map((line) => INDENT + colour(line));
}

/** The heading of a section: a bold title and a text. */
export function headLine(title: string, text: string): string {
	return `${pc.bold(title.padEnd(9))} ${text}`;
}

/** East Asian characters take two columns in a terminal. */
function wideCharacters(text: string): number {
	return [...text].filter((character) => character >= '\u2e80').length;
}

function wrap(text: string): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const line = lines.at(-1);
		if (line !== undefined && line.length + word.length < TEXT_WIDTH) {
			lines[lines.length - 1] = `${line} ${word}`;
		} else {
			lines.push(word);
		}
	}
	return lines;
}
