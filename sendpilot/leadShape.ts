import type { CallResult } from './http';

/** What an execution knows about the lead shape, kept with the state of the execution. */
export interface LeadShapeRecord {
	leadShape?: 'accepted' | 'refused';
}

/**
 * Finds out once whether this SendPilot accepts the lead shape of `POST /v1/inbox/send`. Until that is known,
 * one call tries it while the others wait for the result.
 */
export class LeadShape {
	private question: Promise<unknown> | undefined;

	/** @param record keeps the result, so that retries and loops need not ask again */
	constructor(private readonly record: LeadShapeRecord = {}) {}

	/**
	 * Makes the call, unless the shape is known or turns out to be refused.
	 *
	 * @param call sends in the lead shape; must not reject
	 * @param isRefusal whether the result says that SendPilot does not know the shape
	 * @returns the result of the call, or `refused`
	 */
	async unlessRefused(
		call: () => Promise<CallResult>,
		isRefusal: (result: CallResult) => boolean,
	): Promise<CallResult | 'refused'> {
		while (this.record.leadShape === undefined && this.question) await this.question;
		if (this.record.leadShape === 'refused') return 'refused';

		const asked = call();
		if (this.record.leadShape === undefined) this.question = asked;
		const result = await asked;
		this.question = undefined;

		if (isRefusal(result)) {
			this.record.leadShape = 'refused';
			return 'refused';
		}
		if (isAccepted(result)) this.record.leadShape ??= 'accepted';
		return result;
	}
}

function isAccepted(result: CallResult): boolean {
	return result.kind === 'answer' && result.answer.status >= 200 && result.answer.status < 300;
}
