/** Where SendPilot's own API answers. */
export const SENDPILOT_URL = 'https://api.sendpilot.ai';

/** A server on this machine, such as the sandbox, has no certificate. */
const THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?=[:/]|$)/i;

/**
 * Normalises the base URL of the credential, so that paths can be appended. Tolerates white space, trailing
 * slashes, a missing scheme and a pasted `/v1`.
 *
 * @returns the address without a trailing slash, or undefined if it is not a web address
 */
export function apiBaseUrl(input: unknown): string | undefined {
	if (typeof input !== 'string' || input.trim() === '') return undefined;
	const text = input.trim();
	const scheme = THIS_MACHINE.test(text) ? 'http' : 'https';
	const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${scheme}://${text}`;
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return undefined;
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
	if (url.username || url.password) return undefined;
	const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/i, '').replace(/\/+$/, '');
	return `${url.origin}${path}`;
}
