import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

/** What each folder may import besides itself. CONTRIBUTING.md says why. */
const FOLDERS: Record<string, { folders: string[]; packages: RegExp }> = {
	credentials: { folders: [], packages: /^n8n-workflow$/ },
	sendpilot: { folders: [], packages: /^(zod|(node:)?crypto)$/ },
	nodes: { folders: ['sendpilot'], packages: /^(n8n-workflow|zod|(node:)?crypto)$/ },
	sandbox: { folders: ['sendpilot/contract'], packages: /./ },
	engine: { folders: [], packages: /./ },
};

const files = Object.keys(FOLDERS).flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
		.map((file) => join(folder, file)),
);

/** @returns what a file imports: packages by their name, files of ours by their path from the root */
function importsOf(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8'));
	return importedFiles.map(({ fileName }) =>
		fileName.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), fileName)) : fileName,
	);
}

function isOurs(imported: string): boolean {
	return Object.keys(FOLDERS).some((folder) => imported.startsWith(`${folder}/`));
}

describe('a folder imports only from the folders below it', () => {
	it.each(Object.entries(FOLDERS))('%s', (folder, { folders, packages }) => {
		const own = files.filter((file) => file.startsWith(`${folder}/`));
		expect(own.length).toBeGreaterThan(1);
		const forbidden = own.flatMap((file) =>
			importsOf(file)
				.filter((imported) =>
					isOurs(imported)
						? ![folder, ...folders].some((allowed) => imported.startsWith(`${allowed}/`))
						: !packages.test(imported),
				)
				.map((imported) => `${file} imports ${imported}`),
		);
		expect(forbidden).toEqual([]);
	});

	it('nodes share code only through nodes/shared', () => {
		const forbidden = files
			.filter((file) => file.startsWith('nodes/'))
			.flatMap((file) => importsOf(file).map((imported) => [file, imported] as const))
			.filter(([file, imported]) => {
				const [, node] = file.split('/');
				return /^nodes\//.test(imported) && ![node, 'shared'].includes(imported.split('/')[1]);
			});
		expect(forbidden).toEqual([]);
	});
});

it('no file imports itself through others', () => {
	const done = new Set<string>();
	const cycles: string[] = [];
	const visit = (file: string, way: string[]): void => {
		if (way.includes(file)) cycles.push([...way.slice(way.indexOf(file)), file].join(' → '));
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
	expect(cycles).toEqual([]);
});
