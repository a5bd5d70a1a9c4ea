import {
	createRunExecutionData,
	type IDataObject,
	type INode,
	type IRunExecutionData,
} from 'n8n-workflow';
import {
	deliveredTo,
	errorOf,
	jsonOf,
	people,
	personUrl,
	run,
	toProfile,
	useSandbox,
	type NodeSettings,
} from './support';

const use = useSandbox();

/** n8n makes a tool of a node under another type name. */
const TYPE = 'n8n-nodes-sendpilot.sendLinkedInMessageTool';
const asTool = (more: NodeSettings = {}): NodeSettings => ({
	type: TYPE,
	parameters: toProfile(),
	...more,
});

describe('as the tool of an AI agent', () => {
	it('sends a message', async () => {
		await run(use.sandbox, people(1), asTool());
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
	});

	it('gives the same message to the same person once in an execution, whatever run asks for it', async () => {
		const first = await run(use.sandbox, people(1), asTool());
		const again = structuredClone(JSON.parse(JSON.stringify(first.data)));
		again.executionData.nodeExecutionStack = [
			{
				node: sendNode(),
				data: { main: [people(1).map((json) => ({ json }))] },
				source: null,
			},
		];
		const second = await run(use.sandbox, people(1), asTool(), { resume: again });
		expect(errorOf(second)).toBeUndefined();
		expect(second.data.resultData.runData.Send).toHaveLength(2);
		expect(jsonOf(second)).toEqual([expect.objectContaining({ messageId: 'msg_1' })]);
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
	});

	it('gives a message once that an agent asks for twice at the same moment', async () => {
		use.sandbox.inject({ fault: 'delay', ms: 50 });
		const [one, other] = [asked(people(1)), asked(people(1))];
		// Both calls belong to one execution, whose memory they share.
		other.executionData!.contextData = one.executionData!.contextData;
		const ends = await Promise.all(
			[one, other].map(async (resume) => await run(use.sandbox, [], asTool(), { resume })),
		);
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
		for (const end of ends) {
			expect(jsonOf(end)).toEqual([expect.objectContaining({ messageId: 'msg_1' })]);
		}
	});

	it('sends nothing more to a person who may have the message already', async () => {
		use.sandbox.inject({ fault: 'deliveredThen500' });
		const first = await run(use.sandbox, people(1), asTool());
		expect(errorOf(first)?.message).toMatch(/^Message may have been sent/);
		const again = structuredClone(JSON.parse(JSON.stringify(first.data)));
		delete again.resultData.error;
		const reworded = toProfile({ message: 'Hello again' });
		for (const { node } of again.executionData.nodeExecutionStack) node.parameters = reworded;
		const second = await run(use.sandbox, people(1), asTool({ parameters: reworded }), {
			resume: again,
		});
		expect(errorOf(second)?.message).toMatch(/^Message may have been sent/);
		expect(second.data.resultData.runData.Send).toHaveLength(2);
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
	});
});

/** An execution in which the agent is about to call the tool with these items. */
function asked(items: IDataObject[]): IRunExecutionData {
	const data = { main: [items.map((json) => ({ json }))] };
	return createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: sendNode(), data, source: null }] },
	});
}

function sendNode(): INode {
	return {
		id: 'send',
		name: 'Send',
		type: TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: toProfile(),
		credentials: { sendPilotApi: { id: '1', name: 'SendPilot account' } },
	};
}
