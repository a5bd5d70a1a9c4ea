import { describeCrashes } from './queueMode/crashes';
import { describeEvents } from './queueMode/events';
import { useQueueMode } from './queueMode/place';
import { describeSends } from './queueMode/sends';

const place = useQueueMode();

describeSends(place);
describeEvents(place);
describeCrashes(place);
