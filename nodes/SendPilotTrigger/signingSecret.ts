import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

/** The credential of the signature; saved workflows name it. */
export const WEBHOOK_CREDENTIAL = 'sendPilotWebhookApi';

/** What the credential holds. */
export interface WebhookSecrets {
	signingSecret?: string;
	/** Of before a rotation that is not over yet. */
	previousSigningSecret?: string;
}

const WHERE = 'Copy it from SendPilot: Integrations → Webhooks, your webhook.';

/** API keys of SendPilot, and the bare mark of a secret, which are taken for one by mistake. */
const MISTAKES: Array<[pattern: RegExp, text: string]> = [
	[/^$/, `The signing secret is empty. ${WHERE}`],
	[/^whsec_=*$/, `The signing secret is cut off after whsec_. ${WHERE}`],
	[/^sp_(?:live|test)_/, `This is an API key, not the secret of a webhook. ${WHERE}`],
	[/^https?:\/\//i, `This is a web address, not the secret of a webhook. ${WHERE}`],
	[/^\S*\s/, `The signing secret has a space or line break in it. ${WHERE}`],
	[/^["'].*["']$/, 'The signing secret stands in quotes. Remove them.'],
];

/**
 * What is wrong with a secret by its mere form.
 *
 * @returns what is wrong and what to do, or undefined
 */
export function secretProblem(secret: unknown): string | undefined {
	const text = typeof secret === 'string' ? secret.trim() : '';
	return MISTAKES.find(([pattern]) => pattern.test(text))?.[1];
}

/**
 * The test of the SendPilot Webhook API credential. It can only look at the form: SendPilot has no call that
 * knows the secret of a webhook, so that a test event is what proves it.
 *
 * @returns what the credential dialog shows; never throws
 */
export async function signingSecretTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { signingSecret, previousSigningSecret } = data as WebhookSecrets;
	const problem =
		secretProblem(signingSecret) ??
		(previousSigningSecret?.trim() ? previousProblem(previousSigningSecret) : undefined);
	if (problem !== undefined) return { status: 'Error', message: problem };
	return {
		status: 'OK',
		message:
			'The secret looks right. Only an event can prove it: press Send Test Event in SendPilot.',
	};
}

function previousProblem(secret: string): string | undefined {
	const problem = secretProblem(secret);
	return problem && `Previous signing secret: ${problem}`;
}
