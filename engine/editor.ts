import './environment';
import { CredentialTestContext, LoadOptionsContext, type PackageDirectoryLoader } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeCredentialTestResult,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import { Credentials, type CredentialData } from './credentials';
import { nodeTypesOf } from './nodeTypes';
import { N8nProcess } from './process';

/** What the user has typed in a list, and how far they have scrolled. */
export interface ListRequest {
	filter?: string;
	paginationToken?: string;
}

/**
 * Loads the list of a resource locator, as the editor does while a node is open.
 *
 * @throws what the node's list method throws
 */
export async function loadList(
	loader: PackageDirectoryLoader,
	node: INode,
	method: string,
	credentialData: CredentialData,
	{ filter, paginationToken }: ListRequest = {},
): Promise<INodeListSearchResult> {
	const n8n = new N8nProcess(loader);
	const nodeTypes = nodeTypesOf(n8n);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const credentials = new Credentials(n8n, credentialData);
	const additionalData = additionalDataFor(credentials, 'internal');
	additionalData.currentNodeParameters = node.parameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	const { methods } = nodeTypes.getByNameAndVersion(node.type);
	const search = methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list ${method}`);
	return await search.call(context, filter, paginationToken);
}

/** Tests a credential as its dialog does, with the test function of a node. */
export async function testCredential(
	loader: PackageDirectoryLoader,
	nodeType: string,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const n8n = new N8nProcess(loader);
	const node = nodeTypesOf(n8n).getByNameAndVersion(nodeType);
	const { credentials = [] } = node.description;
	const testedBy = credentials.find(({ name }) => name === type)?.testedBy;
	const test = typeof testedBy === 'string' && node.methods?.credentialTest?.[testedBy];
	if (!test) throw new Error(`The node does not test the credential ${type}`);
	const additionalData = additionalDataFor(new Credentials(n8n, {}), 'internal');
	const context = new CredentialTestContext(additionalData);
	return await test.call(context, { id: '1', name: type, type, data });
}
