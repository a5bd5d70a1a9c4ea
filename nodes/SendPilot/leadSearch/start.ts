import { SEARCHES_PATH } from '../../../sendpilot/contract/leadSearch';
import { listSearchResults, readSearch } from '../../../sendpilot/leadSearch';
import { SEARCH } from '../job/kinds';
import { startOperation } from '../job/start';
import { readSearchBody, START_FIELDS } from './startFields';

/** Lead Search → Start. */
export const start = startOperation(
	{
		kind: SEARCH,
		historyKind: 'leadSearch',
		path: SEARCHES_PATH,
		fields: START_FIELDS,
		readBody: readSearchBody,
		readStatus: readSearch,
		listResults: listSearchResults,
	},
	{
		action: 'Start a lead search',
		description:
			"Search SendPilot's lead database for people, which costs credits; outputs the ID and the estimated cost",
	},
);
