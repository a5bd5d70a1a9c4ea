/** Tests run in three rooms: `unit` needs no build, `engine` loads the built package, `e2e` a real n8n. */
const shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
};

const room = (name) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	globalSetup: '<rootDir>/test/setup.ts',
	globalTeardown: '<rootDir>/test/teardown.ts',
});

module.exports = {
	// Only so that a test that hangs ends: machines are slow at times.
	testTimeout: 300_000,
	projects: [
		room('unit'),
		room('engine'),
		{
			...room('e2e'),
			globalSetup: '<rootDir>/test/e2e/setup.ts',
			globalTeardown: '<rootDir>/test/e2e/teardown.ts',
		},
	],
};
