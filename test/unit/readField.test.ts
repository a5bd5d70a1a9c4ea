import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readField } from '../../nodes/shared/readField';
import { byId } from '../support';

const FIELD: INodeProperties = { displayName: 'Text', name: 'field', type: 'string', default: '' };
const LOCATOR: INodeProperties = { ...FIELD, type: 'resourceLocator' };

/** What n8n gives in these tests whenever it has to evaluate. */
const EVALUATED = 'by n8n';

/** Reads a field for each item. @returns the values, and how often n8n had to evaluate */
function read(raw: unknown, input: IDataObject[], field = FIELD, type = 'sendPilot') {
	let evaluations = 0;
	const context = {
		getInputData: () => input.map((json) => ({ json })),
		getNode: () => ({ type }),
		getNodeParameter(_name: string, _index: number, _fallback: unknown, options: IDataObject) {
			if (options.rawExpressions) return raw;
			evaluations++;
			return EVALUATED;
		},
	} as unknown as IExecuteFunctions;
	const values = input.map((_, index) => readField(context, index, field, 'field', ''));
	return { values, evaluations };
}

const TEN = Array.from({ length: 10 }, (_, index) => ({ name: `n${index}`, 'Full Name': index }));
const NAMES = TEN.map(({ name }) => name);

it('a field that is the same for all items is read once', () => {
	for (const raw of ['plain', '', 3, true, byId('camp_1'), { company: 'Acme' }, [], null]) {
		expect(read(raw, TEN).evaluations).toBe(1);
	}
});

it.each([
	['={{ $json.name }}', NAMES],
	['={{$json.name}}', NAMES],
	['={{ $json?.name }}', NAMES],
	['={{ $json["name"] }}', NAMES],
	["={{ $json['Full Name'] }}", TEN.map((_, index) => index)],
	['={{ $input.item.json.name }}', NAMES],
])('n8n does not evaluate an expression that only names an input field: %s', (raw, expected) => {
	expect(read(raw, TEN)).toEqual({ values: expected, evaluations: 0 });
	expect(read(byId(raw), TEN, LOCATOR)).toEqual({ values: expected, evaluations: 0 });
	expect(read({ a: [raw], b: 'c' }, TEN)).toEqual({
		values: expected.map((value) => ({ a: [value], b: 'c' })),
		evaluations: 0,
	});
});

it.each([
	'={{ $json.name.trim() }}',
	'={{ $json.name }} ',
	'=Hi {{ $json.name }}',
	'= {{ $json.name }}',
	'={{ $json.name }}{{ $json.name }}',
	'={{ $json["name"] + $json["name"] }}',
	'={{ $json["name"]["length"] }}',
	'={{ $json[name] }}',
	'={{ $("Start").item.json.name }}',
	"={{ $fromAI('name') }}",
	'={{ $json.missing }}',
	'={{ $json.constructor }}',
])('n8n evaluates everything else: %s', (raw) => {
	for (const [whole, field] of [
		[raw, FIELD],
		[byId(raw), LOCATOR],
		[{ a: ['{{ }}', raw] }, FIELD],
	] as const) {
		expect(read(whole, TEN, field)).toEqual({ values: TEN.map(() => EVALUATED), evaluations: 10 });
	}
});

it.each([[null], [undefined], [{}], [[]], [new Date(0)]])(
	'n8n reads an input field that holds %j, because it may convert or refuse that',
	(name) => {
		expect(read('={{ $json.name }}', [{ name } as IDataObject])).toEqual({
			...{ values: [EVALUATED], evaluations: 1 },
		});
	},
);

it('n8n evaluates the fields of a tool, whose input is what the agent says', () => {
	expect(read('={{ $json.name }}', TEN, FIELD, 'sendPilotTool').evaluations).toBe(10);
});

it('n8n evaluates a locator that extracts an ID from a URL', () => {
	const modes = [{ displayName: 'URL', name: 'id', type: 'string' as const }];
	const extracts = [{ ...modes[0], extractValue: { type: 'regex' as const, regex: '(.*)' } }];
	expect(read(byId('={{ $json.name }}'), TEN, { ...LOCATOR, modes }).evaluations).toBe(0);
	expect(read(byId('={{ $json.name }}'), TEN, { ...LOCATOR, modes: extracts }).evaluations).toBe(
		10,
	);
});
