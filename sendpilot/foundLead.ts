import type { ExtractedLead } from './contract/leadExtraction';
import type { FoundLead } from './contract/leadSearch';

/** Tells found people apart; one without an ID and a profile counts as somebody of their own. */
export function leadKey(lead: FoundLead | ExtractedLead): unknown {
	return lead.id || lead.linkedin_url || lead;
}
