import { read, type SendPilotApi } from './api';
import {
	QUOTAS_PATH,
	senderList,
	senderQuotaList,
	SENDERS_PATH,
	type Sender,
	type SenderQuota,
} from './contract/sender';

/**
 * Reads all senders. Follows `GET /v1/inbox/senders`.
 *
 * @throws SendPilotError if there is no usable reply
 */
export async function readSenders(api: SendPilotApi): Promise<Sender[]> {
	const { senders } = await read(api, SENDERS_PATH, {}, senderList);
	return senders;
}

/**
 * Reads what each sender may still do today. Follows `GET /v1/senders/quotas`.
 *
 * @throws SendPilotError if there is no usable reply
 */
export async function readQuotas(api: SendPilotApi): Promise<SenderQuota[]> {
	const { senders } = await read(api, QUOTAS_PATH, {}, senderQuotaList);
	return senders;
}
