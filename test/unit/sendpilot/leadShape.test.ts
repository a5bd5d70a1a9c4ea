import type { CallResult } from '../../../sendpilot/http';
import { LeadShape, type LeadShapeRecord } from '../../../sendpilot/leadShape';

const answered = (status: number): CallResult => ({
	kind: 'answer',
	answer: { status, headers: {}, body: {} },
});
const LOST: CallResult = { kind: 'failure', failure: 'lost', code: 'ECONNRESET' };
const isRefusal = (result: CallResult) => result.kind === 'answer' && result.answer.status === 400;

/** Calls that wait for the test to answer them, and what each of them ended in. */
function table(record: LeadShapeRecord = {}) {
	const shape = new LeadShape(record);
	const answers: Array<(result: CallResult) => void> = [];
	const ends: Array<CallResult | 'refused'> = [];
	return {
		record,
		ends,
		calls: () => answers.length,
		async send(count = 1) {
			for (let index = 0; index < count; index++) {
				const call = async () => await new Promise<CallResult>((answer) => answers.push(answer));
				void shape.unlessRefused(call, isRefusal).then((end) => ends.push(end));
			}
			await settle();
		},
		async answer(index: number, result: CallResult) {
			answers[index](result);
			await settle();
		},
	};
}

const settle = async () => await new Promise(setImmediate);

describe('until it is known whether SendPilot accepts the lead shape', () => {
	it('one call asks, and the others wait for what it learns', async () => {
		const { send, answer, calls, ends } = table();
		await send(5);
		expect(calls()).toBe(1);
		await answer(0, answered(201));
		expect(calls()).toBe(5);
		expect(ends).toEqual([answered(201)]);
	});

	it('a refusal is met once, and none of the others makes the call', async () => {
		const { send, answer, calls, ends, record } = table();
		await send(5);
		await answer(0, answered(400));
		expect(calls()).toBe(1);
		expect(ends).toEqual(Array(5).fill('refused'));
		expect(record).toEqual({ leadShape: 'refused' });
	});

	it.each([
		['a lost connection', LOST],
		['a server error', answered(500)],
		['a 404', answered(404)],
		['a 429', answered(429)],
	])('%s teaches nothing, so the next call asks, alone again', async (_name, end) => {
		const { send, answer, calls, ends, record } = table();
		await send(3);
		await answer(0, end);
		expect(record).toEqual({});
		expect(ends).toEqual([end]);
		expect(calls()).toBe(2);
		await answer(1, answered(200));
		expect(calls()).toBe(3);
	});
});

describe('once it is known', () => {
	it('that it is taken, calls go side by side', async () => {
		const { send, calls } = table({ leadShape: 'accepted' });
		await send(3);
		expect(calls()).toBe(3);
	});

	it('that it is refused, no call is made, in later runs of the execution neither', async () => {
		const { send, calls, ends } = table({ leadShape: 'refused' });
		await send(3);
		expect(calls()).toBe(0);
		expect(ends).toEqual(Array(3).fill('refused'));
	});

	it('a refusal that comes later counts all the same', async () => {
		const { send, answer, ends, record } = table({ leadShape: 'accepted' });
		await send(2);
		await answer(0, answered(400));
		await answer(1, answered(201));
		expect(ends).toEqual(['refused', answered(201)]);
		expect(record).toEqual({ leadShape: 'refused' });
	});
});
