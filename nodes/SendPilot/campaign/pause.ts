import { changeOperation } from './change';

/** Campaign → Pause. */
export const pause = changeOperation('pause', {
	name: 'Pause',
	action: 'Pause a campaign',
	description: 'Stop a campaign for now; steps that are under way may still go out',
});
