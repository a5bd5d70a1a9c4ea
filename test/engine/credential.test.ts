import { deliveredTo, loader, people, personUrl, run, toProfile, useSandbox } from './support';

const use = useSandbox();

describe('the SendPilot credential', () => {
	it('works with a key that was pasted with blanks around it', async () => {
		const { apiKey, url } = use.sandbox;
		const credentials = { sendPilotApi: { apiKey: ` ${apiKey}\n`, baseUrl: url } };
		const { data } = await run(
			use.sandbox,
			people(1),
			{ parameters: toProfile() },
			{ credentials },
		);
		expect(data.resultData.error).toBeUndefined();
		expect(deliveredTo(use.sandbox)).toEqual([personUrl(0)]);
		expect(JSON.stringify(data)).not.toContain(apiKey);
	});

	it('is offered in n8n’s HTTP Request node, whose list omits what does not authenticate', async () => {
		const { type } = (await loader).credentialTypes.sendPilotApi;
		// n8n's editor gets a copy of the properties.
		expect(JSON.parse(JSON.stringify({ ...type }))).toHaveProperty('authenticate', {});
	});
});
