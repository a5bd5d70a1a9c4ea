import { read, type SendPilotApi } from './api';
import {
	credits,
	CREDITS_PATH,
	workspace,
	WORKSPACE_PATH,
	type Credits,
	type Workspace,
} from './contract/account';

/**
 * Reads the credits of the workspace. Follows `GET /v1/credits`.
 *
 * @throws SendPilotError if there is no usable reply
 */
export async function readCredits(api: SendPilotApi): Promise<Credits> {
	return await read(api, CREDITS_PATH, {}, credits);
}

/**
 * Reads what belongs to the API key. Follows `GET /v1/me`.
 *
 * @throws SendPilotError if there is no usable reply
 */
export async function readWorkspace(api: SendPilotApi): Promise<Workspace> {
	return await read(api, WORKSPACE_PATH, {}, workspace);
}
