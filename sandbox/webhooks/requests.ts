import { z } from 'zod';
import { EVENT_ALIASES } from '../../sendpilot/contract/event';
import { canonical, isCurrent, WORKSPACE_ID } from './payloads';
import { canSignWith, SCHEMES } from './schemes';

const eventName = z.string().refine(
	(name) => isCurrent(canonical(name)),
	(name) => ({
		message: `${name} is no event of SendPilot (older names: ${Object.keys(EVENT_ALIASES).join(', ')})`,
	}),
);

/** Checks a {@link Registration}. */
export const registration = z
	.object({
		/** Where to POST events; redirects are not followed. */
		url: z
			.string()
			.url()
			.regex(/^https?:/, 'must begin with http:// or https://'),
		/** Any text for `hex`; `whsec_` and base64, or base64 alone, for the others. */
		secret: z.string().min(1),
		/** See {@link SCHEMES}. */
		scheme: z.enum(SCHEMES),
		/** Events it wants, by current or older name; all of them without this list. */
		events: z.array(eventName).optional(),
	})
	.strict()
	.refine(({ scheme, secret }) => canSignWith(scheme, secret), {
		path: ['secret'],
		message: 'must be base64, with or without whsec_ before it, for the schemes svix and standard',
	});

/** A URL that gets events. */
export type Registration = z.infer<typeof registration>;

const eventSpec = z.object({
	/** Any name, also an older or an unknown one; registrations choose by it. */
	eventType: z.string().min(1),
	/** A new one unless given. */
	eventId: z.string().min(1).optional(),
	/** null leaves it out, as has been met. */
	workspaceId: z.string().nullable().default(WORKSPACE_ID),
	/** In place of the example's; `{}` is what Send Test Event is taken to send. */
	data: z.record(z.unknown()).optional(),
	/** How many leads a job event holds, as long as `data` is not given. */
	leads: z.number().int().min(0).default(1),
	/** In place of the whole envelope: a text goes out as it is, JSON or not, and all else as JSON. */
	body: z.unknown(),
});

const emitOptions = z.object({
	/** How often it arrives, all at one time and under one id. */
	times: z.number().int().min(1).max(10_000).default(1),
	/** By how many seconds the signature's clock is wrong; negative for the past. */
	clockSkewSeconds: z.number().int().default(0),
	/** `forged` is made with somebody else's secret; `none` leaves all signature headers out. */
	signature: z.enum(['right', 'forged', 'none']).default('right'),
	/** The secret before a rotation that is not over yet; it signs beside the registered one. */
	oldSecret: z.string().min(1).optional(),
});

/** Checks what to emit and how, as the control route takes it: both in one object. */
export const emission = eventSpec.merge(emitOptions).strict();

/** What to send to the webhooks. */
export type EventSpec = z.input<typeof eventSpec>;

/** How to send it. */
export type EmitOptions = z.input<typeof emitOptions>;

/** A checked event with all defaults filled in. */
export type Emission = z.output<typeof emission>;
