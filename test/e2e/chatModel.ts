import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';

/** What the model does in one turn: it calls its tool, once for each set of arguments, or answers. */
export type Turn = { calls: IDataObject[] } | { answer: string };

/** A tool, as n8n describes it to the model. */
export interface OfferedTool {
	name: string;
	description: string;
	parameters: { properties: Record<string, { type: string }>; required: string[] };
}

/** A model behind OpenAI's chat completions API that says what a script tells it to. */
export interface ChatModel {
	/** The base URL for n8n's OpenAI credential. */
	url: string;
	/** Starts a new conversation, in which the model takes these turns one after another. */
	follow(script: Turn[]): void;
	/** What n8n has said last. */
	readonly asked: string;
	/** The one tool that n8n has offered. */
	readonly tool: OfferedTool;
	/** What the tool has told the model so far, as n8n passes it on, in order. */
	readonly told: string[];
	stop(): Promise<void>;
}

interface ChatRequest {
	messages: Array<{ role: string; content: string }>;
	tools: Array<{ function: OfferedTool }>;
}

/** Starts a model on loopback. A request beyond the end of the script gets status 400. */
export async function startChatModel(): Promise<ChatModel> {
	let turns: Turn[] = [];
	let latest: ChatRequest | undefined;
	const server = createServer(async (request, response) => {
		latest = await readJson<ChatRequest>(request);
		const turn = turns.shift();
		response.writeHead(turn ? 200 : 400, { 'content-type': 'application/json' });
		response.end(JSON.stringify(turn ? completion(turn, latest) : END_OF_SCRIPT));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const latestRequest = (): ChatRequest => {
		if (!latest) throw new Error('n8n has not asked the model anything');
		return latest;
	};
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		follow: (script) => {
			turns = [...script];
			latest = undefined;
		},
		get asked() {
			return latestRequest().messages.at(-1)!.content;
		},
		get tool() {
			return latestRequest().tools[0].function;
		},
		get told() {
			return latestRequest()
				.messages.filter(({ role }) => role === 'tool')
				.map(({ content }) => content);
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const END_OF_SCRIPT = { error: { message: 'The script has no further turn' } };

async function readJson<Body>(request: IncomingMessage): Promise<Body> {
	return JSON.parse(await text(request)) as Body;
}

/** One turn in the words of the API. */
function completion(turn: Turn, { messages, tools }: ChatRequest) {
	const isAnswer = 'answer' in turn;
	const message = isAnswer
		? { content: turn.answer }
		: {
				content: null,
				tool_calls: turn.calls.map((args, index) => ({
					id: `call_${messages.length}_${index}`,
					type: 'function',
					function: { name: tools[0].function.name, arguments: JSON.stringify(args) },
				})),
			};
	return {
		id: `chatcmpl_${messages.length}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [
			{
				index: 0,
				finish_reason: isAnswer ? 'stop' : 'tool_calls',
				message: { role: 'assistant', ...message },
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
