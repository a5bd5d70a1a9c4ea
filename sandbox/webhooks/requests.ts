import { z } from 'zod';
import { EVENT_ALIASES } from '../../sendpilot/contract/event';
import { canonical, isCurrent, WORKSPACE_ID } from './payloads';
import { canSignWith, SCHEMES } from './schemes';

const eventName = z.string().refine(
	(name) => isCurrent(canonical(name)),
	(name) => ({
		message: `${name} is not a SendPilot event (older names: ${Object.keys(EVENT_ALIASES).join(', ')})`,
	}),
);

/** Checks a {@link Registration}. */
export const registration = z
	.object({
		/** Where to post events; redirects are not followed. */
		url: z
			.string()
			.url()
			.regex(/^https?:/, 'must begin with http:// or https://'),
		/** Any text for `hex`; base64 for the others, with or without `whsec_` before it. */
		secret: z.string().min(1),
		/** See {@link SCHEMES}. */
		scheme: z.enum(SCHEMES),
		/** The selected events, by current or older name. Default: all events. */
		events: z.array(eventName).optional(),
	})
	.strict()
	.refine(({ scheme, secret }) => canSignWith(scheme, secret), {
		path: ['secret'],
		message: 'must be base64, with or without whsec_ before it, for the schemes svix and standard',
	});

/** A URL that receives events. */
export type Registration = z.infer<typeof registration>;

/** Checks a {@link TestEvent}. */
export const testEvent = z
	.object({
		/** A registered URL. */
		url: z.string().min(1),
		/** A current or older name, even one that the webhook has not selected. */
		eventType: eventName.default('message.sent'),
	})
	.strict();

/** What Send Test Event sends, and where to. */
export type TestEvent = z.input<typeof testEvent>;

const eventSpec = z.object({
	/** Any name, including older and unknown ones. Only webhooks that selected it receive the event. */
	eventType: z.string().min(1),
	/** Default: a new id. */
	eventId: z.string().min(1).optional(),
	/** null omits it, as SendPilot sometimes does. */
	workspaceId: z.string().nullable().default(WORKSPACE_ID),
	/** Replaces the example data. */
	data: z.record(z.unknown()).optional(),
	/** How many leads a job event contains, unless `data` is given. */
	leads: z.number().int().min(0).default(1),
	/** Replaces the whole envelope: text is sent unchanged, JSON or not, and anything else as JSON. */
	body: z.unknown(),
});

const emitOptions = z.object({
	/** How often it arrives, all at the same time and with the same id. */
	times: z.number().int().min(1).max(10_000).default(1),
	/** How far off the signature's clock is, in seconds; negative for the past. */
	clockSkewSeconds: z.number().int().default(0),
	/** `forged` signs with a wrong secret; `none` omits all signature headers. */
	signature: z.enum(['right', 'forged', 'none']).default('right'),
	/** The previous secret, during a rotation; it signs in addition to the registered one. */
	oldSecret: z.string().min(1).optional(),
});

/** Checks what to emit and how, both in one object, as the control route receives it. */
export const emission = eventSpec.merge(emitOptions).strict();

/** The event to send to the webhooks. */
export type EventSpec = z.input<typeof eventSpec>;

/** How to send it. */
export type EmitOptions = z.input<typeof emitOptions>;

/** A checked event with its defaults filled in. */
export type Emission = z.output<typeof emission>;
