import { byId, deliveredTo, errorOf, run, toLead, toProfile, useSandbox } from './support';
import { PROFILE_URL_EXPLANATIONS } from '../../nodes/shared/profileUrlExplanations';

const use = useSandbox();
/** What is safe to do after an error before any call. */
const SAFE =
	'This node has sent nothing in this execution, so it is safe to run the workflow again, unless another part of it, such as a sub-workflow, sends messages too.';

const JANE = 'https://www.linkedin.com/in/jane-doe';

/** Runs one item, and gives its error; proves that SendPilot was not asked anything. */
async function refusalOf(item: object, parameters = toProfile()) {
	const finished = await run(use.sandbox, [{ ...item }], { parameters });
	expect(use.sandbox.requests).toEqual([]);
	return errorOf(finished);
}

describe('a LinkedIn profile URL that cannot be used is refused before any call', () => {
	it.each([
		['', PROFILE_URL_EXPLANATIONS.empty],
		['   ', PROFILE_URL_EXPLANATIONS.empty],
		[null, PROFILE_URL_EXPLANATIONS.empty],
		[{ url: JANE }, PROFILE_URL_EXPLANATIONS.notText],
		[[JANE], PROFILE_URL_EXPLANATIONS.notText],
		[42, PROFILE_URL_EXPLANATIONS.notText],
		[`${JANE}, https://www.linkedin.com/in/omar-haddad`, PROFILE_URL_EXPLANATIONS.several],
		['jane doe', PROFILE_URL_EXPLANATIONS.unreadable],
		['https://example.com/in/jane-doe', PROFILE_URL_EXPLANATIONS.otherSite],
		['https://linkedin.com.evil.example/in/jane-doe', PROFILE_URL_EXPLANATIONS.otherSite],
		['https://lnkd.in/abc', PROFILE_URL_EXPLANATIONS.shortLink],
		['https://www.linkedin.com/company/acme/', PROFILE_URL_EXPLANATIONS.company],
		['https://www.linkedin.com/school/mit/', PROFILE_URL_EXPLANATIONS.company],
		['https://www.linkedin.com/sales/lead/ACwAAA,NAME', PROFILE_URL_EXPLANATIONS.salesNavigator],
		['https://www.linkedin.com/talent/profile/AEMAA', PROFILE_URL_EXPLANATIONS.recruiter],
		[
			'https://www.linkedin.com/in/ACoAABsandbox0000000000000000000000000',
			PROFILE_URL_EXPLANATIONS.opaqueId,
		],
		['https://www.linkedin.com/pub/jane/1/2/3', PROFILE_URL_EXPLANATIONS.oldPublicProfile],
		['https://www.linkedin.com/feed/', PROFILE_URL_EXPLANATIONS.otherPage],
		['https://www.linkedin.com/in/', PROFILE_URL_EXPLANATIONS.noProfileName],
		['https://www.linkedin.com/in/undefined', PROFILE_URL_EXPLANATIONS.noValue],
		['https://www.linkedin.com/in/[object Object]', PROFILE_URL_EXPLANATIONS.noValue],
		['https://www.linkedin.com/in/me', PROFILE_URL_EXPLANATIONS.ownProfile],
	])('%j', async (url, { what, next }) => {
		expect(await refusalOf({ url })).toEqual({
			name: 'NodeOperationError',
			message: `Message not sent: ${what}`,
			description: `${next} ${SAFE}`,
			itemIndex: 0,
		});
	});
});

describe('a message', () => {
	it.each([
		['7,999 letters', 'a'.repeat(7_999)],
		['8,000 letters', 'a'.repeat(8_000)],
		['8,000 emoji of two UTF-16 units each', '🚀'.repeat(8_000)],
		['8,000 characters of emoji that are joined', '👩‍💻'.repeat(2_666) + 'ab'],
	])('of %s is sent whole', async (_name, message) => {
		await run(use.sandbox, [{ url: JANE, message }], { parameters: toProfile() });
		expect(use.sandbox.delivered.map((sent) => sent.message)).toEqual([message]);
	});

	it.each([
		['letters', 'a'.repeat(8_001)],
		['characters, the last an emoji', `${'a'.repeat(8_000)}🚀`],
	])('of 8,001 %s is refused before any call', async (_name, message) => {
		expect(await refusalOf({ url: JANE, message })).toMatchObject({
			message:
				'Message not sent: the message has 8001 characters, more than the 8000 that SendPilot allows',
			description: `Shorten Message by at least 1 character. ${SAFE}`,
		});
	});

	it.each(['', ' ', '\n\t\u00a0'])(
		'of nothing but white space (%j) is refused',
		async (message) => {
			expect((await refusalOf({ url: JANE, message }))?.message).toBe(
				'Message not sent: the message is empty',
			);
		},
	);

	it.each([[5], [true], [{ text: 'Hi' }], [['Hi']]])(
		'that is no text (%j) is refused',
		async (message) => {
			expect((await refusalOf({ url: JANE, message }))?.message).toBe(
				'Message not sent: the message is not text',
			);
		},
	);
});

describe('sender and lead', () => {
	it.each([
		['an empty sender', toProfile({ senderId: byId('={{ "" }}') }), 'no sender is chosen'],
		[
			'the automatic sender for a profile',
			toProfile({ senderId: byId('automatic') }),
			'the Sender is Automatic, which only works for a message whose Recipient is a SendPilot Lead',
		],
		['an empty lead', toLead({ leadId: byId('={{ "" }}') }), 'no lead is chosen'],
		[
			'a lead that is a list',
			toLead({ leadId: byId('={{ ["lead_jane"] }}') }),
			'the ID of the lead is not text',
		],
	])('%s is refused before any call', async (_name, parameters, what) => {
		expect((await refusalOf({ url: JANE }, parameters))?.message).toBe(`Message not sent: ${what}`);
	});

	it('may be numbers, as CRMs give them', async () => {
		use.sandbox.seed.senders[0].id = '42';
		const parameters = toProfile({ senderId: byId('={{ 42 }}') });
		await run(use.sandbox, [{ url: JANE }], { parameters });
		expect(use.sandbox.delivered).toEqual([expect.objectContaining({ senderId: '42' })]);
	});
});

describe('options', () => {
	it.each([
		[{ timeout: 0 }, 'Timeout'],
		[{ timeout: 3_601 }, 'Timeout'],
		[{ timeout: '={{ "soon" }}' }, 'Timeout'],
		[{ timeout: '={{ "" }}' }, 'Timeout'],
		[{ maxRateLimitWait: -1 }, 'Max Rate-Limit Wait'],
		[{ parallelSenders: 0 }, 'Parallel Senders'],
		[{ minDelay: 90_000 }, 'Min Delay Between Messages'],
		[
			{ minDelay: 2, maxDelay: 1 },
			'Min Delay Between Messages (Seconds) is 2, which is more than Max Delay Between Messages (Seconds), 1',
		],
		[{ minDelay: '={{ $json.a.b.c }}' }, 'Min Delay Between Messages (Seconds) must be a number'],
		[
			{ timeout: '={{ $("Nowhere").item.json.a }}' },
			'the field Timeout (Seconds) could not be read: ',
		],
	])('%j are refused before any call', async (options, says) => {
		expect((await refusalOf({ url: JANE }, toProfile({ options })))?.message).toContain(says);
	});
});

it('an unknown recipient kind is refused before any call', async () => {
	const error = await refusalOf({ url: JANE }, toProfile({ recipient: 'company' }));
	expect(error?.message).toContain('there is no Recipient "company"');
});

it('an expression that fails is an error of its item, and nothing is sent', async () => {
	const items = [{ url: JANE }, { url: JANE, broken: true }];
	const message = '={{ $json.broken ? $("Nowhere").item.json.a : "Hello" }}';
	const finished = await run(use.sandbox, items, { parameters: toProfile({ message }) });
	expect(errorOf(finished)).toMatchObject({
		itemIndex: 1,
		message: expect.stringMatching(/^Message not sent: the field Message could not be read: /),
		description: expect.stringContaining('Check the expression in Message.'),
	});
	expect(deliveredTo(use.sandbox)).toEqual([]);
});
