import { withResolvers } from '../withResolvers';

/** Lets calls wait while something is being found out that may stop them all. */
export class Hold {
	private readonly open = new Set<Promise<void>>();

	/** @returns a function that ends it */
	begin(): () => void {
		const { promise, resolve } = withResolvers();
		this.open.add(promise);
		return () => {
			this.open.delete(promise);
			resolve();
		};
	}

	/** Waits until nothing is being found out. Nothing is awaited if that is so already. */
	async passed(): Promise<void> {
		for (const promise of this.open) await promise;
	}

	get isOpen(): boolean {
		return this.open.size > 0;
	}
}
