import type { IDataObject } from 'n8n-workflow';

/**
 * Why somebody was left out:
 * - `replied`: they have replied; `replyUnknown`: it can't be told whether they have
 * - `leadStatus`: the status or label of the lead ends contact
 * - `blockList`: they, or their company, are on the Block List; `blockListUnknown`: it can't be told
 * - `limit`: the sender has reached a limit
 * - `senderNotReady`: the sender is disconnected, or not ready for another reason
 * - `unfinishedText`: the text has something left open
 */
export const BLOCK_REASONS = [
	'replied',
	'replyUnknown',
	'leadStatus',
	'blockList',
	'blockListUnknown',
	'limit',
	'senderNotReady',
	'unfinishedText',
] as const;

/** See {@link BLOCK_REASONS}. Workflows branch on these words. */
export type BlockReason = (typeof BLOCK_REASONS)[number];

/** What keeps a person from being reached. */
export interface Block {
	reason: BlockReason;
	/** What happened, without a full stop. */
	what: string;
	/** What to do next, in whole sentences. */
	next: string;
	/** Facts for the workflow, such as the reply. */
	facts?: IDataObject;
}

/** About mistakes in the workflow or the account, which always count as errors. */
const MISTAKES: ReadonlySet<string> = new Set<BlockReason>(['senderNotReady', 'unfinishedText']);

/** Whether somebody is left out on purpose, so that there is nothing to fix. */
export function isOnPurpose(reason: string): reason is BlockReason {
	return (BLOCK_REASONS as readonly string[]).includes(reason) && !MISTAKES.has(reason);
}
