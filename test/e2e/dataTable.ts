import type { IDataObject } from 'n8n-workflow';
import type { N8nClient } from '../../editor/client';

/** A data table, as in n8n's list of them. */
interface DataTable {
	id: string;
	name: string;
	projectId: string;
}

/** The rows of a data table, oldest first, without what n8n adds to each; none if there is no such table. */
export async function rowsOf(client: N8nClient, name: string): Promise<IDataObject[]> {
	const table = await find(client, name);
	if (!table) return [];
	const path = `${pathOf(table)}/rows?take=100&sortBy=id:asc`;
	const { data } = await client.call<{ data: IDataObject[] }>('GET', path);
	return data.map(({ id: _id, createdAt: _created, updatedAt: _updated, ...row }) => row);
}

/** Adds a row to a data table that exists. */
export async function addRow(client: N8nClient, name: string, row: IDataObject): Promise<void> {
	const table = await find(client, name);
	if (!table) throw new Error(`There is no data table "${name}"`);
	await client.call('POST', `${pathOf(table)}/insert`, { data: [row], returnType: 'count' });
}

/** Deletes a data table, if it exists. */
export async function deleteTable(client: N8nClient, name: string): Promise<void> {
	const table = await find(client, name);
	if (table) await client.call('DELETE', pathOf(table));
}

async function find(client: N8nClient, name: string): Promise<DataTable | undefined> {
	const path = '/rest/data-tables-global?take=100';
	const { data } = await client.call<{ data: DataTable[] }>('GET', path);
	return data.find((table) => table.name === name);
}

function pathOf({ id, projectId }: DataTable): string {
	return `/rest/projects/${projectId}/data-tables/${id}`;
}
