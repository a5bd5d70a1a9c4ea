import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

/** What the user sees of a failed call. */
export interface ShownError {
	/** What happened, without a full stop. */
	message: string;
	/** What to do next, in whole sentences. */
	description: string;
	httpStatus?: number;
	itemIndex?: number;
}

/** Makes n8n's error for a failed call, with our own texts and nothing else. */
export function apiError(
	node: INode,
	{ message, description, httpStatus, itemIndex }: ShownError,
): NodeApiError {
	const error = new NodeApiError(node, NO_RESPONSE, {
		message,
		description,
		...(itemIndex === undefined ? {} : { itemIndex }),
		...(httpStatus === undefined ? {} : { httpCode: String(httpStatus) }),
	});
	// n8n replaces a message that quotes a code such as ENOENT with a text of its own.
	error.message = message;
	return error;
}

/** The response is left out: n8n would show parts of it instead of our texts. */
const NO_RESPONSE: JsonObject = {};
