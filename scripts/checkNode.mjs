import { readFileSync } from 'node:fs';

// `npm ci` brings Node 24; where npm blocks install scripts, the user's own Node runs everything.
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [major, minor] = engines.node.match(/\d+/g).map(Number);
const [runningMajor, runningMinor] = process.versions.node.split('.').map(Number);
const isNewEnough = runningMajor > major || (runningMajor === major && runningMinor >= minor);

if (!isNewEnough) {
	console.error(
		`Node.js ${process.versions.node} is too old: this project needs ${major}.${minor} or later.\n` +
			'Install the current LTS release from https://nodejs.org, then run `npm ci` again.',
	);
	process.exitCode = 1;
}
