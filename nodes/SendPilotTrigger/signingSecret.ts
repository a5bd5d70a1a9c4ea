import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

/** The credential's type name. Saved workflows contain it, so it must never change. */
export const WEBHOOK_CREDENTIAL = 'sendPilotWebhookApi';

/** What the credential holds. */
export interface WebhookSecrets {
	signingSecret?: string;
	/** The secret before a rotation, while SendPilot still accepts it. */
	previousSigningSecret?: string;
}

const WHERE =
	'In SendPilot, open Integrations → Webhooks, select your webhook and copy its secret.';

/** What people paste by mistake instead of a secret. */
const MISTAKES: Array<[pattern: RegExp, text: string]> = [
	[/^$/, `The signing secret is empty. ${WHERE}`],
	[/^whsec_=*$/, `The signing secret is cut off after whsec_. ${WHERE}`],
	[/^sp_(?:live|test)_/, `This is an API key, not a webhook secret. ${WHERE}`],
	[/^https?:\/\//i, `This is a web address, not a webhook secret. ${WHERE}`],
	[/^\S*\s/, `The signing secret contains a space or a line break. ${WHERE}`],
	[/^["'].*["']$/, 'The signing secret is in quotes. Remove them.'],
];

/**
 * Checks the format of a secret.
 *
 * @returns what is wrong and what to do, or undefined if the secret may be right
 */
export function secretProblem(secret: unknown): string | undefined {
	const text = typeof secret === 'string' ? secret.trim() : '';
	return MISTAKES.find(([pattern]) => pattern.test(text))?.[1];
}

/**
 * Tests the SendPilot Webhook API credential. It can only check the format: no SendPilot call verifies a
 * webhook secret, so only a test event proves it.
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
			'The secret looks valid. To make sure that it is the right one, click Send Test Event in SendPilot.',
	};
}

function previousProblem(secret: string): string | undefined {
	const problem = secretProblem(secret);
	return problem && `Previous signing secret: ${problem}`;
}
