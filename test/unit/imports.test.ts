import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

/** What each room may import, beside itself; CONTRIBUTING.md says why. */
const ROOMS: Record<string, { rooms: string[]; packages: RegExp }> = {
	credentials: { rooms: [], packages: /^n8n-workflow$/ },
	sendpilot: { rooms: [], packages: /^(zod|(node:)?crypto)$/ },
	nodes: { rooms: ['sendpilot'], packages: /^(n8n-workflow|zod|(node:)?crypto)$/ },
	sandbox: { rooms: ['sendpilot/contract'], packages: /./ },
	engine: { rooms: [], packages: /./ },
};

const files = Object.keys(ROOMS).flatMap((room) =>
	readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
		.map((file) => join(room, file)),
);

/** @returns what a file imports: packages by their name, files of ours by their path from the root */
function importsOf(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8'));
	return importedFiles.map(({ fileName }) =>
		fileName.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), fileName)) : fileName,
	);
}

function isOurs(imported: string): boolean {
	return Object.keys(ROOMS).some((room) => imported.startsWith(`${room}/`));
}

describe('a room imports only from the rooms below it', () => {
	it.each(Object.entries(ROOMS))('%s', (room, { rooms, packages }) => {
		const own = files.filter((file) => file.startsWith(`${room}/`));
		expect(own.length).toBeGreaterThan(1);
		const strange = own.flatMap((file) =>
			importsOf(file)
				.filter((imported) =>
					isOurs(imported)
						? ![room, ...rooms].some((allowed) => imported.startsWith(`${allowed}/`))
						: !packages.test(imported),
				)
				.map((imported) => `${file} imports ${imported}`),
		);
		expect(strange).toEqual([]);
	});

	it('and nodes share only by nodes/shared', () => {
		const strange = files
			.filter((file) => file.startsWith('nodes/'))
			.flatMap((file) => importsOf(file).map((imported) => [file, imported] as const))
			.filter(([file, imported]) => {
				const [, node] = file.split('/');
				return /^nodes\//.test(imported) && ![node, 'shared'].includes(imported.split('/')[1]);
			});
		expect(strange).toEqual([]);
	});
});

it('no file imports itself by others', () => {
	const done = new Set<string>();
	const circles: string[] = [];
	const visit = (file: string, way: string[]): void => {
		if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
		if (done.has(file) || way.includes(file)) return;
		for (const imported of importsOf(file).filter(isOurs)) {
			const next = [`${imported}.ts`, join(imported, 'index.ts')].find((one) =>
				files.includes(one),
			);
			if (next) visit(next, [...way, file]);
		}
		done.add(file);
	};
	for (const file of files) visit(file, []);
	expect(circles).toEqual([]);
});
