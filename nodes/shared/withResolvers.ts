/** A promise, and the functions that end it. */
export interface PromiseWithResolvers {
	promise: Promise<void>;
	resolve: () => void;
	reject: (error: unknown) => void;
}

/** Follows `Promise.withResolvers`, which older versions of Node lack. A rejection may go unnoticed. */
export function withResolvers(): PromiseWithResolvers {
	const resolvers = {} as PromiseWithResolvers;
	resolvers.promise = new Promise<void>((resolve, reject) =>
		Object.assign(resolvers, { resolve, reject }),
	);
	resolvers.promise.catch(() => undefined);
	return resolvers;
}
