import { setImmediate as nextTurn } from 'node:timers/promises';
import { Database as Sqlite } from 'node-sqlite3-wasm';

/** What identifies a row: n8n's primary key. */
export interface RowKey {
	workflowId: string;
	context: string;
}

/** What a row contains, which n8n stores as JSON. */
export interface RowValue {
	mode: string;
	data: unknown;
}

/** Who runs a statement: an n8n process, which may be killed at any moment. */
export interface Caller {
	readonly isKilled: boolean;
	step(step: StatementStep): void;
	hold<Value>(pending: Promise<Value>): Promise<Value>;
}

/** The moments right before and after a statement. */
export type StatementStep = 'beforeRead' | 'afterRead' | 'beforeWrite' | 'afterWrite';

/** How many statements were run. */
export interface StatementCount {
	reads: number;
	writes: number;
}

type Kind = 'read' | 'write';

const KEY = '"workflowId" = ? AND context = ?';

/**
 * n8n's table `processed_data` in SQLite. There are no locks and no transactions, and each statement takes
 * its time, so callers that read before others have written overwrite them, as in n8n.
 */
export class ProcessedData {
	/** The statements that were run, whether they failed or not. */
	readonly statements: StatementCount = { reads: 0, writes: 0 };

	/** How long a statement takes to reach the database, and its answer to come back. */
	latency: (kind: Kind, caller: Caller) => Promise<unknown> = async () => await nextTurn();

	/** The most entries of a row, whatever its node wants: a small number shows what n8n does at a large one. */
	capacity = Infinity;

	private opened?: Sqlite;

	private failures: Array<{ kind?: Kind; error: Error }> = [];

	/** Lets the next statements fail, or the next ones of a kind. */
	failNext(count: number, error: Error, kind?: Kind): void {
		for (let index = 0; index < count; index++) this.failures.push({ kind, error });
	}

	/** @returns null if there is no such row */
	async find(caller: Caller, key: RowKey): Promise<RowValue | null> {
		return await this.statement(caller, 'read', () => this.peek(key));
	}

	/** @throws if there is such a row */
	async insert(caller: Caller, { workflowId, context }: RowKey, value: RowValue): Promise<void> {
		await this.statement(caller, 'write', () =>
			this.sqlite.run('INSERT INTO processed_data VALUES (?, ?, ?)', [
				workflowId,
				context,
				JSON.stringify(value),
			]),
		);
	}

	/** Replaces the whole value of a row, if there still is one. */
	async update(caller: Caller, { workflowId, context }: RowKey, value: RowValue): Promise<void> {
		await this.statement(caller, 'write', () =>
			this.sqlite.run(`UPDATE processed_data SET value = ? WHERE ${KEY}`, [
				JSON.stringify(value),
				workflowId,
				context,
			]),
		);
	}

	/** Deletes a row, if there is one. */
	async delete(caller: Caller, { workflowId, context }: RowKey): Promise<void> {
		await this.statement(caller, 'write', () =>
			this.sqlite.run(`DELETE FROM processed_data WHERE ${KEY}`, [workflowId, context]),
		);
	}

	/** Reads a row at once, without counting as a statement. */
	peek({ workflowId, context }: RowKey): RowValue | null {
		const row = this.sqlite.get(`SELECT value FROM processed_data WHERE ${KEY}`, [
			workflowId,
			context,
		]);
		return row ? (JSON.parse(String(row.value)) as RowValue) : null;
	}

	/** Writes a row at once, without counting as a statement. */
	put({ workflowId, context }: RowKey, value: RowValue): void {
		this.sqlite.run('INSERT OR REPLACE INTO processed_data VALUES (?, ?, ?)', [
			workflowId,
			context,
			JSON.stringify(value),
		]);
	}

	/** Frees its memory. */
	close(): void {
		this.opened?.close();
	}

	private get sqlite(): Sqlite {
		if (!this.opened) {
			this.opened = new Sqlite();
			this.opened.exec(
				'CREATE TABLE processed_data ("workflowId" VARCHAR(36) NOT NULL, context VARCHAR(255) NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("workflowId", context))',
			);
		}
		return this.opened;
	}

	/** After a kill, a statement that has not reached the database never does, and no answer arrives. */
	private async statement<Value>(caller: Caller, kind: Kind, run: () => Value): Promise<Value> {
		const whole = async (): Promise<Value> => {
			caller.step(kind === 'read' ? 'beforeRead' : 'beforeWrite');
			await this.latency(kind, caller);
			if (caller.isKilled) return await new Promise<never>(() => undefined);
			this.statements[kind === 'read' ? 'reads' : 'writes']++;
			this.failIfTold(kind);
			const value = run();
			caller.step(kind === 'read' ? 'afterRead' : 'afterWrite');
			await this.latency(kind, caller);
			return value;
		};
		return await caller.hold(whole());
	}

	private failIfTold(kind: Kind): void {
		const index = this.failures.findIndex((failure) => (failure.kind ?? kind) === kind);
		if (index !== -1) throw this.failures.splice(index, 1)[0].error;
	}
}
