/**
 * Fills in the id of a path such as `/v1/leads/:id`.
 *
 * @param template a path of a contract, with one `:id`
 * @param id not yet encoded
 */
export function pathFor(template: string, id: string): string {
	return template.replace(':id', () => encodeURIComponent(id));
}
