import type { Line, Plot } from './plots';

const WIDTH = 640;
const HEIGHT = 320;

/** The part with the lines; the rest is for texts. */
const AREA = { left: 52, top: 64, right: 470, bottom: 268 };

/** About how many marks an axis has. */
const MARKS = 5;

/** Least distance between the names of two lines, in px. */
const NAME_DISTANCE = 17;

/** Colours that read well on white and on GitHub's dark background. Ours comes first. */
const STYLE = `
	svg { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; --text: #57606a; --grid: #d0d7de80; --title: #1f2328; --c0: #0969da; --c1: #8250df; --c2: #9a6700; }
	@media (prefers-color-scheme: dark) { svg { --text: #8b949e; --grid: #30363d; --title: #e6edf3; --c0: #58a6ff; --c1: #bc8cff; --c2: #d29922; } }
	text { fill: var(--text); }
	.title { fill: var(--title); font-size: 15px; font-weight: 600; }
	.grid { stroke: var(--grid); }
	.line { fill: none; stroke-width: 2; stroke-linejoin: round; }`;

/** Draws lines over two axes that begin at 0. @returns an SVG picture for light and dark pages */
export function svgOf({ title, x, y }: Plot, lines: readonly Line[]): string {
	const points = lines.flatMap((line) => line.points);
	const marksX = marksUpTo(Math.max(...points.map(([at]) => at)));
	const marksY = marksUpTo(Math.max(...points.map(([, value]) => value)));
	const toX = scale(marksX.at(-1)!, AREA.left, AREA.right);
	const toY = scale(marksY.at(-1)!, AREA.bottom, AREA.top);
	const parts = [
		text(title, { x: 16, y: 26, class: 'title' }),
		text(y, { x: 16, y: 46 }),
		text(x, { x: (AREA.left + AREA.right) / 2, y: HEIGHT - 14, 'text-anchor': 'middle' }),
		...marksY.flatMap((value) => [
			element('line', {
				...{ class: 'grid', x1: AREA.left, x2: AREA.right },
				...{ y1: toY(value), y2: toY(value) },
			}),
			text(numberText(value), { x: AREA.left - 8, y: toY(value) + 4, 'text-anchor': 'end' }),
		]),
		...marksX.map((value) =>
			text(numberText(value), { x: toX(value), y: AREA.bottom + 20, 'text-anchor': 'middle' }),
		),
		...lines.flatMap((line, index) => {
			const colour = `var(--c${index})`;
			const spots = line.points.map(([at, value]) => [toX(at), toY(value)]);
			return [
				element('polyline', {
					...{ class: 'line', style: `stroke: ${colour}` },
					points: spots.map((spot) => spot.join(',')).join(' '),
				}),
				...spots.map(([cx, cy]) => element('circle', { cx, cy, r: 3, style: `fill: ${colour}` })),
			];
		}),
		...namesOf(lines, toX, toY),
	];
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
		`<style>${STYLE}\n</style>`,
		...parts,
		'</svg>\n',
	].join('\n');
}

type Scale = (value: number) => number;

/** The names of the lines at their ends, moved apart where those are too close. */
function namesOf(lines: readonly Line[], toX: Scale, toY: Scale): string[] {
	const ends = lines.map(({ name, points }, index) => {
		const [at, value] = points.at(-1)!;
		return { name, index, x: toX(at) + 10, y: toY(value) + 4 };
	});
	let last = -Infinity;
	return ends
		.sort((one, other) => one.y - other.y)
		.map(({ name, index, x, y }) => {
			last = Math.max(y, last + NAME_DISTANCE);
			return text(name, { x, y: last, style: `fill: var(--c${index})` });
		});
}

function scale(max: number, from: number, to: number): Scale {
	return (value) => Math.round((from + (value / max) * (to - from)) * 10) / 10;
}

/** @returns round numbers from 0 to one that is at least as large as a value */
function marksUpTo(max: number): number[] {
	const rough = max / MARKS;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough)!;
	return Array.from({ length: Math.ceil(max / step - 1e-9) + 1 }, (_, index) => index * step);
}

function numberText(value: number): string {
	return Number(value.toPrecision(6)).toLocaleString('en');
}

function text(content: string, attributes: Record<string, string | number>): string {
	return `${element('text', attributes).slice(0, -2)}>${escaped(content)}</text>`;
}

function element(name: string, attributes: Record<string, string | number>): string {
	const all = Object.entries(attributes).map(
		([key, value]) => ` ${key}="${escaped(String(value))}"`,
	);
	return `<${name}${all.join('')}/>`;
}

function escaped(content: string): string {
	return content.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
