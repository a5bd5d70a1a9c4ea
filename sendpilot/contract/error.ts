import { z } from 'zod';

/** The body of every documented error (NestJS): `message` is one text, or one per invalid field. */
export const errorBody = z.object({
	statusCode: z.number(),
	message: z.union([z.string(), z.array(z.string())]),
	error: z.string().optional(),
});

/** See {@link errorBody}. */
export type ErrorBody = z.infer<typeof errorBody>;

/** How much of an unexpected body to show, in characters. */
const EXCERPT_CHARACTERS = 300;

const text = z.string().trim().min(1);
const saidIn = {
	message: z.object({ message: z.union([text.transform((one) => [one]), z.array(text).min(1)]) }),
	error: z.object({ error: text }),
};

/**
 * The texts of an error reply. Where validation texts are is not documented, so this looks at `message` (one
 * text or several), then at `error`, then at the whole body.
 *
 * @param body the reply's body: parsed JSON, or the text that was not JSON
 * @returns one text or more; none for an empty body
 */
export function errorTexts(body: unknown): string[] {
	const message = saidIn.message.safeParse(body);
	if (message.success) return message.data.message;
	const error = saidIn.error.safeParse(body);
	if (error.success) return [error.data.error];
	const raw = typeof body === 'string' ? visibleText(body) : (JSON.stringify(body) ?? '');
	return raw === '' || raw === '{}' || raw === 'null' ? [] : [excerpt(raw)];
}

function visibleText(body: string): string {
	return body
		.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

function excerpt(raw: string): string {
	const characters = [...raw];
	return characters.length <= EXCERPT_CHARACTERS
		? raw
		: `${characters.slice(0, EXCERPT_CHARACTERS).join('')}…`;
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
