import { z } from 'zod';
import { shortened, withoutEnd } from '../text';

/** The body of every documented error (NestJS): `message` is one text, or one per invalid field. */
export const errorBody = z.object({
	statusCode: z.number(),
	message: z.union([z.string(), z.array(z.string())]),
	error: z.string().optional(),
});

/** See {@link errorBody}. */
export type ErrorBody = z.infer<typeof errorBody>;

// An error reply can be of any size. What is kept of it has limits, before anything looks closer at it.

/** How much of one text to keep, in characters. */
const TEXT_CHARACTERS = 1_000;

/** How many texts to keep: ten for each lead of the largest request. */
const MAX_TEXTS = 1_000;

/** How much of a body that is no JSON to look at, in characters: a page of HTML says at its beginning what is wrong. */
const PAGE_CHARACTERS = 10_000;

/** How much of an unexpected body to show, in characters. */
const EXCERPT_CHARACTERS = 300;

/** How much of all texts to show together, in characters. */
const SHOWN_CHARACTERS = 2_000;

const text = z
	.string()
	.trim()
	.min(1)
	.transform((one) => shortened(one, TEXT_CHARACTERS));
const texts = z.preprocess(
	(all) => (Array.isArray(all) ? all.slice(0, MAX_TEXTS) : [all]),
	z.array(text).min(1),
);
const saidIn = { message: z.object({ message: texts }), error: z.object({ error: text }) };

/**
 * The texts of an error reply. Where validation texts are is not documented, so this looks at `message` (one
 * text or several), then at `error`, then at the whole body.
 *
 * @param body the reply's body: parsed JSON, or the text that was not JSON
 * @returns one text or more, up to {@link MAX_TEXTS}, each of up to {@link TEXT_CHARACTERS}; none for an empty body
 */
export function errorTexts(body: unknown): string[] {
	const message = saidIn.message.safeParse(body);
	if (message.success) return message.data.message;
	const error = saidIn.error.safeParse(body);
	if (error.success) return [error.data.error];
	const raw = typeof body === 'string' ? visibleText(body) : (JSON.stringify(body) ?? '');
	return raw === '' || raw === '{}' || raw === 'null' ? [] : [shortened(raw, EXCERPT_CHARACTERS)];
}

/** @returns SendPilot's text as it can be part of a sentence of ours: without its full stop, and not too long */
export function withinSentence(text: string): string {
	return withoutEnd(shortened(text, SHOWN_CHARACTERS), /[.\s]/);
}

/** What people would see of HTML. A script can be cut off, and then ends with the text. */
function visibleText(body: string): string {
	return body
		.trim()
		.slice(0, PAGE_CHARACTERS)
		.replace(/<(script|style)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** Statuses with which nothing was done, such as `failed`, `SEND_ERROR` or `limit_reached`. */
const FAILED_STATUS = /fail|error|reject|declin|denied|cancel|skip|block|limit|^not|[ _-]not[ _-]/i;

/**
 * Whether a reply to a sending call says that nothing went out, and neither an ID nor another status contradicts that.
 *
 * @param id of what would have been sent
 */
export function deniesSending(
	{ success, status }: { success?: boolean | null; status?: string | null },
	id: string | null | undefined,
): boolean {
	return success === false && (status ? FAILED_STATUS.test(status) : !id);
}

/** Whether a reply to a sending call names an error or a status of failure, which contradicts that anything went out. */
export function contradictsSending(body: unknown): boolean {
	const failed = z.object({ status: z.string().regex(FAILED_STATUS) }).safeParse(body);
	return failed.success || namesError(body);
}

/** How a field named error can say that there is none. */
const NO_ERROR = /^(?:none|null|nil|no|no error|ok|success)\W*$/i;

/** Whether a reply names an error, which contradicts whatever in it says success. */
export function namesError(body: unknown): boolean {
	const said = saidIn.error.safeParse(body);
	return said.success && !NO_ERROR.test(said.data.error);
}

const declined = z.object({ success: z.literal(false) });

/** Whether a reply says that nothing was done, although its status is that of a success. */
export function declines(body: unknown): boolean {
	return declined.safeParse(body).success;
}
