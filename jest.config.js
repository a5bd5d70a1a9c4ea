/** Tests run in three rooms: `unit` needs no build, `engine` loads the built package, `e2e` a real n8n. */
const shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
};

module.exports = {
	projects: ['unit', 'engine'].map((room) => ({
		...shared,
		displayName: room,
		testMatch: [`<rootDir>/test/${room}/**/*.test.ts`],
	})),
};
