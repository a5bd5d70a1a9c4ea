import type {
	IBinaryKeyData,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IPinData,
	IRun,
} from 'n8n-workflow';
import { outputOf } from '../engine/output';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';

/** The node under test, in the workflows that {@link workflowWith} makes. */
export const SEND = 'Send';

/** The trigger of these workflows. */
export const START = 'Start';

/** What a test sets of the node under test; the rest is what the editor gives a new node. */
export interface NodeSettings extends Partial<INode> {
	parameters?: INodeParameters;
}

/** Parameters that send a message to the profile in the item's field `url`. */
export function toProfile(more: INodeParameters = {}): INodeParameters {
	return {
		recipient: 'profile',
		senderId: byId('={{ $json.sender ?? "sender_alex" }}'),
		recipientLinkedinUrl: '={{ $json.url }}',
		message: '={{ $json.message ?? "Hello" }}',
		...withoutDelay(more),
	};
}

/** Parameters that send a message to the lead in the item's field `lead`. */
export function toLead(more: INodeParameters = {}): INodeParameters {
	return {
		recipient: 'lead',
		senderId: { __rl: true, mode: 'list', value: 'automatic', cachedResultName: 'Automatic' },
		leadId: byId('={{ $json.lead }}'),
		message: '={{ $json.message ?? "Hello" }}',
		...withoutDelay(more),
	};
}

/** The type and the parameters of a node that invites the profile in the item's field `url`. */
export function toInvite(
	more: INodeParameters = {},
): Required<Pick<NodeSettings, 'type' | 'parameters'>> {
	const { senderId, recipientLinkedinUrl, message: note } = toProfile();
	return {
		type: 'n8n-nodes-sendpilot.sendPilot',
		parameters: {
			...{ resource: 'connectionRequest', operation: 'send' },
			...{ senderId, recipientLinkedinUrl, note, ...withoutDelay(more) },
		},
	};
}

/** What was sent is in the sandbox's inbox at once. */
function withoutDelay(more: INodeParameters): INodeParameters {
	return { ...more, options: { inboxDelay: 0, ...(more.options as INodeParameters) } };
}

/** A resource locator in its mode By ID. */
export function byId(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value };
}

/** Items for people who are connected, whoever they are: `https://www.linkedin.com/in/person-0` … */
export function people(
	count: number,
	more: (index: number) => IDataObject = () => ({}),
): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({ url: personUrl(index), ...more(index) }));
}

/** The profile of the person with this number. */
export function personUrl(index: number): string {
	return `https://www.linkedin.com/in/person-${index}`;
}

/** An item's fields, or the whole item where it has files too. */
export type TestItem = IDataObject | (INodeExecutionData & { binary: IBinaryKeyData });

/** A workflow of a trigger that gives the items, and the node under test. */
export function workflowWith(items: TestItem[], node: NodeSettings) {
	const whole = (item: TestItem) => ('binary' in item ? item : { json: item });
	const pinData: IPinData = { [START]: items.map(whole) as INodeExecutionData[] };
	return {
		nodes: [
			newNode({ id: 'start', name: START, type: 'n8n-nodes-base.manualTrigger' }),
			newNode({
				id: 'send',
				name: SEND,
				type: 'n8n-nodes-sendpilot.sendLinkedInMessage',
				credentials: { sendPilotApi: { id: '1', name: 'SendPilot account' } },
				...node,
			}),
		],
		connections: { [START]: { main: [[{ node: SEND, type: 'main' as const, index: 0 }]] } },
		pinData,
	};
}

/** A node as the editor makes it. */
export function newNode(node: Pick<INode, 'id' | 'name' | 'type'> & NodeSettings): INode {
	return { typeVersion: 1, position: [0, 0], parameters: {}, ...node };
}

/** A run that is over, by n8n's engine or by a whole n8n. */
export type Finished = Pick<IRun, 'data'>;

/** What the node gave out at its first output (1: its error output), without pairing. */
export function jsonOf(finished: Finished, output = 0): IDataObject[] {
	return outputOf(finished, SEND, output).map(({ json }) => json);
}

/** The number of the input item that each output item is paired with. */
export function pairingOf(finished: Finished, output = 0): unknown[] {
	return outputOf(finished, SEND, output).map(
		({ pairedItem }) =>
			[pairedItem].flat().map((pair) => (typeof pair === 'object' ? pair.item : pair))[0],
	);
}

/** The error that the run ended with, in the parts that the user sees. */
export function errorOf(finished: Finished) {
	const { error } = finished.data.resultData;
	if (!error) return undefined;
	const { name, message, description, context } = error as typeof error & {
		context?: { itemIndex?: number };
	};
	return { name, message, description: description ?? '', itemIndex: context?.itemIndex };
}

/** @returns the requests that were to change something */
export function changesOf({ requests }: Sandbox) {
	return requests.filter(({ method }) => method !== 'GET');
}

/** The recipients of what was really delivered, in order. */
export function deliveredTo(sandbox: Sandbox): string[] {
	return sandbox.delivered.map(({ recipientLinkedinUrl }) => recipientLinkedinUrl);
}

/** The bodies of all calls that could have sent a message, in order. */
export function sendBodies(sandbox: Sandbox): unknown[] {
	return sandbox.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
}

/** A sandbox for the tests of one file, as it was at the start before each of them. */
export function useSandbox(options: SandboxOptions = {}): { readonly sandbox: Sandbox } {
	const holder = {} as { sandbox: Sandbox };
	beforeAll(async () => {
		holder.sandbox = await startSandbox({ acceptAnyRecipient: true, ...options });
	});
	beforeEach(() => holder.sandbox.reset());
	afterAll(async () => await holder.sandbox.stop());
	return holder;
}
