import type { CallResult } from './http';

/** What an execution knows of the lead shape, kept where the execution keeps its state. */
export interface LeadShapeRecord {
	leadShape?: 'accepted' | 'refused';
}

/**
 * Learns once whether this SendPilot takes the lead shape of `POST /v1/inbox/send`. As long as that
 * is not known, one call at a time asks, and the others wait for what it learns.
 */
export class LeadShape {
	private question: Promise<unknown> | undefined;

	/** @param record where the lesson is kept, so that retries and loops do not ask again */
	constructor(private readonly record: LeadShapeRecord = {}) {}

	/**
	 * Makes the call, unless it is known, or turns out, that the shape is refused.
	 *
	 * @param call sends in the lead shape; must not reject
	 * @param isRefusal whether the end of the call says that the shape is unknown to SendPilot
	 * @returns the end of the call, or `refused`
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
