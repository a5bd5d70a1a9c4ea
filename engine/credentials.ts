import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INodeProperties,
} from 'n8n-workflow';
import type { N8nProcess } from './process';

/** The credentials of a run, by type; the names and ids in the workflow don't matter. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** Replaces n8n's credential store, and counts how often credentials are read. */
export class Credentials extends ICredentialsHelper {
	/** How often credentials were read and decrypted. */
	reads = 0;

	constructor(
		private readonly n8n: N8nProcess,
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
		await this.n8n.hold(Promise.resolve());
		this.reads++;
		const found = this.data[type];
		if (!found) throw new Error(`The run has no credential of type ${type}`);
		return { ...found };
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.n8n.loader.credentialTypes[type]?.type.properties ?? [];
	}

	/** Follows n8n's `CredentialsHelper.authenticate`, for a credential that does it by a function. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { type } = this.n8n.loader.credentialTypes[typeName];
		if (typeof type.authenticate !== 'function') {
			throw new Error(`The credential ${typeName} has no function that authenticates`);
		}
		const authenticated = await type.authenticate(credentials, options);
		if (this.n8n.isKilled) return await new Promise<never>(() => undefined);
		// Nothing can hold the call back from here on.
		this.n8n.step(options.method === 'GET' ? 'getSent' : 'callSent');
		return authenticated;
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
