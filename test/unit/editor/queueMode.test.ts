import { SETTINGS, settingsOf, TEST_TIMES } from '../../../editor/queueMode/settings';

describe('the settings of queue mode', () => {
	it('differ in the tests only in times that are documented', () => {
		expect(Object.keys(SETTINGS.all)).toEqual(expect.arrayContaining(Object.keys(TEST_TIMES)));
	});

	it('give each process what all have, and what its role needs', () => {
		expect(settingsOf('worker')).toMatchObject({
			EXECUTIONS_MODE: 'queue',
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		});
		expect(settingsOf('main')).not.toHaveProperty('QUEUE_HEALTH_CHECK_ACTIVE');
	});
});
