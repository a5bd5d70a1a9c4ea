import { createServer, type AddressInfo } from 'node:net';

/** n8n's default port. */
export const N8N_PORT = 5678;

/** @returns whether a port of 127.0.0.1 is free */
export async function isFree(port: number): Promise<boolean> {
	return await freePort(port).then(
		() => true,
		() => false,
	);
}

/** @returns the wanted port, or any free one. @throws Error if the wanted one is taken */
export async function freePort(wanted = 0): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error) =>
			reject(new Error(`Port ${wanted} is not available: ${error.message}`)),
		);
		server.listen(wanted, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
