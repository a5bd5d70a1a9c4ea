import { z } from 'zod';

const count = z.number().int().min(1);
const milliseconds = z.number().min(0);

/** Checks {@link Quirks}. */
export const quirksSchema = z
	.object({
		/** A larger page of conversations is answered with 500. */
		conversationPageMax: count,
		/** Whether a page of conversations begins with the last one of the page before. */
		repeatsConversations: z.boolean(),
		/** Whether conversations show public profile URLs, as documented, or internal ones. */
		publicProfiles: z.boolean(),
		/** How long after it went out a message appears in its conversation, in milliseconds. */
		inboxDelayMs: milliseconds,
		/** Whether the last page of conversations or messages gives the token again that led to it. */
		repeatsTokens: z.boolean(),
		/** Whether adding leads says which ones were invalid, or only how many. */
		reportsInvalidLeads: z.boolean(),
		/** What becomes of the note of an invitation: free LinkedIn accounts cannot send one. */
		notes: z.enum(['sent', 'dropped', 'refused']),
		/** How long the names of added leads stay empty, in milliseconds. */
		namesAfterMs: milliseconds,
		/** Whether a search or an extraction gives out the leads that it has found so far while it runs. */
		givesPartialResults: z.boolean(),
		/** After how many reads of its status a search or an extraction ends. */
		jobPolls: count,
		/** After what time it ends at the latest, in milliseconds; Infinity (null in JSON) for never. */
		jobMs: milliseconds.nullable().transform((value) => value ?? Infinity),
	})
	.strict();

/** What production does and a tidy API would not, and how long things take. Tests may change all of it. */
export type Quirks = z.output<typeof quirksSchema>;

/** The sandbox without any options. */
export const DEFAULT_QUIRKS: Readonly<Quirks> = {
	conversationPageMax: 25,
	repeatsConversations: true,
	publicProfiles: false,
	inboxDelayMs: 0,
	repeatsTokens: false,
	reportsInvalidLeads: true,
	notes: 'sent',
	namesAfterMs: 5_000,
	givesPartialResults: false,
	jobPolls: 3,
	jobMs: 10_000,
};
