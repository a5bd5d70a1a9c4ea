import { SECRET } from '../../triggerSupport';
import { createTrigger, deliver, startedBy, until, type SavedTrigger } from '../support';
import type { QueuePlace } from './place';

const ALL_OK = (count: number) => Array<number>(count).fill(200);

/** SendPilot's trigger at both webhook processors. */
export function describeEvents(place: QueuePlace): void {
	/** An active trigger, and its URL at each of the two processors. */
	async function twoUrls(): Promise<{ trigger: SavedTrigger; urls: string[] }> {
		const trigger = await createTrigger(place);
		await place.client.activate(trigger.workflow);
		const { pathname } = new URL(trigger.url);
		return { trigger, urls: place.n8n.webhooks.map(({ url }) => url + pathname) };
	}

	/** From now on, SendPilot's events go to these URLs only. */
	function sendTo(...urls: string[]): void {
		for (const { url } of place.sandbox.webhooks.list()) register(url, []);
		for (const url of urls) register(url);
	}

	function register(url: string, events?: string[]): void {
		place.sandbox.webhooks.register({ url, secret: SECRET, scheme: 'svix', events });
	}

	const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `evt_${index}`);

	/** How many executions got each event past the trigger. */
	async function passes(trigger: SavedTrigger): Promise<Record<string, number>> {
		const counts: Record<string, number> = {};
		for (const items of await startedBy(place, trigger)) {
			for (const { eventId } of items) counts[String(eventId)] = (counts[String(eventId)] ?? 0) + 1;
		}
		return counts;
	}

	const once = (events: string[]) => Object.fromEntries(events.map((id) => [id, 1]));

	describe("SendPilot's trigger at two webhook processors", () => {
		it('starts one execution for each event, at whichever it arrives', async () => {
			const { trigger, urls } = await twoUrls();
			for (const [index, eventId] of idsOf(20).entries()) {
				sendTo(urls[index % 2]);
				expect(await deliver(place, { eventType: 'message.sent', eventId })).toEqual([200]);
			}
			expect(await passes(trigger)).toEqual(once(idsOf(20)));
		});

		it('rejects what is forged, at both', async () => {
			const { trigger, urls } = await twoUrls();
			sendTo(...urls);
			const answers = await deliver(place, 'message.sent', { signature: 'forged', times: 20 });
			expect(answers).toEqual(Array(40).fill(401));
			expect(await startedBy(place, trigger)).toEqual([]);
		});

		it('starts nothing for a repeat that arrives at the other one straight afterwards', async () => {
			const { trigger, urls } = await twoUrls();
			for (const eventId of idsOf(20)) {
				for (const url of urls) {
					sendTo(url);
					expect(await deliver(place, { eventType: 'message.sent', eventId })).toEqual([200]);
				}
			}
			expect(await startedBy(place, trigger)).toHaveLength(20);
		});

		it('lets an event that arrives at both at once pass once', async () => {
			const { trigger, urls } = await twoUrls();
			sendTo(...urls);
			for (const eventId of idsOf(30)) {
				expect(await deliver(place, { eventType: 'message.sent', eventId })).toEqual(ALL_OK(2));
			}
			expect(await passes(trigger)).toEqual(once(idsOf(30)));
		});

		it('remembers events while the workflow is switched off and on', async () => {
			const { trigger, urls } = await twoUrls();
			sendTo(...urls.slice(0, 1));
			const before = { eventType: 'message.sent', eventId: 'evt_before' };
			expect(await deliver(place, before)).toEqual([200]);
			await startedBy(place, trigger);
			await place.client.deactivate(trigger.workflow);
			for (const url of urls) await untilOff(url);
			sendTo(...urls);
			expect(await deliver(place, 'message.sent')).toEqual([404, 404]);
			await place.client.activate(await place.client.workflow(trigger.workflow.id));
			for (const [index, url] of urls.entries()) {
				sendTo(url);
				expect(await deliver(place, before)).toEqual([200]);
				const after = { eventType: 'message.sent', eventId: `evt_after_${index}` };
				expect(await deliver(place, after)).toEqual([200]);
			}
			expect(await passes(trigger)).toEqual(once(['evt_before', 'evt_after_0', 'evt_after_1']));
		});
	});
}

/** The processors notice a moment later. */
async function untilOff(url: string): Promise<void> {
	await until('the URL to be off', async () => {
		const { status } = await fetch(url, { method: 'POST' });
		return status === 404;
	});
}
