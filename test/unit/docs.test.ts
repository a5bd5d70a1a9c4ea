import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { MAX_CLAIMED } from '../../nodes/shared/reach/history/sendHistory';
import { MAX_ENTRIES } from '../../nodes/shared/reach/history/store';
import { FAILURE_REASONS, type FailureReason } from '../../nodes/shared/reach/outcome';
import { BLOCK_REASONS } from '../../nodes/shared/reach/safety/block';
import { safetyFields } from '../../nodes/shared/reach/safety/fields';
import { optionsField } from '../../nodes/shared/reach/settings';
import { MESSAGE_WORDS } from '../../nodes/shared/reach/peopleWords';
import {
	DELIVERY_RETRY_SECONDS,
	EVENT_ALIASES,
	EVENT_DETAILS,
	EVENT_TYPES,
} from '../../sendpilot/contract/event';
import { MESSAGE_MAX_CHARACTERS } from '../../sendpilot/contract/message';
import { DELIVERY_OF_REASON } from '../../sendpilot/delivery';
import { INBOX_CONVERSATIONS, INBOX_MAX_AGE_MS } from '../../sendpilot/inbox';
import type { ProblemReason } from '../../sendpilot/problem';
import { MAX_TRIES } from '../../sendpilot/retry';
import { REMEMBER_EVENTS, REMEMBER_MS } from '../../sendpilot/webhook/repeats';
import { DEFAULT_TOLERANCE_SECONDS } from '../../sendpilot/webhook/signature';

const ROOT = join(__dirname, '../..');
const DOCS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...filesIn('docs', /\.md$/)];

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

function filesIn(folder: string, name: RegExp): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => name.test(file))
		.map((file) => join(folder, file));
}

/** @returns the cells of each row below the header row that begins with the given cell */
function tableOf(page: string, firstHeader: string): string[][] {
	const rows = page.split('\n').map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
	const header = rows.findIndex(([first]) => first === firstHeader);
	const body = rows.slice(header + 2);
	return body.slice(
		0,
		body.findIndex((cells) => cells.length === 0),
	);
}

describe('README.md says what the node does', () => {
	const page = read('README.md');

	it('about each failure reason, and whether the message went out', () => {
		const inWords = {
			notSent: 'not sent',
			uncertain: 'uncertain',
			either: 'not sent or uncertain',
		};
		const deliveryOf = (reason: FailureReason) =>
			reason in DELIVERY_OF_REASON ? DELIVERY_OF_REASON[reason as ProblemReason] : 'notSent';
		const documented = tableOf(page, '`reason`').map(([reason, , delivery]) => [reason, delivery]);
		expect(documented.sort()).toEqual(
			FAILURE_REASONS.map((reason) => [`\`${reason}\``, inWords[deliveryOf(reason)]]).sort(),
		);
	});

	it.each([
		['option', 'Option', optionsField(MESSAGE_WORDS)],
		['safety setting', 'Setting', safetyFields(MESSAGE_WORDS)[0]],
	])('about each %s, and its default', (_what, header, collection) => {
		const inWords = ({ name, default: usual, options = [] }: INodeProperties) => {
			// Their defaults are what the editor fills in when somebody adds them.
			if (name === 'maxPerDay' || name === 'maxPerRun') return 'no limit';
			if (name === 'stopIfReplied' || name === 'dryRun') return 'off';
			if (typeof usual === 'boolean') return usual ? 'on' : 'off';
			if (usual === '') return 'empty';
			const nameOf = (one: unknown) => {
				const named = (options as INodePropertyOptions[]).find(({ value }) => value === one);
				return named ? `_${named.name}_` : String(one);
			};
			return [usual].flat().map(nameOf).join(', ');
		};
		const fields = collection.options as INodeProperties[];
		const documented = tableOf(page, header).map(([name, usual]) => [name, usual]);
		expect(documented.sort()).toEqual(
			fields.map((field) => [`**${field.displayName}**`, inWords(field)]).sort(),
		);
	});

	it('about the length of a message, and attempts to connect', () => {
		expect(page).toContain(`1 to ${MESSAGE_MAX_CHARACTERS.toLocaleString('en')} characters`);
		expect(MAX_TRIES).toBe(3);
		expect(page).toContain('No connection to SendPilot, after three attempts.');
	});
});

describe('docs/reliability.md says what the history does', () => {
	const page = read('docs/reliability.md');

	it('about its limits', () => {
		expect(page).toContain(`up to ${MAX_ENTRIES.toLocaleString('en')} facts`);
		expect(page).toContain(`the last ${MAX_CLAIMED} messages of each sender`);
	});

	it('about each way to treat repeats', () => {
		const { options } = (safetyFields(MESSAGE_WORDS)[0].options as INodeProperties[]).find(
			({ name }) => name === 'repeats',
		)!;
		const names = (options as INodePropertyOptions[]).map(({ name }) => `_${name}_`);
		const documented = tableOf(page, 'Repeats').map(([name]) => name.replace(' (default)', ''));
		expect(documented.sort()).toEqual(names.sort());
	});
});

describe('docs/safe-outreach.md says what keeps people from harm', () => {
	const page = read('docs/safe-outreach.md');

	it('about each setting, in the order of the node', () => {
		const fields = safetyFields(MESSAGE_WORDS)[0].options as INodeProperties[];
		const section = page.slice(page.indexOf('## What each setting'));
		const documented = tableOf(section, 'Setting').map(([name]) => name);
		expect(documented).toEqual(fields.map(({ displayName }) => `**${displayName}**`));
	});

	it('about each reason why somebody is left out', () => {
		const documented = tableOf(page, '`reason`').map(([reason]) => reason);
		expect(documented).toEqual(BLOCK_REASONS.map((reason) => `\`${reason}\``));
	});

	it('about what is looked at, and how old it can be', () => {
		expect(page).toContain(`the sender's newest ${INBOX_CONVERSATIONS} conversations`);
		expect(page).toContain(`can be ${INBOX_MAX_AGE_MS / 1_000} seconds old`);
	});
});

describe('docs/trigger.md says what the trigger does', () => {
	const page = read('docs/trigger.md');

	it.each(EVENT_TYPES)('about %s', (event) => {
		const row = tableOf(page, 'Event').find(([name]) => name === `\`${event}\``);
		const older = Object.keys(EVENT_ALIASES).find((alias) => EVENT_ALIASES[alias] === event);
		expect(row?.[1].toLowerCase()).toBe(EVENT_DETAILS[event].description.toLowerCase());
		expect(row?.[2]).toBe(older === undefined ? '' : `\`${older}\``);
	});

	it('about limits and times', () => {
		expect(page).toContain(`the last ${REMEMBER_EVENTS.toLocaleString('en')} events`);
		expect(page).toContain(`for ${REMEMBER_MS / 3_600_000} hours`);
		const tolerance = tableOf(page, 'Option').find(([name]) => name.includes('Clock Tolerance'));
		expect(tolerance?.[1]).toBe(String(DEFAULT_TOLERANCE_SECONDS));
		expect(DELIVERY_RETRY_SECONDS).toEqual([5, 30, 2 * 60, 15 * 60, 60 * 60]);
		expect(page).toContain('after 5 s, 30 s, 2 min, 15 min and 1 h');
	});
});

describe('each example', () => {
	/** In bytes: a page with all of them loads quickly. */
	const MAX_PICTURE = 150_000;

	const pages = DOCS.filter((file) => file !== 'CHANGELOG.md').map(read);
	const examples = filesIn('examples', /\.json$/);

	it.each(examples)('is linked: %s', (file) => {
		expect(pages.filter((page) => page.includes(`${file})`))).not.toEqual([]);
	});

	// What the demo runs is shown in other pictures.
	it.each(examples.filter((file) => !/(send-linkedin|log-sent)/.test(file)))(
		'is shown in a small picture of its own: %s',
		(file) => {
			const picture = `images/${basename(file, '.json')}.png`;
			expect(pages.filter((page) => page.includes(`${picture})`))).toHaveLength(1);
			expect(statSync(join(ROOT, 'docs', picture)).size).toBeLessThan(MAX_PICTURE);
		},
	);
});

describe.each(DOCS)('%s', (file) => {
	const page = read(file);

	it('has no broken link to a file or heading', () => {
		const targets = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
		const own = targets.filter((target) => !/^https?:/.test(target));
		expect(own.filter((target) => !resolves(target, file))).toEqual([]);
	});

	it('names only npm scripts that exist', () => {
		const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
		const named = [...page.matchAll(/npm run ([\w-]+)/g)].map(([, script]) => script);
		expect(named.filter((script) => !(script in scripts))).toEqual([]);
	});
});

it('nodes and credentials link to pages and headings that exist', () => {
	const HOME = 'https://github.com/n8n-nodes-sendpilot/n8n-nodes-sendpilot';
	const sources = [...filesIn('nodes', /\.(ts|json)$/), ...filesIn('credentials', /\.ts$/)];
	const targets = sources
		.flatMap((file) => [...read(file).matchAll(new RegExp(`${HOME}([^'"\`\\s]*)`, 'g'))])
		.map(([, target]) => target.replace(/^\/blob\/main\//, ''));
	expect(targets).toEqual(expect.arrayContaining(['docs/trigger.md#set-it-up']));
	const broken = targets.filter(
		(target) => !resolves(target.startsWith('#') ? `README.md${target}` : target, 'README.md'),
	);
	expect(broken).toEqual([]);
});

/** @param from the file that has the link */
function resolves(target: string, from: string): boolean {
	const [path, anchor] = target.split('#');
	const file = path === '' ? from : join(dirname(from), path);
	if (!existsSync(join(ROOT, file))) return false;
	return anchor === undefined || anchorsIn(read(file)).includes(anchor);
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsIn(page: string): string[] {
	const text = page.replace(/^```[\s\S]*?^```/gm, '');
	return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);
}
