/** What a result must reach; results without a bound are there to compare. */
export type Target = { atMost: number } | { atLeast: number } | 'none';

/** What can be measured by itself, in the order of the report, with its title. */
export const SECTIONS = {
	messages: 'Sending messages',
	pace: 'How fast messages go out',
	leads: 'Leads',
	memory: 'Memory',
	events: 'Receiving events',
	job: 'A large job event',
	start: 'Loading the nodes',
} as const;

/** See {@link SECTIONS}. */
export type Section = keyof typeof SECTIONS;

/** One thing that is measured, and how it is judged. */
export interface Row {
	section: Section;
	job: string;
	/** What is compared: CPU, time … */
	measure: string;
	/** The rival or the bound; the result is a multiple of it, unless there is a unit. */
	against: string;
	/** Of a result that is no ratio. */
	unit?: string;
	target: Target;
	/** Which of the rounds counts. Default: the median. */
	pick?: 'fastest';
	/** What {@link FAIRNESS} doesn't say of it. */
	fairness?: string;
}

const CPU_OF_N8N =
	'CPU is that of n8n and its child processes until they are idle; what the same workflow needs without the work is subtracted from both.';

/** What makes the comparisons of a section fair, and what they leave out. */
export const FAIRNESS: Record<Section, string> = {
	messages: `HTTP Request has the same body from the same expressions, a Header Auth credential, and batches of one message, 1 ms apart. ${CPU_OF_N8N} Every run has new texts, because the node doesn't send the same message again.`,
	pace: 'The shortest possible time is what the calls alone take: messages × latency ÷ senders. The latency is what each call took at SendPilot, about 50 ms.',
	leads:
		'Both sides output the same fields. Where n8n offers it, HTTP Request has as many calls under way at once as our node, as far apart as a call takes (50 ms).',
	memory:
		'The size of the items is what n8n takes at most while a Code node makes the same ones. Each run has an n8n of its own, and what that takes before is subtracted. The execution is not saved.',
	events:
		'Active workflows in the same n8n, each with a trigger and one node that does nothing, whose executions are not saved. 20 clients with keep-alive on the same machine send events of the same length, each signed as its service does; all are signed before the clock starts. Our trigger also drops repeats, which Slack Trigger does not: the events are all different. CPU is that of n8n until it is idle, divided by the number of events. n8n itself takes most of it, the same for all triggers: for each request, and to read a credential, it sets up an isolate for expressions.',
	job: "One process without n8n, on n8n's Node: the trigger's own code gets bytes and headers, checks the signature, reads the event, claims it and makes the items. The bound is turning the same bytes into text and parsing it.",
	start:
		"A new process for each round, on n8n's Node: it loads n8n-workflow and zod, which n8n needs anyway, then our package with n8n's own loader. CPU is that of the process.",
};

const EMPTY = 'The workflow is new, so its history is empty.';
const FULL =
	'The history holds as much as the node keeps, about other messages. HTTP Request has no history.';
const STATEMENTS = 'Counted in a separate n8n that logs its statements for the history.';
const SHORTEST =
	'Time is that of the node alone, with On Error set to continue. It includes the half second in which the first claims are read back, so that no other n8n process sends the same: with 4 senders, whose calls take less than 4 seconds, that alone is some 0.15 of the bound. The rest is mostly the work for up to 80 messages per second, on the one thread of n8n. The fastest round counts, because whatever else the machine does can only slow one down.';
const ADD = 'A Code node makes chunks of 100, and HTTP Request has batches of 4.';
const BY_ID = 'HTTP Request has batches of 10; our node works on 10 items at once.';
const REFUSED =
	'Both triggers answer 401 and start nothing. Ours also logs a line every ten seconds; nothing is subtracted.';

/** All rows of the report, by an id that its results are saved under. */
export const ROWS = {
	sendFewEmpty: {
		...{ section: 'messages', job: '300 messages, empty history', measure: 'CPU' },
		...{ against: 'HTTP Request with a credential', target: { atMost: 0.6 } },
		fairness: EMPTY,
	},
	sendFewFull: {
		...{ section: 'messages', job: '300 messages, full history', measure: 'CPU' },
		...{ against: 'HTTP Request with a credential', target: { atMost: 0.8 } },
		fairness: FULL,
	},
	sendManyEmpty: {
		...{ section: 'messages', job: '3,000 messages, empty history', measure: 'CPU' },
		...{ against: 'HTTP Request with a credential', target: { atMost: 0.6 } },
		fairness: EMPTY,
	},
	sendManyFull: {
		...{ section: 'messages', job: '3,000 messages, full history', measure: 'CPU' },
		...{ against: 'HTTP Request with a credential', target: { atMost: 0.8 } },
		fairness: FULL,
	},
	oneSender: {
		...{ section: 'pace', job: '300 messages, 50 ms, 1 sender', measure: 'time' },
		...{ against: 'messages ÷ senders × latency', target: { atMost: 1.1 }, pick: 'fastest' },
		fairness: SHORTEST,
	},
	twoSenders: {
		...{ section: 'pace', job: '300 messages, 50 ms, 2 senders', measure: 'time' },
		...{ against: 'messages ÷ senders × latency', target: { atMost: 1.1 }, pick: 'fastest' },
		fairness: SHORTEST,
	},
	fourSenders: {
		...{ section: 'pace', job: '300 messages, 50 ms, 4 senders', measure: 'time' },
		...{ against: 'messages ÷ senders × latency', target: { atMost: 1.1 }, pick: 'fastest' },
		fairness: SHORTEST,
	},
	statementsSent: {
		...{ section: 'pace', job: 'A message that is sent', measure: 'statements' },
		...{ against: 'one per message', target: { atMost: 0.5 } },
		fairness: STATEMENTS,
	},
	statementsRefused: {
		...{ section: 'pace', job: 'An item that the node refuses', measure: 'statements' },
		...{ against: 'one per item', target: { atMost: 0 } },
		fairness: STATEMENTS,
	},
	addLeads: {
		...{ section: 'leads', job: '5,000 leads added', measure: 'time' },
		...{ against: 'hand-built chunks and HTTP Request', target: { atMost: 1.1 } },
		fairness: `${ADD} Our custom fields are all other input fields.`,
	},
	addMappedLeads: {
		...{ section: 'leads', job: '5,000 leads added, mapped fields', measure: 'time' },
		...{ against: 'hand-built chunks and HTTP Request', target: { atMost: 1.1 } },
		fairness: `${ADD} In our node, every field has an expression of its own.`,
	},
	readLeads: {
		...{ section: 'leads', job: '10,000 leads read', measure: 'time' },
		...{ against: 'HTTP Request', target: { atMost: 0.25 } },
		fairness:
			'HTTP Request pages through the campaign, 100 leads per page as our node, until the last page, one page at a time, which is all it can do; Split Out makes items of them.',
	},
	leadsByIdTime: {
		...{ section: 'leads', job: '1,000 leads by ID', measure: 'time' },
		...{ against: 'HTTP Request', target: { atMost: 1 } },
		fairness: BY_ID,
	},
	leadsByIdCpu: {
		...{ section: 'leads', job: '1,000 leads by ID', measure: 'CPU' },
		...{ against: 'HTTP Request', target: { atMost: 0.5 } },
		fairness: `${BY_ID} ${CPU_OF_N8N}`,
	},
	readManyLeads: {
		...{ section: 'memory', job: '100,000 leads read', measure: 'peak memory' },
		...{ against: 'the size of the items', target: { atMost: 1.5 } },
	},
	eventsPerSecond: {
		...{ section: 'events', job: 'Signed events, 20 clients', measure: 'events per second' },
		...{ against: 'Slack Trigger (HMAC)', target: { atLeast: 1.05 } },
	},
	eventsToWebhook: {
		...{ section: 'events', job: 'Signed events, 20 clients', measure: 'events per second' },
		...{ against: 'Webhook node, which checks no signature', target: 'none' },
		fairness: 'The Webhook node gets the same events, and lets anybody start the workflow.',
	},
	eventsCpu: {
		...{ section: 'events', job: 'Signed events, 20 clients', measure: 'CPU' },
		...{ against: 'Slack Trigger (HMAC)', target: 'none' },
	},
	forgedCpu: {
		...{ section: 'events', job: 'Forged events, 20 clients', measure: 'CPU' },
		...{ against: 'Slack Trigger (HMAC)', target: { atMost: 0.95 } },
		fairness: `A signature of the right form by another secret. ${REFUSED}`,
	},
	unsignedCpu: {
		...{ section: 'events', job: 'Unsigned events, 20 clients', measure: 'CPU' },
		...{ against: 'Slack Trigger (HMAC)', target: { atMost: 0.6 } },
		fairness: `No signature headers at all. ${REFUSED}`,
	},
	jobEvent: {
		...{ section: 'job', job: '14 MB, one item', measure: 'time' },
		...{ against: 'JSON.parse of the same body', target: { atMost: 2 } },
	},
	jobEventSplit: {
		...{ section: 'job', job: '14 MB, one item per lead', measure: 'time' },
		...{ against: 'JSON.parse of the same body', target: { atMost: 2 } },
		fairness: 'Split Leads Into Items is on, which JSON.parse has nothing to set against.',
	},
	loadTime: {
		...{ section: 'start', job: "All nodes and credentials, at n8n's start", measure: 'CPU' },
		...{ against: 'n8n-workflow and zod in the same process', target: { atMost: 0.06 } },
		fairness:
			'This is what n8n does with an installed package at its start: read the descriptions of the nodes, and load the credentials.',
	},
	firstUse: {
		...{ section: 'start', job: 'The code of all nodes, when they are first used', measure: 'CPU' },
		...{ against: 'n8n-workflow and zod in the same process', target: 'none' },
		fairness: 'n8n loads the code of a node when a workflow with it is first run or activated.',
	},
	tarball: {
		...{ section: 'start', job: 'The packed tarball', measure: 'size' },
		...{ against: 'a bound of its own', unit: 'kB', target: { atMost: 120 } },
		fairness:
			'What npm pack makes; 1 kB is 1,000 bytes. The bound is out of reach with 25 operations: the descriptions that n8n reads at its start take 25 kB, the README 12 kB, and the code 104 kB even if it were one minified file, which nobody could read.',
	},
} as const satisfies Record<string, Row>;

/** See {@link ROWS}. */
export type RowId = keyof typeof ROWS;

/** The rows of a section, in the order of the report. */
export function rowsOf(section: Section): Array<Row & { id: RowId }> {
	return (Object.keys(ROWS) as RowId[])
		.map((id) => ({ id, ...(ROWS[id] as Row) }))
		.filter((row) => row.section === section);
}
