import { z } from 'zod';
import type { Policy } from '../domain/policy/policy.ts';
import { timeOfDay, timeOfWeek } from './values.ts';

/** What comes to people by itself. */
export const summaries = z.strictObject({
  reps: timeOfDay
    .optional()
    .describe(
      'When reps get the list of what waits for them, on the days that they work; not unless told otherwise.',
    ),
  managers: timeOfWeek
    .optional()
    .describe('When managers get what their week was like; not unless told otherwise.'),
});

/** Nothing where the policy has no such key. */
export function toSummaries(raw: z.output<typeof summaries> | undefined): Pick<Policy, 'summaries'> {
  return raw ? { summaries: { reps: raw.reps ?? null, managers: raw.managers ?? null } } : {};
}
