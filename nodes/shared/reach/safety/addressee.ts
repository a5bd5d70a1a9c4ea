import type { FullLead } from '../../../../sendpilot/contract/lead';
import { readProfileUrl } from '../../../../sendpilot/profileUrl';
import { leadName } from '../../leadName';
import type { Person } from '../history/keys';

/** What an item says about a person for the checks, under Safety. */
export interface AboutRecipient {
	name?: string;
	company?: string;
	/** A lead that is this person. */
	leadId?: string;
}

/** Who is reached, as far as that is known. */
export interface Addressee {
	/** The normal form of the profile address. */
	profileUrl?: string;
	name?: string;
	company?: string;
	lead?: FullLead;
	/** Undefined if SendPilot chooses the sender, and doesn't say which one. */
	senderId?: string;
}

/** @returns the lead that tells more about a recipient; one that only accompanies a profile can be anyone */
export function leadIdOf(person: Person, about: AboutRecipient): string | undefined {
	return person.profileUrl === undefined ? person.leadId : about.leadId;
}

/** Puts together what the item and its lead say. The item comes first. */
export function addresseeOf(
	{ profileUrl }: Person,
	about: AboutRecipient,
	lead: FullLead | undefined,
	senderId: string | undefined,
): Addressee {
	const profile = readProfileUrl(lead?.linkedinUrl);
	return {
		profileUrl: profileUrl ?? (profile.ok ? profile.url : undefined),
		name: about.name ?? (leadName(lead ?? {}) || undefined),
		company: about.company ?? lead?.company ?? undefined,
		lead,
		senderId: senderId ?? lead?.senderId ?? undefined,
	};
}

/** Whether a lead is certainly somebody else than the person of a profile. */
export function isSomebodyElse({ profileUrl }: Person, lead: FullLead): boolean {
	const profile = readProfileUrl(lead.linkedinUrl);
	return profileUrl !== undefined && profile.ok && profile.url !== profileUrl;
}
