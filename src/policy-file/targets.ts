import { z } from 'zod';
import type { Target, Trigger } from '../domain/policy/policy.ts';
import { condition, type Names, toCondition } from './conditions.ts';
import { found, positiveMinutes } from './values.ts';

const countedIn = z.enum(['working time', 'wall clock']);

/** `15 min`, or a duration with a way of counting of its own. */
const target = z.union(
  [
    positiveMinutes,
    z.strictObject({
      within: positiveMinutes.describe('How long.'),
      counted_in: countedIn.optional().describe('Where it is not as for the others.'),
    }),
  ],
  { error: found('a duration such as "15 min", "4 h" or "2 days", or { within: …, counted_in: … }') },
);

const oneForAll = z
  .strictObject({
    if: condition.optional().describe('For which leads, in a list; the last are for all others.'),
    acknowledge: target.describe('By when the rep answers the card.'),
    touch: target.describe('By when the rep has reached out, from their answer on.'),
    counted_in: countedIn
      .default('working time')
      .describe("Only the rep's working hours count, or all of them."),
    attempts: z
      .strictObject({
        at_least: z
          .int({ error: found('a whole number') })
          .min(1, { error: found('1 or more') })
          .describe('So many touches.'),
        within: positiveMinutes.describe('The last of them so close together.'),
        counted_in: countedIn.optional().describe('Where it is not as for the others.'),
      })
      .optional()
      .describe('Without so many attempts nobody may give a lead up as unresponsive.'),
  })
  .meta({ id: 'targets', description: 'How long the rep has, and how often they must try.' });

/** The same for every lead, or a list of which the first that are for a lead count. */
export const targets = z
  .union([oneForAll, z.array(oneForAll).min(1, 'expected at least one entry, found none')], {
    error: found('{ acknowledge: …, touch: … }, or a list of such with an if'),
  })
  .prefault({ acknowledge: '4 h', touch: '24 h' })
  .describe('How long the rep has; 4 h and 24 h unless told otherwise. In a list, the first whose if holds.');

type RawTargets = z.output<typeof targets>;
type RawTarget = z.output<typeof target>;

/** The entries, each with where it stands within the trigger. */
export function entriesOf(raw: RawTargets): { entry: z.output<typeof oneForAll>; path: PropertyKey[] }[] {
  if (!Array.isArray(raw)) return [{ entry: raw, path: ['targets'] }];
  return raw.map((entry, index) => ({ entry, path: ['targets', index] }));
}

export function minutesOf(raw: RawTarget): number {
  return typeof raw === 'number' ? raw : raw.within;
}

/** Targets of the file in the domain's terms. */
export function toTargets(raw: RawTargets, names: Names): Trigger['targets'] {
  return entriesOf(raw).map(({ entry }) => {
    const timed = (minutes: number, counted = entry.counted_in): Target => ({
      minutes,
      countedIn: counted === 'wall clock' ? 'wallClock' : 'workingTime',
    });
    const timedAs = (one: RawTarget) =>
      typeof one === 'number' ? timed(one) : timed(one.within, one.counted_in);
    const { attempts } = entry;
    return {
      when: entry.if ? toCondition(entry.if, names) : null,
      acknowledge: timedAs(entry.acknowledge),
      touch: timedAs(entry.touch),
      attempts: attempts
        ? { atLeast: attempts.at_least, within: timed(attempts.within, attempts.counted_in) }
        : null,
    };
  });
}
