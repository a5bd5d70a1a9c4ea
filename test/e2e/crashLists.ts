import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import type { Scenario } from './crashScenarios';

/** How many people join a list that grows, or in which some are replaced. */
const NEWCOMERS = 5;

/** One in this many leaves a list in which some are replaced. */
const LEAVING = 3;

/** What a try asks for. */
export interface ListRequest {
	/** Which of several executions asks. */
	part: number;
	/** How the texts begin, by which a person's messages are told apart; there is one item for each. */
	texts: string[];
}

/**
 * Serves lists of people over HTTP, as a CRM does. The lists of scenarios that change their list are other
 * ones once n8n was killed.
 */
export class Lists {
	private readonly scenarios = new Map<string, Scenario>();
	private readonly server: Server;
	private hasChanged = false;
	private readings = 0;

	private constructor() {
		this.server = createServer((request, response) => {
			const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
			const part = Number(searchParams.get('part'));
			const texts = searchParams.getAll('text');
			const list = this.read(pathname.slice(1), { part, texts });
			response.setHeader('content-type', 'application/json').end(JSON.stringify(list));
		});
	}

	/** Starts the server, on 127.0.0.1 only. */
	static async start(): Promise<Lists> {
		const lists = new Lists();
		await new Promise<void>((resolve) => lists.server.listen(0, '127.0.0.1', resolve));
		return lists;
	}

	/** Adds the list of a scenario. @returns its URL, without a query */
	add(id: string, scenario: Scenario): string {
		this.scenarios.set(id, scenario);
		const { port } = this.server.address() as AddressInfo;
		return `http://127.0.0.1:${port}/${id}`;
	}

	/** From now on, lists are as they are after the first try. */
	change(): void {
		this.hasChanged = true;
	}

	stop(): void {
		this.server.close();
		this.server.closeAllConnections();
	}

	private read(id: string, { part, texts }: ListRequest): IDataObject[] {
		const scenario = this.scenarios.get(id);
		if (!scenario) throw new Error(`There is no list ${id}`);
		const { senders = 1, reworded, sameList } = scenario;
		const wording = reworded ? `wording ${++this.readings}` : 'as always';
		const items = (person: number) =>
			texts.map((begin) => ({
				url: profileOf(id, sameList ? 0 : part, person),
				sender: senderOf(id, person % senders),
				begin,
				message: `${begin}, ${wording}`,
			}));
		const list = peopleOf(scenario, this.hasChanged).flatMap(items);
		// A person's messages change places, too.
		return this.hasChanged && scenario.change === 'reordered' ? list.reverse() : list;
	}
}

/** @returns the profiles of everybody who should get the scenario's messages in the end */
export function everybodyIn(id: string, scenario: Scenario): string[] {
	const parts = scenario.sameList ? 1 : (scenario.executions ?? 1);
	// With saved progress, a retry doesn't read the list again.
	const hasChanged = !scenario.savesProgress;
	return Array.from({ length: parts }, (_, part) =>
		peopleOf(scenario, hasChanged).map((person) => profileOf(id, part, person)),
	).flat();
}

/** @returns the ids of the scenario's senders in the sandbox */
export function sendersOf(id: string, { senders = 1 }: Scenario): string[] {
	return Array.from({ length: senders }, (_, index) => senderOf(id, index));
}

/** @returns the numbers of the people in a list, in its order */
function peopleOf({ people, change }: Scenario, hasChanged: boolean): number[] {
	const list = Array.from({ length: people }, (_, index) => index);
	const newcomers = Array.from({ length: NEWCOMERS }, (_, index) => people + index);
	if (!hasChanged) return list;
	switch (change) {
		case 'grown':
			return [...newcomers, ...list];
		case 'replaced':
			return [...newcomers, ...list.filter((person) => person % LEAVING > 0)].reverse();
		default:
			return list;
	}
}

/** @returns how the profiles of everybody in the scenario's lists begin */
export function profilesOf(id: string): string {
	return `https://www.linkedin.com/in/${id}-`;
}

function profileOf(id: string, part: number, person: number): string {
	return `${profilesOf(id)}${part}-${person}`;
}

function senderOf(id: string, index: number): string {
	return `sender_${id}_${index}`;
}
