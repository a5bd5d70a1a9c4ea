import { Executions } from './executions';
import { ProcessedData } from './processedData';

export { ProcessedData, type StatementCount } from './processedData';

/** What n8n keeps in its database. It outlives the n8n process, and several of them can share it. */
export class Database {
	readonly processedData = new ProcessedData();

	readonly executions = new Executions();
}
