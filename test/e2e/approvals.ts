import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A message that asks for approval. */
export interface Question {
	text: string;
	/** The links of its buttons, by label. */
	buttons: Record<string, string>;
}

/**
 * A chat that receives n8n's requests for approval. It speaks Telegram's API, because n8n's credential for
 * Telegram has a base URL; Slack's has none. Both nodes share n8n's code for approvals.
 */
export interface Approvals {
	/** The base URL for n8n's Telegram credential. */
	url: string;
	/** What was asked so far, in order. */
	readonly questions: readonly Question[];
	/** Clicks a button, as a person's browser does. @returns the page that n8n answers with */
	click(question: Question, label: string): Promise<string>;
	stop(): Promise<void>;
}

interface SendMessage {
	text: string;
	reply_markup: { inline_keyboard: Array<Array<{ text: string; url: string }>> };
}

/** Starts such a chat on loopback. */
export async function startApprovals(): Promise<Approvals> {
	const questions: Question[] = [];
	const server = createServer(async (request, response) => {
		questions.push(readQuestion(await readJson<SendMessage>(request)));
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ ok: true, result: {} }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		questions,
		click: async ({ buttons }, label) => {
			// n8n ignores clicks of bots and previews.
			const headers = {
				'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36',
			};
			return await (await fetch(buttons[label], { headers })).text();
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function readQuestion({
	text: said,
	reply_markup: { inline_keyboard: rows },
}: SendMessage): Question {
	const buttons = rows.flat().map((button) => [button.text, button.url]);
	return { text: said, buttons: Object.fromEntries(buttons) };
}

async function readJson<Body>(request: IncomingMessage): Promise<Body> {
	return JSON.parse(await text(request)) as Body;
}
