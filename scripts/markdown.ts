import { format } from 'prettier';

/** @returns Markdown as `npm run format` writes it */
export async function markdown(text: string): Promise<string> {
	return await format(text, { parser: 'markdown', useTabs: true, printWidth: 100 });
}
