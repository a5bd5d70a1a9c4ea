/**
 * Which SendPilot this is: `live` behaves as production does today; `docs` as its older documentation says,
 * with sending by lead, page numbers for conversations, and older names in replies.
 */
export const GENERATIONS = ['live', 'docs'] as const;

/** See {@link GENERATIONS}. */
export type Generation = (typeof GENERATIONS)[number];
