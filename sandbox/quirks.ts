/** What production does and a tidy API would not, and how long things take. Tests may change all of it. */
export interface Quirks {
	/** A larger page of conversations is answered with 500. */
	conversationPageMax: number;
	/** Whether a page of conversations begins with the last one of the page before. */
	repeatsConversations: boolean;
	/** Whether the last page of conversations or messages gives the token again that led to it. */
	repeatsTokens: boolean;
	/** Whether adding leads says which ones were invalid, or only how many. */
	reportsInvalidLeads: boolean;
	/** How long the names of added leads stay empty, in milliseconds. */
	namesAfterMs: number;
	/** After how many reads of its status a search or an extraction ends. */
	jobPolls: number;
	/** After what time it ends at the latest, in milliseconds; Infinity for never. */
	jobMs: number;
}

/** The sandbox without any options. */
export const DEFAULT_QUIRKS: Readonly<Quirks> = {
	conversationPageMax: 25,
	repeatsConversations: true,
	repeatsTokens: false,
	reportsInvalidLeads: true,
	namesAfterMs: 5_000,
	jobPolls: 3,
	jobMs: 10_000,
};
