import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	DELIVERY_RETRY_SECONDS,
	EVENT_ALIASES,
	EVENT_DETAILS,
	EVENT_TYPES,
} from '../../sendpilot/contract/event';
import { REMEMBER_EVENTS, REMEMBER_MS } from '../../sendpilot/webhook/repeats';
import { DEFAULT_TOLERANCE_SECONDS } from '../../sendpilot/webhook/signature';

const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');

describe('docs/trigger.md says what the code does', () => {
	const page = read('docs/trigger.md');
	const cells = page
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.map((line) => line.split('|').map((cell) => cell.trim()));

	it.each(EVENT_TYPES)('of %s', (event) => {
		const row = cells.find(([, name]) => name === `\`${event}\``);
		const older = Object.keys(EVENT_ALIASES).find((alias) => EVENT_ALIASES[alias] === event);
		expect(row?.[2].toLowerCase()).toBe(EVENT_DETAILS[event].description.toLowerCase());
		expect(row?.[3]).toBe(older === undefined ? '' : `\`${older}\``);
	});

	it('of limits and times', () => {
		expect(page).toContain(`the last ${REMEMBER_EVENTS.toLocaleString('en')} events`);
		expect(page).toContain(`for ${REMEMBER_MS / 3_600_000} hours`);
		expect(cells.find(([, name]) => name.includes('Clock Tolerance'))?.[2]).toBe(
			String(DEFAULT_TOLERANCE_SECONDS),
		);
		expect(DELIVERY_RETRY_SECONDS).toEqual([5, 30, 2 * 60, 15 * 60, 60 * 60]);
		expect(page).toContain('after 5 s, 30 s, 2 min, 15 min and 1 h');
	});
});
