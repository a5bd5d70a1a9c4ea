import { z } from 'zod';

// Fields of replies. One that is missing, null or of an undocumented type never makes a reply unreadable.

/** Text that may be missing or null; anything else counts as missing. */
export const optionalText = z.string().nullish().catch(undefined);

/** A number that may be missing or null; anything else counts as missing. */
export const optionalNumber = z.number().nullish().catch(undefined);

/** A boolean that may be missing or null; anything else counts as missing. */
export const optionalFlag = z.boolean().nullish().catch(undefined);

/** An object with unknown names that may be missing or null; anything else counts as missing. */
export const optionalObject = z.record(z.string(), z.unknown()).nullish().catch(undefined);

/** A list of anything that may be missing or null; anything else counts as missing. */
export const optionalList = z.array(z.unknown()).nullish().catch(undefined);

/** Why a reply to a change does not count: it says neither that it was done nor what there is now. */
export const UNCONFIRMED = 'the reply does not confirm the change';

// Fields of requests.

/** The id of something in SendPilot: opaque, never empty. */
export const id = z.string().min(1);

/** A public address that SendPilot calls when a job has finished. */
export const webhookUrl = z.string().url().startsWith('https://');
