import { changeOperation } from './change';

/** Campaign → Resume. */
export const resume = changeOperation('resume', {
	name: 'Resume',
	action: 'Resume a campaign',
	description: 'Let a paused campaign go on, each lead where it was',
});
