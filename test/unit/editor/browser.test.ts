import { startBrowser } from '../../../editor/browser';

const { CHROMIUM_PATH } = process.env;
afterEach(() => {
	if (CHROMIUM_PATH === undefined) delete process.env.CHROMIUM_PATH;
	else process.env.CHROMIUM_PATH = CHROMIUM_PATH;
});

it('says how to get a browser if there is none', async () => {
	process.env.CHROMIUM_PATH = '/no/such/chromium';
	await expect(startBrowser()).rejects.toThrow(/^No Chromium found\. Install .*CHROMIUM_PATH/);
});
