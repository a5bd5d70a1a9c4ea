import type { IDataObject, IRun } from 'n8n-workflow';
import { outputOf, type WorkflowJson } from '../engine/run';

/** What a sending node did for one of its input items. */
export interface Send {
	nodeName: string;
	person: string;
	/** How the person was named to SendPilot. */
	recipient: string;
	/** Present where the message went out. */
	sent?: IDataObject;
	/** Present where it did not, or may not have. */
	failed?: { error: string; delivery: 'notSent' | 'uncertain'; description: string };
}

const SEND_NODE = 'n8n-nodes-sendpilot.sendLinkedInMessage';

/** Reads from a finished run what every sending node did, in the order of its input items. */
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
