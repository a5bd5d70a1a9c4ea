import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { REMEMBER_EVENTS } from '../../../sendpilot/webhook/repeats';
import type { StaticDataStore } from '../../../engine/webhooks';
import { freshLoader, useLine, type Delivery, type Setting } from './support';

const use = useLine();
const EVENT = { eventType: 'message.sent', eventId: 'evt_1' };

/** The settings of one trigger, which survive a restart of n8n. */
function lasting(): Setting & { store: StaticDataStore } {
	return { node: { id: randomUUID() }, store: {} };
}

describe('an event that arrives again', () => {
	it('starts one execution, even with 10 simultaneous deliveries', async () => {
		const line = await use.open();
		const statuses = await line.send(EVENT, { times: 10 });
		expect(statuses).toEqual(Array(10).fill(200));
		expect(await line.started()).toHaveLength(1);
	});

	it('starts none after a restart of n8n', async () => {
		const setting = lasting();
		const before = await use.open(setting);
		await before.send(EVENT);
		const after = await use.open({ ...setting, loader: freshLoader() });
		const repeats = Array.from(
			{ length: 10 },
			async () => await post(after.signed(bodyOf('evt_1'))),
		);
		expect(await Promise.all(repeats)).toEqual(Array(10).fill(200));
		expect(await after.started()).toEqual([]);
	});

	it('starts one after a restart that lost the saved data too, which is what prevents repeats', async () => {
		const setting = lasting();
		await (await use.open(setting)).send(EVENT);
		const after = await use.open({ ...setting, store: {}, loader: freshLoader() });
		await after.send(EVENT);
		expect(await after.started()).toHaveLength(1);
	});

	it.each([
		['SendPilot’s last retry', 78 * 60],
		['the last retry of Svix', 27.6 * 3_600],
	])('starts none at %s, before and after a restart', async (_what, seconds) => {
		const setting = lasting();
		const line = await use.open(setting);
		await line.send(EVENT);
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + seconds * 1_000);
		try {
			expect(await line.send(EVENT)).toEqual([200]);
			const after = await use.open({ ...setting, loader: freshLoader() });
			expect(await post(after.signed(bodyOf('evt_1')))).toBe(200);
			expect(await after.started()).toEqual([]);
		} finally {
			now.mockRestore();
		}
		expect(await line.started()).toHaveLength(1);
	});

	it('starts one each time in test mode', async () => {
		const line = await use.open({ mode: 'manual' });
		await line.send(EVENT);
		await line.send(EVENT);
		expect(await line.started()).toHaveLength(2);
	});

	it('is the same event under its older name', async () => {
		const line = await use.open();
		await line.send({ ...EVENT, eventType: 'message.received' });
		await line.send({ ...EVENT, eventType: 'reply.received' });
		expect(await line.started()).toHaveLength(1);
	});
});

describe('different events', () => {
	it('all start if they arrive at once, and all are remembered after a restart', async () => {
		const ids = Array.from({ length: 30 }, (_, index) => `evt_${index}`);
		const setting = lasting();
		// n8n is slow with each, so all are in progress together, and each saves over the others.
		const line = await use.open({
			...setting,
			beforeExecution: async () => await new Promise((resolve) => setImmediate(resolve)),
		});
		for (const eventId of ids) use.sandbox.webhooks.emit({ ...EVENT, eventId });
		await use.sandbox.webhooks.settled();
		expect(await line.started()).toHaveLength(30);

		const after = await use.open({ ...setting, loader: freshLoader() });
		for (const eventId of ids) expect(await post(after.signed(bodyOf(eventId)))).toBe(200);
		expect(await after.started()).toEqual([]);
	});

	it('with the same id are independent at two triggers', async () => {
		const one = await use.open();
		const other = await use.open();
		await one.send(EVENT);
		expect(await one.started()).toHaveLength(1);
		expect(await other.started()).toHaveLength(1);
	});

	it('with the same id are independent at a copied workflow, whose node has the same id', async () => {
		const node = { id: randomUUID() };
		const one = await use.open({ node, workflow: { id: 'original' } });
		const copy = await use.open({ node, workflow: { id: 'copy' } });
		await one.send(EVENT);
		expect(await one.started()).toHaveLength(1);
		expect(await copy.started()).toHaveLength(1);
	});

	it('take limited space, however many arrive', async () => {
		const store: StaticDataStore = {};
		const line = await use.open({ store, parameters: { events: ['*'] } });
		const full = Object.fromEntries(
			Array.from({ length: 2 * REMEMBER_EVENTS }, (_, index) => [
				`evt_${index}`,
				Date.now() - index,
			]),
		);
		store.saved = JSON.stringify({ 'node:SendPilot Trigger': { acceptedEvents: full } });
		await line.send({ ...EVENT, eventId: 'evt_new' });
		const { acceptedEvents } = JSON.parse(store.saved)['node:SendPilot Trigger'];
		expect(Object.keys(acceptedEvents)).toHaveLength(REMEMBER_EVENTS);
	});
});

describe('the data that n8n has saved', () => {
	it.each([
		'{"node:SendPilot Trigger":null}',
		'{"node:SendPilot Trigger":"text"}',
		'{"node:SendPilot Trigger":[]}',
		'{"node:SendPilot Trigger":{"acceptedEvents":null}}',
		'{"node:SendPilot Trigger":{"acceptedEvents":"evt_1"}}',
		'{"node:SendPilot Trigger":{"acceptedEvents":["evt_1"]}}',
		'{"node:SendPilot Trigger":{"acceptedEvents":{"evt_1":"now"}}}',
		'{"node:SendPilot Trigger":{"acceptedEvents":{"evt_1":null,"__proto__":{"evt_1":1}}}}',
		'{"node:SendPilot Trigger":{"acceptedEvents":{"evt_1":-1}}}',
	])('may be damaged, and no event is lost: %s', async (saved) => {
		const line = await use.open({ store: { saved } });
		expect(await line.send(EVENT)).toEqual([200]);
		expect(await line.send(EVENT)).toEqual([200]);
		expect(await line.started()).toHaveLength(1);
	});

	it('of other nodes is not changed', async () => {
		const others = { global: { count: 7 }, 'node:Next': { seen: ['a'] } };
		const store: StaticDataStore = { saved: JSON.stringify(others) };
		const line = await use.open({ store });
		await line.send(EVENT);
		expect(JSON.parse(store.saved!)).toMatchObject(others);
	});

	it('is not changed by deliveries that start nothing', async () => {
		const store: StaticDataStore = {};
		const line = await use.open({ store, parameters: { events: ['message.sent'] } });
		await line.send('message.sent', { signature: 'forged' });
		await line.send('reply.received');
		expect(store.saved).toBeUndefined();
	});
});

describe('an event that n8n could not accept', () => {
	it('is accepted when it arrives again', async () => {
		let isBroken = true;
		const line = await use.open({
			beforeExecution: async () => {
				if (isBroken) throw new Error('The database is locked');
			},
		});
		expect(await line.send(EVENT)).toEqual([500]);
		isBroken = false;
		expect(await line.send(EVENT)).toEqual([200]);
		expect(await line.send(EVENT)).toEqual([200]);
		expect(await line.started()).toHaveLength(1);
	});

	it('is accepted when it arrives again after a restart, even if another was saved meanwhile', async () => {
		const setting = lasting();
		const gate = new Gate();
		const line = await use.open({ ...setting, beforeExecution: (hungUp) => gate.pass(hungUp) });
		const failing = post(line.signed(bodyOf('evt_1')));
		await gate.reached;
		expect(await post(line.signed(bodyOf('evt_2')))).toBe(200);
		gate.fail();
		expect(await failing).toBe(500);

		const after = await use.open({ ...setting, loader: freshLoader() });
		expect(await post(after.signed(bodyOf('evt_1')))).toBe(200);
		expect(await post(after.signed(bodyOf('evt_2')))).toBe(200);
		expect((await after.started()).flat().map(({ eventId }) => eventId)).toEqual(['evt_1']);
	});

	it('is accepted from the next of the deliveries that wait for it', async () => {
		let tries = 0;
		const line = await use.open({
			beforeExecution: async () => {
				if (++tries === 1) throw new Error('The database is locked');
			},
		});
		const statuses = await line.send(EVENT, { times: 10 });
		expect(statuses.sort()).toEqual([...Array(9).fill(200), 500]);
		expect(await line.started()).toHaveLength(1);
	});

	it('is not answered with success until the result is known', async () => {
		const gate = new Gate();
		const line = await use.open({
			beforeExecution: (hungUp) => gate.pass(hungUp),
			parameters: { options: { toleranceSeconds: 3_600 } },
		});
		const first = post(line.signed(bodyOf('evt_1')));
		await gate.reached;
		const repeat = line.signed(bodyOf('evt_1'));
		// Each look at the clock moves past the time that the repeat waits.
		const clock = jest.spyOn(Date, 'now');
		let now = Date.now();
		clock.mockImplementation(() => (now += 21_000));
		try {
			expect(await post(repeat)).toBe(503);
		} finally {
			clock.mockRestore();
		}
		expect(line.logged).toEqual([expect.stringMatching(/still being processed\. SendPilot tries/)]);
		gate.open();
		expect(await first).toBe(200);
		expect(await line.started()).toHaveLength(1);
	});

	it('is accepted when it arrives again, if SendPilot hung up before n8n failed', async () => {
		const gate = new Gate();
		const line = await use.open({ beforeExecution: (hungUp) => gate.pass(hungUp) });
		await hangUpOn(line.signed(bodyOf('evt_1')), gate);
		gate.fail();
		expect(await line.send(EVENT)).toEqual([200]);
		expect(await line.started()).toHaveLength(1);
	});

	it('is not started twice if SendPilot hung up and n8n did not fail', async () => {
		const gate = new Gate();
		const line = await use.open({ beforeExecution: (hungUp) => gate.pass(hungUp) });
		await hangUpOn(line.signed(bodyOf('evt_1')), gate);
		const repeat = line.send(EVENT);
		gate.open();
		expect(await repeat).toEqual([200]);
		expect(await line.started()).toHaveLength(1);
	});
});

/** What happens to a trigger: simultaneous deliveries of events, or a restart. */
type Step = 'restart' | { deliveries: number[]; failures: boolean[] };

const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof(
		{ weight: 1, arbitrary: fc.constant('restart' as const) },
		{
			weight: 3,
			arbitrary: fc.record({
				deliveries: fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }),
				/** Whether n8n fails, for one execution after another; after these it never does. */
				failures: fc.array(fc.boolean(), { maxLength: 4 }),
			}),
		},
	),
	{ minLength: 1, maxLength: 6 },
);

describe('whatever arrives, in whatever order', () => {
	it('each event that was answered with success has started one execution, and no other event has', async () => {
		await fc.assert(fc.asyncProperty(steps, expectOnce), { numRuns: 25 });
	});

	async function expectOnce(happens: Step[]): Promise<void> {
		let failures: boolean[] = [];
		const setting = {
			...lasting(),
			beforeExecution: async () => {
				await new Promise((resolve) => setImmediate(resolve));
				if (failures.shift()) throw new Error('The database is locked');
			},
		};
		let line = await use.open(setting);
		const lines = [line];
		const answered = new Set<string>();
		for (const step of happens) {
			if (step === 'restart') {
				line = await use.open({ ...setting, loader: freshLoader() });
				lines.push(line);
				continue;
			}
			failures = [...step.failures];
			const deliver = async (event: number) => {
				const eventId = `evt_${event}`;
				if ((await post(line.signed(bodyOf(eventId)))) === 200) answered.add(eventId);
			};
			await Promise.all(step.deliveries.map(deliver));
		}
		const started = await Promise.all(lines.map(async (one) => await one.started()));
		const ids = started.flat(2).map(({ eventId }) => eventId);
		expect(ids.sort()).toEqual([...answered].sort());
	}
});

/** Holds the first delivery between the trigger and its execution until it is opened or fails. */
class Gate {
	open = () => {};
	fail = () => {};
	private reach = () => {};
	readonly reached = new Promise<void>((resolve) => (this.reach = resolve));
	/** Resolves when the server has noticed that the caller hung up. */
	hungUp?: Promise<unknown>;
	private readonly opened = new Promise<void>((resolve, reject) => {
		this.open = resolve;
		this.fail = () => reject(new Error('The database is locked'));
	});
	private isFirst = true;

	async pass(hungUp: Promise<unknown>): Promise<void> {
		if (!this.isFirst) return;
		this.isFirst = false;
		this.hungUp = hungUp;
		this.reach();
		await this.opened;
	}
}

function bodyOf(eventId: string): string {
	return JSON.stringify({ eventId, eventType: 'message.sent', data: {} });
}

async function post({ url, ...request }: Delivery): Promise<number> {
	const { status } = await fetch(url, { method: 'POST', ...request });
	return status;
}

/** Makes a request, and breaks the connection while the receiver is working on it. */
async function hangUpOn({ url, headers, body }: Delivery, gate: Gate): Promise<void> {
	const request = httpRequest(url, { method: 'POST', headers });
	request.on('error', () => undefined);
	request.end(body);
	await gate.reached;
	request.destroy();
	await gate.hungUp;
}
