import { createServer } from 'node:net';

/** n8n's default port. */
export const N8N_PORT = 5678;

/** @returns whether a port of 127.0.0.1 is free */
export async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
