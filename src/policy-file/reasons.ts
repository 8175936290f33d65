import { z } from 'zod';
import type { DisqualifyReason, HandBackReason, ReasonLock } from '../domain/policy/policy.ts';
import { nurtureAfter } from './suppression.ts';
import { found, label, name, positiveMinutes, word } from './values.ts';

/** Words that stand for kinds of follow-ups; several are asked together. */
const followUps = ['nothing', 'note', 'other contact'] as const;

const followUp = z.union([z.enum(followUps).transform((one) => [one]), z.array(z.enum(followUps)).min(1)], {
  error: found(`what the rep is asked next: ${followUps.join(', ')}, or a list of these`),
});

const lasts = z.union([z.literal('good').transform(() => null), positiveMinutes], {
  error: found('a duration such as "180 days", or "good"'),
});

const unless = z.union(
  [z.literal('stronger'), z.literal('nothing').transform(() => []), z.array(word).min(1)],
  { error: found('stronger, nothing, or a list of triggers') },
);

const lock = z.union(
  [
    lasts,
    z.strictObject({
      for: lasts.describe('So long, or `good`.'),
      unless: unless
        .default('stronger')
        .describe(
          'What brings it back all the same: `stronger` triggers than the one it was handed over for, `nothing`, or these.',
        ),
    }),
  ],
  { error: found('a duration such as "180 days", "good", or { for: 180 days, unless: [demo_request] }') },
);

const reason = {
  name,
  label,
  follow_up: followUp.default(['nothing']).describe('What the rep is asked next.'),
  refund: z.boolean().default(false).describe("true: it does not count as the rep's turn."),
};

const outcomes = {
  disqualified: 'disqualified',
  unresponsive: 'unresponsive',
  recycled: 'recycled',
  'routed anew': 'routedAnew',
} as const satisfies Record<string, DisqualifyReason['outcome']>;

export const disqualifyReason = z.strictObject({
  ...reason,
  outcome: z
    .enum(Object.keys(outcomes) as (keyof typeof outcomes)[], {
      error: found(`one of ${Object.keys(outcomes).join(', ')}`),
    })
    .default('disqualified')
    .describe(
      'unresponsive: the lead never answered, allowed after the attempts that the targets ask for. recycled: back to nurture until a day that the rep names. routed anew: to somebody else at once.',
    ),
  nurture: nurtureAfter,
  lock: lock
    .optional()
    .describe(
      'How long only a stronger sign brings the lead back: 180 days unless told otherwise, 30 days where it never answered, until its day where it is recycled.',
    ),
});

export const handBackReason = z.strictObject({
  ...reason,
  follow_up: z
    .enum(['nothing', 'note'], { error: found('what the rep is asked next: nothing or note') })
    .describe('What the rep is asked next.'),
});

export const usualHandBackReasons = [
  { name: 'wrong_territory', label: 'Not my territory', follow_up: 'nothing', refund: true },
  { name: 'no_capacity', label: 'No time for it', follow_up: 'nothing', refund: false },
  { name: 'conflict', label: 'Conflict of interest', follow_up: 'note', refund: true },
  { name: 'other', label: 'Other', follow_up: 'note', refund: false },
] as const;

/** How long a reason locks a lead where the policy does not say. */
const usualDays = { disqualified: 180, unresponsive: 30, recycled: 0, routedAnew: 0 } as const;

/** A reason of the file in the domain's terms. */
export function toDisqualifyReason(raw: z.output<typeof disqualifyReason>): DisqualifyReason {
  const outcome = outcomes[raw.outcome];
  return {
    name: raw.name,
    label: raw.label,
    noteRequired: raw.follow_up.includes('note'),
    asksOther: raw.follow_up.includes('other contact'),
    refundsTurn: raw.refund,
    outcome,
    keepsPause: raw.nurture === 'stays paused',
    lock: toLock(raw.lock, usualDays[outcome] * 1440),
  };
}

function toLock(raw: z.output<typeof lock> | undefined, usualMinutes: number): ReasonLock {
  if (raw === undefined) return { minutes: usualMinutes, unless: 'stronger' };
  return typeof raw === 'object' && raw !== null
    ? { minutes: raw.for, unless: raw.unless }
    : { minutes: raw, unless: 'stronger' };
}

/** The same of a reason to hand a lead back. */
export function toHandBackReason({
  name,
  label,
  follow_up,
  refund,
}: z.output<typeof handBackReason>): HandBackReason {
  return { name, label, noteRequired: follow_up === 'note', refundsTurn: refund };
}
