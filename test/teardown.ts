import { rmSync } from 'node:fs';

/** Removes the temporary folder of the tests, with all that is in it. */
export default function teardown(): void {
	rmSync(process.env.TESTS_FOLDER!, { recursive: true, force: true, maxRetries: 3 });
}
