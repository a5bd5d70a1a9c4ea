import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

/** What a user is to see of a failed call. */
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
	// n8n puts a text of its own in the place of a message in which SendPilot quotes e.g. ENOENT.
	error.message = message;
	return error;
}

/** The response is left out: n8n would show parts of it in place of our texts. */
const NO_RESPONSE: JsonObject = {};
