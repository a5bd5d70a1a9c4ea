import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { CREDENTIAL } from '../shared/connection';
import { ExplainedError } from '../shared/explanation';
import { readOptions, type TriggerOptions } from './options';
import { secretProblem, WEBHOOK_CREDENTIAL, type WebhookSecrets } from './signingSecret';

/**
 * Checks, before the trigger starts listening, that it can accept events at all. n8n shows the error to
 * whoever publishes the workflow or tests the trigger.
 *
 * @throws NodeOperationError for a trigger that would reject or ignore everything
 */
export async function checkSetUp(context: IHookFunctions): Promise<void> {
	const fail = (what: string, next: string): never => {
		// n8n shows only the message of this error, not the description.
		throw new NodeOperationError(context.getNode(), `${what}. ${next}`);
	};

	const { includeLeadDetails } = readSettings(context, fail);
	if (context.getNodeParameter('authentication') !== 'none') {
		const { signingSecret } = await credential<WebhookSecrets>(context, WEBHOOK_CREDENTIAL, () =>
			fail(
				'The SendPilot Webhook API credential is missing',
				'Select one in the node, or create one with the secret that SendPilot shows for your webhook.',
			),
		);
		const problem = secretProblem(signingSecret);
		if (problem !== undefined) fail('The SendPilot Webhook API credential cannot be used', problem);
	}
	if (includeLeadDetails) {
		await credential(context, CREDENTIAL, () =>
			fail(
				'The SendPilot API credential is missing',
				'Include Lead Details reads the lead from SendPilot. Select a SendPilot API credential in the node, or remove the option.',
			),
		);
	}
}

function readSettings(
	context: IHookFunctions,
	fail: (what: string, next: string) => never,
): TriggerOptions {
	try {
		return readOptions(context);
	} catch (error) {
		if (error instanceof ExplainedError) return fail(error.what, error.next);
		return fail(
			'The options cannot be read',
			`Check their expressions: ${(error as Error).message}`,
		);
	}
}

async function credential<Data extends object>(
	context: IHookFunctions,
	name: string,
	missing: () => never,
): Promise<Data> {
	if (!context.getNode().credentials?.[name]) missing();
	return await context.getCredentials<Data>(name);
}
