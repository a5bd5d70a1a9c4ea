import { SETTINGS } from '../editor/queueMode/settings';
import { markdown } from './markdown';

/** Where the table of settings is in docs/scaling.md. */
const TABLE = /(<!-- settings -->\n).*(\n<!-- end of settings -->)/s;

/** Who gets each group of settings. */
const WHO: Record<keyof typeof SETTINGS, string> = {
	all: 'all',
	main: 'main',
	worker: 'workers',
	webhook: 'webhook processors',
};

/** Puts the table of settings into docs/scaling.md. */
export async function withSettings(page: string): Promise<string> {
	const rows = Object.entries(WHO).flatMap(([group, who]) =>
		Object.entries(SETTINGS[group as keyof typeof SETTINGS]).map(
			([name, { value, why }]) => `| \`${name}\` | \`${value}\` | ${who} | ${why} |`,
		),
	);
	const table = ['| Setting | Value | For | Why |', '| --- | --- | --- | --- |', ...rows].join(
		'\n',
	);
	return await markdown(page.replace(TABLE, (_, start, end) => `${start}\n${table}\n${end}`));
}
