import type { IDataObject } from 'n8n-workflow';
import type { Execution } from '../../editor/client';
import { SEND } from '../support';
import { ONLY, SECOND, SEND_SECOND } from './crashWorkflows';

/**
 * A message that a person should get, whatever its exact words: the profile, and how the text begins. Invitations and
 * searches are named in the same way.
 */
export type Message = string;

/** What went out to a person, or was started for one. */
export interface Delivered {
	recipientLinkedinUrl: string;
	/** Of an invitation, its note; of a search, how all texts begin. */
	message: string;
	/** In milliseconds since 1970. */
	at: number;
}

/** What came of a scenario's messages, in numbers of messages. */
export interface Count {
	/** Delivered more often than once: how many too many. */
	twice: number;
	/** Reported as sent, but not delivered. */
	falselySent: number;
	/** Neither delivered nor reported as uncertain, though nothing forbade sending them. */
	missing: number;
	/** Reported as uncertain. */
	uncertain: number;
}

/** @returns the message to a person whose text begins with a word */
export function messageTo(profile: string, begin = ONLY): Message {
	return `${begin} to ${profile}`;
}

/**
 * Compares what the executions say with what was delivered.
 *
 * @param expected the messages that should be out, or uncertain, in the end
 */
export function countOf(
	expected: readonly Message[],
	delivered: readonly Delivered[],
	executions: readonly Execution[],
): Count {
	const out = delivered.map(({ recipientLinkedinUrl, message }) =>
		messageTo(recipientLinkedinUrl, beginOf(message)),
	);
	const isOut = new Set(out);
	const sent = reportedAs('sent', executions);
	const uncertain = reportedAs('uncertain', executions);
	return {
		twice: out.length - isOut.size,
		falselySent: [...sent].filter((message) => !isOut.has(message)).length,
		missing: expected.filter((message) => !isOut.has(message) && !uncertain.has(message)).length,
		uncertain: uncertain.size,
	};
}

/** @returns the messages that the outputs of some executions report as sent, or as uncertain */
function reportedAs(fate: 'sent' | 'uncertain', executions: readonly Execution[]): Set<Message> {
	const found = executions.flatMap((execution) =>
		[SEND, SEND_SECOND].flatMap((node) =>
			itemsOf(execution, node)
				.filter((item) => fateOf(item) === fate)
				.map((item) => messageIn(item, node)),
		),
	);
	return new Set(found);
}

/** @returns the items of all runs of a node, at all of its outputs */
export function itemsOf({ data }: Execution, node: string): IDataObject[] {
	const runs = data.resultData.runData[node] ?? [];
	return runs.flatMap((run) =>
		(run.data?.main ?? []).flatMap((items) => (items ?? []).map(({ json }) => json)),
	);
}

/** By the error's text, because n8n 1.x leaves nothing else on the error output. */
function fateOf({ success, error }: IDataObject): 'sent' | 'uncertain' | undefined {
	if (success === true) return 'sent';
	const isUncertain = /^(Message|Invitation|Search) may have been (sent|started)/;
	return isUncertain.test(String(error)) ? 'uncertain' : undefined;
}

function messageIn(item: IDataObject, node: string): Message {
	// A search has the profile as its name.
	const profile = String(item.recipientLinkedinUrl ?? item.url ?? item.name);
	if (node === SEND_SECOND) return messageTo(profile, SECOND);
	// Not the text itself, in whose place n8n 1.x puts the error's description.
	return messageTo(profile, item.begin as string | undefined);
}

function beginOf(text: string): string {
	return text.split(',', 1)[0];
}
