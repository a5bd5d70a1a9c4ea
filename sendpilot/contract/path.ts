/**
 * Fills in the id of a path such as `/v1/leads/:id`.
 *
 * @param template a path of a contract, with one `:id`
 * @param id not yet encoded
 */
export function pathFor(template: string, id: string): string {
	// A path of dots would climb.
	const isDots = /^\.{1,2}$/.test(id);
	// Half a character, as in a text that was cut, cannot be encoded. No ID has the one that is sent instead.
	const whole = id.replace(/\p{Surrogate}/gu, '\uFFFD');
	const segment = isDots ? id.replaceAll('.', '%252E') : encodeURIComponent(whole);
	return template.replace(':id', () => segment);
}
