import type { INodeParameters } from 'n8n-workflow';
import { EXAMPLES } from '../operationExamples';
import { runOperation, type OperationName } from './sendPilot';
import { useSandbox, withAnswer } from './support';

const use = useSandbox();
const KEY = 'sp_live_that_nobody_may_see';

/** How SendPilot can repeat the key, in an answer to any call. */
const ANSWERS: Array<[what: string, status: number, body: object]> = [
	['says why it declines', 200, { success: false, error: `Invalid key ${KEY}` }],
	['says why it refuses', 400, { message: [`${KEY} is odd`] }],
	['names a field after it', 400, { errors: { [KEY]: 'unknown' } }],
];

describe.each(Object.keys(EXAMPLES) as OperationName[])('%s', (name) => {
	it.each(ANSWERS)('shows no API key where SendPilot %s', async (_what, status, body) => {
		const { result } = await withAnswer(
			body,
			async (settings) => await runOperation(use.sandbox, name, { ...EXAMPLES[name], settings }),
			{ status, apiKey: KEY },
		);
		expect(result.error?.message).toContain('[API key]');
		expect(JSON.stringify(result)).not.toContain(KEY);
	});
});

it.each<[OperationName, status: string, more: INodeParameters]>([
	['leadSearch.get', 'failed', {}],
	['leadSearch.get', 'failed', { waitForCompletion: true }],
	['leadSearch.getResults', 'failed', {}],
	['leadExtraction.get', 'FAILED', {}],
	['leadExtraction.get', 'FAILED', { waitForCompletion: true }],
	['leadExtraction.getResults', 'FAILED', {}],
])('%s shows no API key where a job is %s because of it %j', async (name, status, more) => {
	const parameters = { ...EXAMPLES[name].parameters, ...more };
	const { result } = await withAnswer(
		{ id: 'job_1', status, error_message: `Invalid key ${KEY}`, leads: [], total: 0 },
		async (settings) => await runOperation(use.sandbox, name, { parameters, settings }),
		{ apiKey: KEY },
	);
	expect(JSON.stringify(result)).toContain('Invalid key [API key]');
	expect(JSON.stringify(result)).not.toContain(KEY);
});

it('lead.getAll shows no API key where a lead has it in names and values', async () => {
	const lead = { id: 'lead_1', linkedinUrl: 'https://linkedin.com/in/a', data: { [KEY]: KEY } };
	const parameters = { ...EXAMPLES['lead.getAll'].parameters, simple: false };
	const { result } = await withAnswer(
		{ leads: [lead], pagination: { total: 1, page: 1, limit: 100, totalPages: 1 } },
		async (settings) => await runOperation(use.sandbox, 'lead.getAll', { parameters, settings }),
		{ apiKey: KEY },
	);
	expect(JSON.stringify(result.output)).toContain('"[API key]":"[API key]"');
	expect(JSON.stringify(result)).not.toContain(KEY);
});
