import { z } from 'zod';
import { webhookUrl } from '../../sendpilot/contract/fields';

const LOCAL = /^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/;

/** The `webhook_url` of a job. On this machine, where nothing has HTTPS, plain HTTP is fine too. */
export const callableUrl = z.union([z.string().regex(LOCAL), webhookUrl]);
