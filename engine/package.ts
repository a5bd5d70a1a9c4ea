import './environment';
import { PackageDirectoryLoader } from 'n8n-core';

/** Loads a built package with n8n's own loader, as n8n does when it starts. */
export async function loadPackage(folder: string): Promise<PackageDirectoryLoader> {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return loader;
}
