import { runOperation, beginOperation } from './sendPilot';
import { byId, people, useSandbox } from './support';

const use = useSandbox();

const parameters = { campaignId: byId('={{ $json.id ?? "camp_founders" }}') };

/** Runs an operation that works on each item by itself. */
const get = async (count: number, more: object = {}) =>
	await runOperation(use.sandbox, 'campaign.get', { parameters, items: people(count), ...more });

/** The largest number of requests that were under way at the same time. */
function peakRequests(): number {
	const { requests } = use.sandbox;
	return Math.max(
		...requests.map(
			(one) =>
				requests.filter(
					(other) => other.startedAt <= one.startedAt && one.startedAt < other.endedAt!,
				).length,
		),
	);
}

describe('operations on single items', () => {
	it('do nothing without items', async () => {
		expect(await get(0)).toMatchObject({ output: [], error: undefined });
		expect(use.sandbox.requests).toEqual([]);
	});

	it('work on several items at a time, but not on all, and keep their order', async () => {
		use.sandbox.inject({ fault: 'delay', ms: 20, path: '/v1/', times: Infinity });
		const { output, pairing } = await get(60);
		expect(output).toHaveLength(60);
		expect(pairing).toEqual([...pairing.keys()]);
		expect(peakRequests()).toBeGreaterThan(3);
		expect(peakRequests()).toBeLessThanOrEqual(10);
	});

	it.each([
		['stopWorkflow', { output: 0, failed: 0 }, /does not accept the API key/],
		['continueErrorOutput', { output: 0, failed: 30 }, /^undefined$/],
		['continueRegularOutput', { output: 30, failed: 0 }, /^undefined$/],
	] as const)('make one call with a wrong key, with %s', async (onError, counts, message) => {
		use.sandbox.inject({ fault: 'status', status: 401, message: 'no', path: '/v1/', times: 50 });
		const { error, failed, output } = await get(30, { onError });
		expect(use.sandbox.requests).toHaveLength(1);
		expect({ output: output.length, failed: failed.length }).toEqual(counts);
		expect(String(error?.message)).toMatch(message);
	});

	it('make one call with a wrong key, also if the first items cannot be used', async () => {
		use.sandbox.inject({ fault: 'status', status: 401, message: 'no', path: '/v1/', times: 50 });
		const items = people(30).map((item, index) => ({ ...item, ...(index < 3 && { id: '' }) }));
		const { failed } = await get(0, { items, onError: 'continueErrorOutput' });
		expect(use.sandbox.requests).toHaveLength(1);
		expect(failed.map(({ details }) => Object(details).reason)).toEqual([
			...Array(3).fill('invalidInput'),
			...Array(27).fill('unauthorized'),
		]);
	});

	it('make no more calls once SendPilot asks for a longer wait than allowed', async () => {
		const rule = { fault: 'rateLimited', retryAfter: 3_600, path: '/v1/', after: 1 } as const;
		use.sandbox.inject({ ...rule, times: Infinity });
		const { output, failed } = await get(100, { onError: 'continueErrorOutput' });
		expect(output.length + failed.length).toBe(100);
		expect(use.sandbox.requests.length).toBeLessThanOrEqual(11);
		expect(failed[0]).toMatchObject({
			error: expect.stringContaining('rate limiting'),
			details: { reason: 'rateLimited', description: expect.stringContaining('3600 seconds') },
		});
	});

	it('begin no item after a failure, if the node stops on errors', async () => {
		const items = people(200).map((item, index) => ({ ...item, ...(index === 20 && { id: 'x' }) }));
		const { error } = await get(0, { items });
		expect(error).toMatchObject({ itemIndex: 20 });
		expect(use.sandbox.requests.length).toBeLessThan(40);
	});

	it('begin no item after the execution is cancelled', async () => {
		use.sandbox.inject({ fault: 'delay', ms: 30, path: '/v1/', times: Infinity });
		const running = await beginOperation(use.sandbox, 'campaign.get', {
			...{ parameters, items: people(500), onError: 'continueErrorOutput' },
		});
		while (use.sandbox.requests.length < 5) await new Promise(setImmediate);
		running.cancel();
		await running.result;
		expect(use.sandbox.requests.length).toBeLessThan(40);
	});

	it('say to an AI agent in one message what happened and what to do', async () => {
		const { error } = await get(1, { items: [{ id: 'gone' }], asTool: true });
		expect(error?.message).toMatch(/Campaign not found \(HTTP 404\)\. .*ID/);
	});

	it('end before the first call without a credential that works', async () => {
		const sendPilotApi = { apiKey: 'key', baseUrl: 'not an address' };
		const settings = { credentials: { sendPilotApi } };
		const { failed } = await get(3, { onError: 'continueErrorOutput', settings });
		expect(failed).toHaveLength(3);
		expect(failed[2]).toMatchObject({
			error: 'The Base URL in the SendPilot API credential is not a web address',
			details: { reason: 'invalidSetup', itemIndex: 2 },
		});
		expect(use.sandbox.requests).toEqual([]);
	});

	it('refuse an option that is out of range', async () => {
		const { error } = await get(1, { parameters: { ...parameters, options: { timeout: 0 } } });
		expect(error?.message).toMatch(/Timeout \(Seconds\) must be a whole number, 1 to 3600/);
		expect(use.sandbox.requests).toEqual([]);
	});
});
