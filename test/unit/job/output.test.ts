import { EXTRACTION, jobOutput, SEARCH } from '../../../nodes/SendPilot/job/kinds';

it.each([SEARCH, EXTRACTION])(
	'the output for $noun has all fields, and passes on others',
	(kind) => {
		const job = { id: 'a', status: 'running', name: undefined, eta: 5, progress: { queued: 2 } };
		const output = jobOutput(kind, job);
		expect(Object.keys(output)).toEqual([...kind.outputFields, 'eta']);
		expect(output).toMatchObject({
			id: 'a',
			name: null,
			isDone: false,
			eta: 5,
			completed_at: null,
		});
		expect(Object.keys(output.progress as object)).toEqual([...kind.progressFields, 'queued']);
	},
);

it('the output for a job that failed is not one that n8n takes for a failed item', () => {
	const output = jobOutput(SEARCH, { id: 'a', status: 'error', error: 'Provider down' });
	expect(output).toMatchObject({ isDone: true, error_message: 'Provider down' });
	expect(output).not.toHaveProperty('error');
});
