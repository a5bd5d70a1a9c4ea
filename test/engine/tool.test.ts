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

/** As n8n gives it to an AI agent: it makes a tool of the node by another type name. */
const asTool = (more: NodeSettings = {}): NodeSettings => ({
	type: 'n8n-nodes-sendpilot.sendLinkedInMessageTool',
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

	it('writes nothing else to a person of whom it does not know whether the message came', async () => {
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

function sendNode() {
	return {
		id: 'send',
		name: 'Send',
		typeVersion: 1,
		position: [0, 0],
		credentials: { sendPilotApi: { id: '1', name: 'SendPilot account' } },
		...asTool(),
	};
}
