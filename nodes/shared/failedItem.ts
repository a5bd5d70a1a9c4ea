import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { apiError } from './apiError';
import type { ItemFailureReason } from './explanation';
import { isTool } from './reach/executionRecord';

/** Why an item failed, and what to do. */
export interface ItemFailure {
	reason: ItemFailureReason;
	/** What happened, without a full stop. */
	message: string;
	/** What to do next, in whole sentences; empty where there is nothing to do. */
	fix: string;
	httpStatus?: number;
}

/** The output of an item that failed, in a node that continues. */
export function failedItem(
	context: IExecuteFunctions,
	index: number,
	{ reason, message, fix, httpStatus }: ItemFailure,
): INodeExecutionData {
	return errorItem(context, index, {
		error: messageFor(context, message, fix),
		details: {
			...{ reason, description: fix, itemIndex: index },
			...(httpStatus === undefined ? {} : { httpStatus }),
		},
	});
}

/** Renames the key `error` of what came out well: by that key, n8n would take it for an item that failed. */
export function withoutError({ error, ...json }: IDataObject): IDataObject {
	return error === undefined ? json : { ...json, sendPilotError: error };
}

/** The error of an item that ends the run. */
export function itemError(
	context: IExecuteFunctions,
	{ reason, message, fix, httpStatus }: ItemFailure,
	itemIndex: number,
): Error {
	const node = context.getNode();
	const shown = { message: messageFor(context, message, fix), description: fix, itemIndex };
	if (reason !== 'invalidInput' && reason !== 'invalidSetup') {
		return apiError(node, { ...shown, httpStatus });
	}
	const error = new NodeOperationError(node, shown.message, shown);
	// n8n replaces a message that contains e.g. ENOENT, also within a word, with a text of its own.
	error.message = shown.message;
	return error;
}

/** An AI agent only gets the message of an error, so for a tool the message includes the next step. */
function messageFor(context: IExecuteFunctions, message: string, fix: string): string {
	return isTool(context) && fix !== '' ? `${message}. ${fix}` : message;
}

/** How n8n recognises an item that failed. */
interface ErrorJson extends IDataObject {
	error: string;
	details: IDataObject & { description: string };
}

/**
 * Makes the output item of an error. On the error output n8n adds the input's fields itself, but only to an item
 * with no other keys; on the regular one they are added here.
 */
export function errorItem(
	context: IExecuteFunctions,
	index: number,
	failed: ErrorJson,
): INodeExecutionData {
	const { json, binary } = context.getInputData()[index];
	const files = binary ? { binary } : {};
	const pairedItem = { item: index };
	const addsInput = context.getNode().onError !== 'continueErrorOutput';
	// Older versions of n8n do not offer this method.
	if (!addsInput && !('onExecutionFinish' in context)) {
		return { json: shortened(failed), ...files, pairedItem };
	}
	return { json: addsInput ? { ...json, ...failed } : failed, ...files, pairedItem };
}

/** n8n 1.x moves an item to the error output only if it has no keys but these two. */
function shortened({ error, details }: ErrorJson): IDataObject {
	return { error, message: details.description };
}
