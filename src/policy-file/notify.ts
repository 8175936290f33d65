import { z } from 'zod';
import { type NotifyBounds, notifyKinds } from '../domain/policy/policy.ts';
import { found, positiveMinutes } from './values.ts';

/** What people may choose for themselves. */
export const notify = z.strictObject({
  allow: z
    .array(z.enum(notifyKinds, { error: found('again, mail or webhook') }))
    .min(1, 'expected at least one of again, mail and webhook')
    .default([...notifyKinds])
    .describe('How: by a message again, by mail, or by one of the webhooks.'),
  earliest: positiveMinutes.default(5).describe('Not sooner than that; 5 min unless told otherwise.'),
  at_most: z
    .int({ error: found('a whole number') })
    .min(1, { error: found('1 or more') })
    .max(10, { error: found('10 or less') })
    .default(5)
    .describe('So many rules a person; 5 unless told otherwise.'),
});

export function toNotify({ allow, earliest, at_most }: z.output<typeof notify>): NotifyBounds {
  return { allow, earliestMinutes: earliest, atMost: at_most };
}
