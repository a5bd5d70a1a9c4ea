import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Conversation } from '../../../sendpilot/contract/conversation';
import { listConversations } from '../../../sendpilot/conversation';
import { matchPerson, type WantedPerson } from '../../../sendpilot/matchPerson';
import { ExplainedError } from '../../shared/explanation';
import { itemOperation, type ItemRun } from '../../shared/itemOperation';
import { filtersField, LIST_FIELDS, listed } from '../../shared/listFields';
import { senderLocator } from '../../shared/locators';
import { isTool } from '../../shared/reach/executionRecord';
import { profileUrl as assertProfileUrl } from '../../shared/reach/requestFields';
import { SHAPE_FIELDS, shapeOf, type Simplify } from '../../shared/shape';
import { choiceOf, CHOICE_FIELDS } from './choice';
import { simplifyConversation } from './simplify';

/** How many of a sender's newest conversations are searched for a person. */
const SEARCHED = 800;

const MATCH_PERSON = {
	displayName: 'Match Person',
	name: 'matchPerson',
	type: 'collection',
	placeholder: 'Add name or URL',
	default: {},
	description: `Find the conversation with one person, among the newest ${SEARCHED} of the sender, who must be chosen above. Give the name too: LinkedIn hides profile addresses in most conversations. If nobody is found, there is no output.`,
	options: [
		{
			displayName: 'LinkedIn Profile URL',
			name: 'profileUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://www.linkedin.com/in/jane-doe',
			description: "The address of the person's profile page",
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Jane Doe',
			description:
				'The full name, compared without case and accents. If several people have it, all are output, marked as ambiguous. So are groups.',
		},
	],
} satisfies INodeProperties;

/** Conversation → Get Many. */
export const getAll = itemOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many conversations',
	description:
		'List LinkedIn conversations, newest first, e.g. those with replies; or find the one with a person',
	effect: 'read',
	fields: [
		senderLocator({
			displayName: 'Sender',
			name: 'senderId',
			hint: 'Empty lists the conversations of all senders',
			description: 'The LinkedIn account whose conversations to list',
		}),
		...LIST_FIELDS,
		...SHAPE_FIELDS,
		filtersField(CHOICE_FIELDS),
		MATCH_PERSON,
	],
	async runItem(item) {
		const { api, fields } = item;
		const senderId = fields.optionalId('senderId');
		const shape = shapeOf(item, simplifyConversation);
		const person = {
			profileUrl: fields.optionalText('matchPerson.profileUrl'),
			name: fields.optionalText('matchPerson.name'),
		};
		if (Object.keys(fields.collection('matchPerson')).length > 0) {
			return await withPerson(item, senderId, person, shape);
		}
		return await listed(item, shape, (options) => listConversations(api, senderId, options), {
			choice: choiceOf(fields),
		});
	},
});

async function withPerson(
	{ api, context, fields, once }: ItemRun,
	senderId: string | undefined,
	person: WantedPerson,
	shape: Simplify<Conversation>,
): Promise<IDataObject[]> {
	if (senderId === undefined) {
		throw new ExplainedError(
			'the field Sender is empty, so a person cannot be matched',
			'Choose a Sender: people with the same name talk to different senders.',
		);
	}
	if (person.name === undefined && person.profileUrl === undefined) {
		throw new ExplainedError(
			'Match Person has neither a LinkedIn Profile URL nor a Name',
			'Fill in one of them, or remove both to list all conversations. If they come from expressions, check that this item has values there.',
		);
	}
	// By a name they are found all the same, and the output says so.
	if (person.name === undefined) assertProfileUrl(person.profileUrl);
	const { isWanted = () => true } = choiceOf(fields) ?? {};
	const all = await once(senderId, async () => {
		const newest: Conversation[] = [];
		const pages = listConversations(api, senderId, { max: SEARCHED });
		for await (const page of pages) newest.push(...page);
		return newest;
	});
	const found = matchPerson(all, person).filter(({ conversation }) => isWanted(conversation));
	if (found.length === 0) {
		const what = `no conversation of this sender is with ${person.name ?? person.profileUrl}; the newest ${all.length} were searched`;
		const next =
			person.name === undefined ? 'Add the name: most conversations hide profile addresses.' : '';
		// An agent sees no hints, and takes no output for no answer.
		if (isTool(context)) throw new ExplainedError(what, next);
		const message = `Not found: ${what}. ${next}`.trim();
		context.addExecutionHints({ message, location: 'outputPane' });
	}
	return found.map(({ conversation, match }) => ({
		...shape(conversation),
		match: { ...match },
	}));
}
