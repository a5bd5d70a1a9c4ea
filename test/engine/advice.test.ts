import type { FinishedRun } from '../../engine/run';
import type { FaultRule } from '../../sandbox';
import {
	deliveredTo,
	errorOf,
	people,
	personUrl,
	resumableWith,
	run,
	runWorkflow,
	SEND,
	toInvite,
	toProfile,
	useSandbox,
	workflowWith,
	type NodeSettings,
} from './support';

const use = useSandbox();
const SAFE = /safe to run the workflow again/;
const NEVER = /Do not run the whole workflow again/;

/** A refusal that goes away once the user has done what the error says. */
const refusal = (recipient: string): FaultRule => ({
	fault: 'status',
	status: 400,
	message: 'No',
	recipient,
});

/** What reaches a person: a node that does so for each item, and whom it has reached. */
const KINDS: Array<{ what: string; node: NodeSettings; reached: () => string[] }> = [
	{
		what: 'messages',
		node: { parameters: toProfile() },
		reached: () => deliveredTo(use.sandbox),
	},
	{
		what: 'invites',
		node: toInvite(),
		reached: () => use.sandbox.invited.map(({ recipientLinkedinUrl }) => recipientLinkedinUrl),
	},
];

describe.each(KINDS)(
	'whoever does what the error of a stopped run says $what nobody twice',
	({ node, reached }) => {
		/** Does that, and nothing else. */
		async function follow(failed: FinishedRun, count: number): Promise<void> {
			const { description } = errorOf(failed)!;
			if (SAFE.test(description)) {
				await run(use.sandbox, people(count), node);
				return;
			}
			expect(description).toMatch(NEVER);
			const changed: NodeSettings = { onError: 'continueErrorOutput' };
			const resume = resumableWith(failed, changed);
			await run(use.sandbox, people(count), { ...node, ...changed }, { resume, mode: 'retry' });
		}

		it.each<[string, FaultRule, count: number, advice: RegExp]>([
			['the first of three is refused', refusal('person-0'), 3, SAFE],
			['the second of three is refused', refusal('person-1'), 3, NEVER],
			['the last of three is refused', refusal('person-2'), 3, NEVER],
			['the only one is refused', refusal('person-0'), 1, SAFE],
			['the API key is refused', { fault: 'status', status: 401, message: 'No' }, 3, SAFE],
			['the daily limit is reached', { fault: 'dailyQuota', recipient: 'person-1' }, 3, NEVER],
			[
				'the first answer gets lost',
				{ fault: 'deliveredThen500', recipient: 'person-0' },
				3,
				NEVER,
			],
			['an answer gets lost', { fault: 'deliveredThen500', recipient: 'person-1' }, 3, NEVER],
			[
				'the last answer gets lost',
				{ fault: 'resetAfterDelivery', recipient: 'person-2' },
				3,
				NEVER,
			],
		])('%s', async (_name, fault, count, advice) => {
			use.sandbox.inject({ path: '/v1/inbox/', ...fault });
			const failed = await run(use.sandbox, people(count), node);
			expect(errorOf(failed)?.description).toMatch(advice);
			await follow(failed, count);
			expect(reached().sort()).toEqual(people(count).map((_, i) => personUrl(i)));
		});
	},
);

describe('running again is never called safe', () => {
	const SECOND = 'Send a follow-up';

	/** A second node sends to the same people, and fails with its first message. */
	const withFollowUp = (message: string) => {
		const { nodes, connections, pinData } = workflowWith(people(2), { parameters: toProfile() });
		const second = { ...nodes[1], id: 'second', name: SECOND };
		second.parameters = toProfile({
			recipientLinkedinUrl: '={{ $json.recipientLinkedinUrl }}',
			message,
		});
		const to = (node: string) => [[{ node, type: 'main' as const, index: 0 }]];
		return {
			nodes: [...nodes, second],
			connections: { ...connections, [SEND]: { main: to(SECOND) } },
			pinData,
		};
	};

	it('where another node of the workflow has sent', async () => {
		const failed = await runWorkflow(use.sandbox, withFollowUp(' '));
		expect(deliveredTo(use.sandbox)).toHaveLength(2);
		const { message, description } = errorOf(failed)!;
		expect(message).toBe('Message not sent: the message is empty. 0 of 2 sent in this run.');
		expect(description).toMatch(NEVER);
		expect(description).not.toMatch(SAFE);
	});

	it('in a retry, which does not know what a crashed execution has sent', async () => {
		use.sandbox.inject(refusal('person-0'));
		const settings = { mode: 'retry' as const };
		const failed = await run(use.sandbox, people(1), { parameters: toProfile() }, settings);
		expect(errorOf(failed)?.description).toMatch(NEVER);
	});

	it('in a sub-workflow, where the workflow that called it must not be retried either', async () => {
		use.sandbox.inject(refusal('person-0'));
		const settings = { mode: 'integrated' as const };
		const failed = await run(use.sandbox, people(1), { parameters: toProfile() }, settings);
		expect(errorOf(failed)?.description).toMatch(
			/the failed execution of this sub-workflow.*Do not run or retry the workflow that called it/,
		);
	});
});
