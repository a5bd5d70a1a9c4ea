import { NO_PLAN_KEY, NO_SCOPES_KEY } from '../../../sandbox';
import { answerOf, call, send, TO_JANE, useSandbox } from './helpers';

describe('the API key', () => {
	const sandbox = useSandbox();
	const withKey = (key: string) =>
		answerOf(send(sandbox(), TO_JANE, { headers: { 'x-api-key': key } }));

	it('is required', async () => {
		expect(await answerOf(fetch(`${sandbox().url}/v1/campaigns`))).toEqual({
			status: 401,
			body: { statusCode: 401, message: 'API key is missing', error: 'Unauthorized' },
		});
	});

	it('must be right', async () => {
		expect(await withKey('sp_other')).toEqual({
			status: 401,
			body: { statusCode: 401, message: 'Invalid API key', error: 'Unauthorized' },
		});
		expect(sandbox().delivered).toEqual([]);
	});

	it('must not be that of a plan without API access', async () => {
		expect(await withKey(NO_PLAN_KEY)).toEqual({
			status: 403,
			body: {
				statusCode: 403,
				message: expect.stringContaining('plan'),
				error: 'Forbidden',
			},
		});
	});

	it('must be in its header', async () => {
		const headers = { authorization: `Bearer ${sandbox().apiKey}` };
		expect((await fetch(`${sandbox().url}/v1/campaigns`, { headers })).status).toBe(401);
	});

	it('is never recorded, though every request is', async () => {
		await call(sandbox(), '/v1/campaigns?limit=1', {
			headers: { authorization: 'Bearer secret-1', cookie: 'secret-2' },
		});
		await withKey('secret-3');
		expect(sandbox().requests).toMatchObject([
			{ method: 'GET', path: '/v1/campaigns', query: { limit: '1' }, status: 200 },
			{ method: 'POST', path: '/v1/inbox/send', status: 401 },
		]);
		expect(sandbox().requests.map(({ headers }) => headers['x-api-key'])).toEqual([
			'right',
			'wrong',
		]);
		const kept = JSON.stringify(sandbox().requests);
		expect(kept).not.toContain(sandbox().apiKey);
		expect(kept).not.toContain('secret-');
	});
});

describe('a key without scopes', () => {
	const sandbox = useSandbox();
	const get = (path: string) =>
		answerOf(call(sandbox(), path, { headers: { 'x-api-key': NO_SCOPES_KEY } }));

	it.each([
		['/v1/me', 'workspace:read'],
		['/v1/senders/quotas', 'senders:read'],
		['/v1/lead-database/filters?limit=1', 'leads:read'],
	])('is told what %s needs: %s', async (path, scope) => {
		expect(await get(path)).toEqual({
			status: 403,
			body: {
				statusCode: 403,
				message: `API key is missing the required scope: ${scope}`,
				error: 'Forbidden',
			},
		});
	});

	it('works for what needs none', async () => {
		expect((await get('/v1/campaigns?limit=1')).status).toBe(200);
		expect(sandbox().requests[0]?.headers['x-api-key']).toBe('noScopes');
	});
});

describe('a custom key', () => {
	const sandbox = useSandbox({ apiKey: 'sp_mine' });

	it('replaces the default one', async () => {
		expect((await call(sandbox(), '/v1/campaigns')).status).toBe(200);
		const headers = { 'x-api-key': 'sp_sandbox_key' };
		expect((await call(sandbox(), '/v1/campaigns', { headers })).status).toBe(401);
	});
});

describe('an unknown route is 404', () => {
	const sandbox = useSandbox();

	it.each([
		['POST', '/v1/inbox/messages'],
		['GET', '/v1/inbox/send'],
		['PUT', '/v1/leads/lead_jane?x=1'],
		['GET', '/'],
	])('%s %s', async (method, path) => {
		expect(await answerOf(call(sandbox(), path, { method }))).toEqual({
			status: 404,
			body: { statusCode: 404, message: `Cannot ${method} ${path}`, error: 'Not Found' },
		});
	});

	it('without a key too', async () => {
		expect((await fetch(`${sandbox().url}/v1/you`)).status).toBe(404);
	});
});
