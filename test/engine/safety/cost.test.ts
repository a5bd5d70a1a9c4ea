import { INBOX_MAX_AGE_MS } from '../../../sendpilot/inbox';
import { LEAD_WAYS, named, PROFILE_WAYS, useOutreach, WAYS, type Way } from './ways';

const use = useOutreach();

type OnError = 'stopWorkflow' | 'continueErrorOutput';

/**
 * All checks on, for 100 people with whom there are more conversations than are looked at.
 *
 * @returns how many reads it took, for each time that the inbox had to be read: slow machines need longer than what
 * was read may be old
 */
async function reachHundred(way: Way, onError: OnError): Promise<number> {
	const outreach = use(way);
	const startedAt = Date.now();
	for (let number = 0; number < 120; number++) {
		outreach.talked(number, [{ direction: 'sent', content: 'Hi', hoursAgo: 200 - number }]);
	}
	const { output } = await outreach.send(outreach.people(100), {
		onError,
		safety: {
			...{ stopIfReplied: true, replySince: 'ourLastMessage', blockList: 'Northwind' },
			...{ maxPerDay: 200, maxPerRun: 150 },
			...(way.isByLead ? {} : { recipientCompany: 'Acme' }),
		},
	});
	expect(output).toHaveLength(100);
	expect(outreach.reached).toHaveLength(100);
	expect(outreach.reads).toContain('/v1/inbox/conversations');
	return outreach.reads.length / Math.ceil((Date.now() - startedAt) / INBOX_MAX_AGE_MS);
}

/** No checks but those that are on by default. */
async function reachFifty(way: Way, onError: OnError): Promise<string[]> {
	const outreach = use(way);
	await outreach.send(outreach.people(50), { onError });
	return [...outreach.reads].sort();
}

describe.each(named(WAYS))('what checks cost: %s', (_name, way) => {
	const leads = way.isByLead ? ['/v1/leads', '/v1/leads/:id'] : [];

	it('is at most 10 reads for 100 people of one sender with all checks on', async () => {
		expect(await reachHundred(way, 'stopWorkflow')).toBeLessThanOrEqual(10);
	});

	it('is one read by default, and two for the leads', async () => {
		expect(await reachFifty(way, 'stopWorkflow')).toEqual(['/v1/inbox/senders', ...leads]);
	});
});

describe.each(named(PROFILE_WAYS))(
	'what they cost if errors do not stop the run: %s',
	(_name, way) => {
		it('is no more with all checks on', async () => {
			expect(await reachHundred(way, 'continueErrorOutput')).toBeLessThanOrEqual(10);
		});

		it('is no more by default', async () => {
			expect(await reachFifty(way, 'continueErrorOutput')).toEqual(['/v1/inbox/senders']);
		});
	},
);

// Of a list that goes on after errors, 16 items are read before the first call. The list of leads is read once,
// for these; all others are read one by one.
describe.each(named(LEAD_WAYS))(
	'what they cost if errors do not stop the run: %s',
	(_name, way) => {
		it('is no more with all checks on', async () => {
			expect(await reachHundred(way, 'continueErrorOutput')).toBeLessThanOrEqual(10);
		});

		it('is no more by default', async () => {
			const reads = ['/v1/inbox/senders', '/v1/leads', '/v1/leads/:id'];
			expect(await reachFifty(way, 'continueErrorOutput')).toEqual(reads);
		});
	},
);
