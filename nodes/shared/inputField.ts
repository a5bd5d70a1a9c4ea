/** How an expression names an input field: by its name, or in brackets and quotes. Has three groups. */
const INPUT_FIELD =
	/\$(?:json|input\.item\.json)(?:\??\.([\p{L}_$][\p{L}\p{N}_$]*)|\[(["'])(.*?)\2\])/u.source;

const EACH = new RegExp(INPUT_FIELD, 'gu');
const ALONE = new RegExp(`^=\\{\\{\\s*${INPUT_FIELD}\\s*\\}\\}$`, 'u');

/** @returns the names of the input fields that occur in expressions */
export function inputFieldsIn(expressions: string): string[] {
	return [...expressions.matchAll(EACH)].map(([, plain, , quoted]) => plain ?? quoted);
}

/** @returns the input field whose value is that of the expression; undefined for any other expression */
export function inputFieldOf(expression: string): string | undefined {
	const [, plain, , quoted] = ALONE.exec(expression) ?? [];
	return plain ?? quoted;
}
