import type { IExecuteFunctions } from 'n8n-workflow';
import type { SendPilotApi } from '../../../sendpilot/api';
import type { FullLead } from '../../../sendpilot/contract/lead';
import type { Delivery } from '../../../sendpilot/delivery';
import type { SendSession } from '../../../sendpilot/send';
import type { Explanation } from '../explanation';
import type { Recipient } from './history/keys';
import type { HistorySettings } from './history/sendHistory';
import type { Words } from './words';

/** What an item asks for, or why that cannot be done. */
export type ReadResult<Request> = { request: Request } | { invalid: Explanation };

/** One way to reach a person, such as a message. */
export interface Reach<Request> {
	/** In the history, so that different ways to reach a person never meet. */
	kind: HistorySettings['kind'];
	words: Words;
	/** Reads an item; never throws. */
	read(context: IExecuteFunctions, itemIndex: number): ReadResult<Request>;
	recipientOf(request: Request): Recipient;
	/**
	 * @param lead what SendPilot knows of the recipient, if it is known
	 * @returns the text as the recipient would read it; undefined if there is none
	 */
	textOf(request: Request, lead: FullLead | undefined): string | undefined;
	/** @returns undefined if SendPilot chooses the sender */
	senderOf(request: Request): string | undefined;
	/** Makes the call; never throws. */
	send(api: SendPilotApi, request: Request, session: SendSession): Promise<Delivery>;
}
