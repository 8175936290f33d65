import { z } from 'zod';
import type { Policy } from '../domain/policy/policy.ts';
import { channel } from './ladder.ts';
import { email, timeOfWeek, zone } from './values.ts';

/** What marketing learns of its leads. */
export const marketing = z.strictObject({
  people: z
    .array(email)
    .min(1, 'expected at least one person')
    .describe('Who may ask what sales sent back; they take no leads for it.'),
  tell_channel: channel
    .optional()
    .describe(
      'The id of a channel that gets the report of each week; unless told otherwise each of the people does.',
    ),
  weekly: timeOfWeek.prefault('monday 08:00').describe('When it comes: monday 08:00 unless told otherwise.'),
  zone: zone.optional().describe("The time zone of its weeks; the first team's unless told otherwise."),
});

/** Nothing where the policy has no such key. */
export function toMarketing(
  raw: z.output<typeof marketing> | undefined,
  usualZone = 'UTC',
): Pick<Policy, 'marketing'> {
  if (!raw) return {};
  const { people, tell_channel, weekly, zone: written } = raw;
  return { marketing: { people, channel: tell_channel ?? null, weekly, zone: written ?? usualZone } };
}
