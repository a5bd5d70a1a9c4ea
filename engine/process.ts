import './environment';
import type { PackageDirectoryLoader } from 'n8n-core';
import { Database } from './database';
import type { StatementStep } from './database/processedData';

/**
 * A moment at which the code of a node reaches the outside: right before and after each statement of the
 * database and each HTTP call, and when a call is on its way (`callSent`). Those of calls that only read are told
 * apart.
 */
export type Step =
	| StatementStep
	| 'beforeCall'
	| 'callSent'
	| 'afterCall'
	| 'beforeGet'
	| 'getSent'
	| 'afterGet';

/**
 * A running n8n: the code of the package, in which nodes may keep what they like, and the database.
 *
 * All executions of a process end when it is killed: from then on they reach neither the database nor the
 * network. What was already on its way arrives; its answer does not. Their results never settle.
 */
export class N8nProcess {
	/** Called at each step of its executions. May kill it. */
	onStep: (step: Step) => void = () => undefined;

	private killed = false;

	constructor(
		readonly loader: PackageDirectoryLoader,
		readonly database = new Database(),
	) {}

	get isKilled(): boolean {
		return this.killed;
	}

	/** Ends it as `kill -9` does. */
	kill(): void {
		this.killed = true;
	}

	/** Tells the observer of a step, unless the process is dead. */
	step(step: Step): void {
		if (!this.killed) this.onStep(step);
	}

	/** @returns a promise like the given one, which never settles if the process is dead by then */
	async hold<Value>(pending: Promise<Value>): Promise<Value> {
		return await new Promise<Value>((resolve, reject) => {
			pending.then(
				(value) => this.killed || resolve(value),
				(error) => this.killed || reject(error),
			);
		});
	}
}
