import type { INode, INodeParameters } from 'n8n-workflow';
import { newNode } from '../support';
import type { Access } from './place';

/** How an HTTP Request node is set up, beside its URL and credential. */
export interface HttpRequestSettings {
	name: string;
	/** Without the base URL; an expression begins with `=`. */
	path: string;
	parameters: INodeParameters;
}

/** n8n's HTTP Request with a Header Auth credential, as somebody would set it up for SendPilot. */
export function httpRequest(
	{ url, credentials }: Access,
	{ name, path, parameters }: HttpRequestSettings,
): INode {
	const isExpression = path.startsWith('=');
	return {
		...newNode({ id: name, name, type: 'n8n-nodes-base.httpRequest', credentials }),
		typeVersion: 4.5,
		parameters: {
			url: isExpression ? `=${url}${path.slice(1)}` : `${url}${path}`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			...parameters,
		},
	};
}

/** Starts as many calls at once, then waits; without this, HTTP Request starts all calls at once. */
export function inBatches(batchSize: number, batchInterval: number): INodeParameters {
	return { batching: { batch: { batchSize, batchInterval } } };
}

/** Parameters as pairs of name and value, in the form of HTTP Request. */
export function pairs(values: Record<string, string>): INodeParameters {
	return { parameters: Object.entries(values).map(([name, value]) => ({ name, value })) };
}
