/** How much is measured, and how often. */
export interface Scale {
	/** Rounds of each comparison, and rounds before those that do not count. */
	rounds: number;
	warmUps: number;
	/** Messages of a run: the smaller and the larger number that are judged, and all that are plotted. */
	fewMessages: number;
	manyMessages: number;
	messages: readonly number[];
	addedLeads: number;
	/** Leads that are read, the last number being judged. */
	readLeads: readonly number[];
	leadsById: number;
	/** Leads that are read while memory is measured, the last number being judged. */
	memoryLeads: readonly number[];
	/** Events that start an execution, and others, which a trigger gets in a round. */
	events: number;
	rejectedEvents: number;
	/** Clients that send at once, the last number being judged. */
	clients: readonly number[];
	/** Sizes of a job event in MB, the last number being judged. */
	megabytes: readonly number[];
	/** Processes that load the nodes. */
	loads: number;
}

/** What the report is written from. */
export const FULL: Scale = {
	...{ rounds: 3, warmUps: 2 },
	...{ fewMessages: 300, manyMessages: 3_000, messages: [30, 300, 1_000, 3_000] },
	...{ addedLeads: 5_000, readLeads: [1_000, 2_000, 5_000, 10_000], leadsById: 1_000 },
	...{ memoryLeads: [10_000, 30_000, 100_000] },
	...{ events: 100, rejectedEvents: 1_000, clients: [1, 5, 20] },
	...{ megabytes: [1, 2, 5, 10, 14], loads: 21 },
};

/** Just enough to see that everything works. */
export const QUICK: Scale = {
	...{ rounds: 1, warmUps: 0 },
	...{ fewMessages: 10, manyMessages: 20, messages: [10, 20] },
	...{ addedLeads: 200, readLeads: [200, 300], leadsById: 20 },
	...{ memoryLeads: [300] },
	...{ events: 20, rejectedEvents: 20, clients: [1, 20] },
	...{ megabytes: [1], loads: 1 },
};
