/** @returns the full name of a lead; empty until SendPilot has looked it up */
export function leadName({
	firstName,
	lastName,
}: Partial<Record<'firstName' | 'lastName', string | null>>): string {
	return [firstName, lastName].filter(Boolean).join(' ');
}
