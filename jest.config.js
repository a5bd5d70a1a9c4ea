const shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
};

const project = (name) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	globalSetup: '<rootDir>/test/setup.ts',
	globalTeardown: '<rootDir>/test/teardown.ts',
});

/**
 * `unit` needs no build, `engine` loads the built package, `e2e` drives a real n8n, and `install` needs
 * the network: it installs a package with the npm of this machine.
 */
module.exports = {
	// Only ends a test that hangs: some machines are slow.
	testTimeout: 300_000,
	// By default, one core stays free: of two, that is half.
	maxWorkers: '100%',
	projects: [
		project('unit'),
		project('engine'),
		project('install'),
		{
			...project('e2e'),
			globalSetup: '<rootDir>/test/e2e/setup.ts',
			globalTeardown: '<rootDir>/test/e2e/teardown.ts',
		},
	],
};
