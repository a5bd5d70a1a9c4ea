import { RETRY_SAVED } from '../../shared/reach/peopleSteps';
import type { Words } from '../../shared/reach/words';
import type { JobKind } from './kinds';

/** The words for starting a search or an extraction, which costs credits each time. */
export function startWords({ noun, resource, place }: JobKind): Words {
	const Noun = noun.charAt(0).toUpperCase() + noun.slice(1);
	const check = `Check ${place} in SendPilot in a few minutes. If the ${noun} is there, go on with its ID: use ${resource}: Get, then Get Results. Only if it is not there, start it again: in a new execution, with this item alone.`;
	const retry = `press Retry: what was started is not started again. If you changed the workflow, choose ${RETRY_SAVED}.`;
	return {
		noun,
		Noun,
		did: 'started',
		problems: {
			forbidden: {
				what: 'SendPilot denied access',
				next: 'Check in SendPilot that enough credits are left, and that your plan and the API key include this.',
			},
			dailyQuota: {
				what: 'SendPilot reports that a limit is reached',
				next: 'Wait until it is reset, or ask SendPilot to raise it.',
			},
			declined: {
				what: `SendPilot reports that it did not start the ${noun}`,
				next: 'Fix what SendPilot describes.',
			},
			interrupted: {
				what: `An earlier attempt may have started this ${noun}, perhaps with other settings`,
				next: '',
			},
			forgotten: {
				what: 'An earlier attempt at this execution may have started it, and this node no longer remembers',
				next: '',
			},
			historyUnavailable: {
				what: `The ${noun} could not be recorded in n8n first`,
				next: "Check that the workflow is saved and that n8n's database works.",
			},
			notStarted: { what: `The execution was cancelled before this ${noun}`, next: '' },
		},
		uncertain: {
			tool: `Do not start it again: it costs credits each time. Tell the user to check ${place} in SendPilot in a few minutes.`,
			item: check,
			runAfterSending: check,
			runWithoutSending: check,
			subWorkflow: check,
		},
		notSent: {
			tool: 'It was not started and costs nothing, so it is safe to call this tool again once that is fixed.',
			item: `Then run the workflow again with only the items whose error starts with "${Noun} not started": the others were started, or may have been.`,
			runAfterSending: `Then open this execution under Executions and ${retry}`,
			runWithoutSending:
				'This node has started nothing in this execution, so it is safe to run the workflow again, unless another part of it starts something too.',
			subWorkflow: `Then open the failed execution of this sub-workflow under Executions and ${retry}`,
		},
		notAgain: `Do not start it again before somebody has checked ${place} in SendPilot`,
		skipped: (count, all) =>
			`${count} of ${all} not started again: this execution has started the same ${noun} before.`,
	};
}
