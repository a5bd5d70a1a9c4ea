import { createServer } from 'node:net';

/** Where n8n is used to listening. */
export const N8N_PORT = 5678;

/** @returns whether nobody listens at a port of 127.0.0.1 */
export async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
