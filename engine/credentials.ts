import type { PackageDirectoryLoader } from 'n8n-core';
import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INodeProperties,
} from 'n8n-workflow';

/** The credentials of a run, by type; the names and ids in the workflow don't matter. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** Replaces n8n's credential store, and counts how often credentials are read. */
export class Credentials extends ICredentialsHelper {
	/** How often credentials were read and decrypted. */
	reads = 0;

	constructor(
		private readonly loader: PackageDirectoryLoader,
		private readonly data: CredentialData,
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async getDecrypted(_data: unknown, _details: unknown, type: string) {
		this.reads++;
		const found = this.data[type];
		if (!found) throw new Error(`The run has no credential of type ${type}`);
		return { ...found };
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.loader.credentialTypes[type]?.type.properties ?? [];
	}

	/** Follows n8n's `CredentialsHelper.authenticate`, for a credential that does it by a function. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { type } = this.loader.credentialTypes[typeName];
		if (typeof type.authenticate !== 'function') {
			throw new Error(`The credential ${typeName} has no function that authenticates`);
		}
		return await type.authenticate(credentials, options);
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('There are no encrypted credentials here');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}
