import type { IDataObject, IRun } from 'n8n-workflow';
import { outputOf, type WorkflowJson } from '../engine/run';

/** What a sending node did with one of its input items. */
export interface Send {
	nodeName: string;
	person: string;
	/** The profile URL or lead id in the input item. */
	recipient: string;
	/** Present if the message was sent. */
	sent?: IDataObject;
	/** Present if it was not sent, or may not have been. */
	failed?: { error: string; delivery: 'notSent' | 'uncertain'; description: string };
}

const SEND_NODE = 'n8n-nodes-sendpilot.sendLinkedInMessage';

/** Reads what every sending node did from a finished run, in the order of its input items. */
export function readSends(workflow: WorkflowJson, run: IRun): Send[] {
	return workflow.nodes
		.filter(({ type }) => type === SEND_NODE)
		.flatMap(({ name }) => sendsOf(name, run, inputOf(name, workflow, run)));
}

function sendsOf(nodeName: string, run: IRun, input: IDataObject[]): Send[] {
	const outputs = [...outputOf(run, nodeName, 0), ...outputOf(run, nodeName, 1)];
	return input.map((person, index) => {
		const { json } = outputs.find(({ pairedItem }) => indexIn(pairedItem) === index)!;
		const { error, details } = json as { error?: string; details?: IDataObject };
		const isFailed = error !== undefined && details !== undefined;
		return {
			nodeName,
			person: `${person.firstName} ${person.lastName}`,
			recipient: String(person.linkedinUrl ?? person.leadId),
			...(isFailed
				? {
						failed: {
							error,
							delivery: details.delivery as 'notSent' | 'uncertain',
							description: String(details.description),
						},
					}
				: { sent: json }),
		};
	});
}

function inputOf(nodeName: string, { connections }: WorkflowJson, run: IRun): IDataObject[] {
	const [source] = Object.entries(connections).find(([, { main }]) =>
		main.some((targets) => targets?.some(({ node }) => node === nodeName)),
	)!;
	return outputOf(run, source).map(({ json }) => json);
}

function indexIn(pairedItem: unknown): number | undefined {
	const [first] = Array.isArray(pairedItem) ? pairedItem : [pairedItem];
	return (first as { item?: number } | undefined)?.item;
}
