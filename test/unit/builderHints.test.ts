import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { SendLinkedInMessage } from '../../nodes/SendLinkedInMessage/SendLinkedInMessage.node';
import { SendPilot } from '../../nodes/SendPilot/SendPilot.node';
import { SendPilotTrigger } from '../../nodes/SendPilotTrigger/SendPilotTrigger.node';
import { AUTOMATIC_SENDER } from '../../nodes/shared/locators';
import { exampleData } from '../../sandbox';
import { EVENT_TYPES } from '../../sendpilot/contract/event';
import triggerOutput from '../../nodes/SendPilotTrigger/__schema__/v1.0.0.json';

const send = new SendLinkedInMessage().description;
const trigger = new SendPilotTrigger().description;
const sendPilot = new SendPilot().description;
const NODES = [send, sendPilot, trigger];

/** Characters up to which a builder reads a hint in passing. */
const LONGEST_HINT = 500;

const typeOf = ({ name }: INodeTypeDescription) => `n8n-nodes-sendpilot.${name}`;

/** A field, a value of a field, or a group of fields. */
type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** All entries of a description, those inside of collections included. */
function entriesIn(entries: Entry[]): Entry[] {
	return entries.flatMap((entry) => [
		entry,
		...entriesIn('options' in entry ? (entry.options ?? []) : []),
		...entriesIn('values' in entry ? entry.values : []),
	]);
}

const locatorsOf = ({ properties }: INodeTypeDescription) =>
	entriesIn(properties).filter(
		(entry): entry is INodeProperties => 'type' in entry && entry.type === 'resourceLocator',
	);

/** Every sentence that the hints of a node say to a builder. */
function hintsOf(node: INodeTypeDescription): string[] {
	const { searchHint, relatedNodes } = node.builderHint!;
	return [
		searchHint!,
		...relatedNodes!.map((related) => (related as { relationHint: string }).relationHint),
		...locatorsOf(node).map(({ builderHint }) => builderHint!.propertyHint),
	];
}

describe.each(NODES.map((node) => ({ name: node.displayName, node })))(
	"the hints of $name for n8n's AI builder",
	({ node }) => {
		it('come with every locator', () => {
			const locators = locatorsOf(node);
			expect(locators.length).toBeGreaterThan(0);
			for (const { builderHint } of locators) expect(builderHint?.propertyHint).toBeTruthy();
		});

		it('are short, and do not repeat what the fields say', () => {
			const said = entriesIn(node.properties).flatMap((entry) =>
				'description' in entry && entry.description ? [entry.description] : [],
			);
			for (const hint of hintsOf(node)) {
				expect(hint.length).toBeLessThanOrEqual(LONGEST_HINT);
				for (const description of [node.description, ...said])
					expect(hint).not.toContain(description);
			}
		});

		it('quote values and parameters that exist', () => {
			const known = new Set([
				...NODES.flatMap(({ properties }) => entriesIn(properties)).flatMap((entry) => [
					entry.name,
					'value' in entry ? entry.value : entry.name,
				]),
				...locatorsOf(node).flatMap(({ modes }) => modes!.map(({ name }) => name)),
				AUTOMATIC_SENDER,
				...['continueErrorOutput', 'notSent', 'uncertain'],
				// Of n8n's Remove Duplicates.
				'removeItemsSeenInPreviousExecutions',
			]);
			const quoted = hintsOf(node).flatMap((hint) => hint.match(/(?<=')[\w.]+(?=')/g) ?? []);
			expect(quoted.length).toBeGreaterThan(0);
			expect(quoted.filter((value) => !known.has(value))).toEqual([]);
		});

		it('name fields that come out', () => {
			const { properties } = triggerOutput;
			const ofEvents = EVENT_TYPES.flatMap((type) => Object.keys(exampleData(type)));
			const known = new Set([
				...Object.keys(properties),
				...[...Object.keys(properties.data.properties), ...ofEvents].map((name) => `data.${name}`),
				...operationFields(),
				...['details.delivery', 'details.reason'],
			]);
			const named = hintsOf(node).flatMap((hint) => hint.match(/(?<=`)[\w.]+(?=`)/g) ?? []);
			expect(named.length).toBeGreaterThan(0);
			expect(named.filter((field) => !known.has(field))).toEqual([]);
		});

		it('tell of our other nodes, by their real types', () => {
			const others = NODES.filter((other) => other !== node).map(typeOf);
			const types = node.builderHint!.relatedNodes!.map((related) =>
				typeof related === 'string' ? related : related.nodeType,
			);
			const ours = types.filter((type) => type.startsWith('n8n-nodes-sendpilot.'));
			expect(ours.sort()).toEqual(others.sort());
		});
	},
);

/** What the operations of SendPilot give out. */
function operationFields(): string[] {
	const folder = join(__dirname, '../../nodes/SendPilot/__schema__');
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { properties?: object })
		.flatMap(({ properties = {} }) => Object.keys(properties));
}

/** A node of an example. */
interface Example {
	type: string;
	version: number;
	config: Partial<INode> & { parameters: INodeParameters; output: object[] };
}

/** Runs the examples as n8n's builder would, and gives the nodes that they make. */
function examplesOf({ builderHint }: INodeTypeDescription): Example[] {
	// With `displayOptions`, n8n would show it for a resource, an operation or a mode only.
	const [{ content, displayOptions }] = builderHint!.extraTypeDefContent!;
	expect(displayOptions).toBeUndefined();
	const made: Example[] = [];
	// Copied, because an object of another context is of no type that Jest knows.
	const make = (example: Example) => made.push(JSON.parse(JSON.stringify(example)) as Example);
	const expr = (text: string) => `=${text}`;
	const newCredential = (name: string) => ({ id: null, name });
	const code = content.replace(/<\/?patterns?[^>]*>/g, '');
	runInNewContext(code, { node: make, trigger: make, expr, newCredential });
	return made;
}

describe.each(
	NODES.flatMap((node) =>
		examplesOf(node).map((example, index) => ({ name: node.displayName, node, example, index })),
	),
)('the example $index of $name', ({ node, example: { type, version, config } }) => {
	const { parameters, credentials, onError } = config;
	const made: INode = {
		id: 'example',
		name: config.name!,
		type,
		typeVersion: version,
		position: [0, 0],
		parameters,
	};
	const resolve = () =>
		NodeHelpers.getNodeParameters(node.properties, parameters, true, false, made, node)!;

	it('makes the node in its newest version', () => {
		expect([type, version]).toEqual([typeOf(node), node.version]);
	});

	it('sets nothing but fields that are shown', () => {
		expect(resolve()).toMatchObject(parameters);
	});

	it('chooses only what can be chosen', () => {
		const choices = node.properties.filter(
			(field) =>
				/options/i.test(field.type) && NodeHelpers.displayParameter(parameters, field, made, node),
		);
		for (const { name, options } of choices) {
			const offered = options!.map((option) => 'value' in option && option.value);
			expect(offered).toEqual(expect.arrayContaining([parameters[name] ?? []].flat()));
		}
	});

	it('has the credentials that it needs', () => {
		const types = node.credentials!.map(({ name }) => name);
		expect(types).toEqual(expect.arrayContaining(Object.keys(credentials!)));
		expect(Object.keys(credentials!)).toContain(types[0]);
	});

	it('gives failed messages an output of their own', () => {
		expect(onError).toBe(node === trigger ? undefined : 'continueErrorOutput');
	});

	it('leaves nothing open but what the user is to choose', () => {
		const issues = NodeHelpers.getNodeParametersIssues(
			node.properties,
			{ ...made, parameters: resolve() },
			node,
		);
		const isLeftToUser = ({ senderId }: INodeParameters) =>
			(senderId as { value?: string } | undefined)?.value === '';
		expect(Object.keys(issues?.parameters ?? {})).toEqual(
			isLeftToUser(parameters) ? ['senderId'] : [],
		);
	});

	it('shows a builder what comes out', () => {
		expect(config.output).toHaveLength(1);
	});
});
