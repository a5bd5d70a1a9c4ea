/**
 * Fills in the id of a path such as `/v1/leads/:id`.
 *
 * @param template a path of a contract, with one `:id`
 * @param id not yet encoded
 */
export function pathFor(template: string, id: string): string {
	// A path of dots would climb.
	const segment = /^\.{1,2}$/.test(id) ? id.replaceAll('.', '%252E') : encodeURIComponent(id);
	return template.replace(':id', () => segment);
}
