import { reportsIn } from '../../bench/memory';

it("the reports on n8n's memory are found in what it prints", () => {
	const log = 'n8n ready\nmemory: 300 200\nsome memory: 1 2\nmemory: 500 400\n';
	expect(reportsIn(log)).toEqual([
		{ peak: 300, live: 200 },
		{ peak: 500, live: 400 },
	]);
});
