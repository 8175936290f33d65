import { z } from 'zod';
import type { Recycle, Trigger } from '../domain/policy/policy.ts';
import { condition, type Names, toCondition } from './conditions.ts';
import { targets, toTargets } from './targets.ts';
import { days, found, label, name, positiveMinutes, word } from './values.ts';

const wake = z.strictObject({
  name,
  label,
  when: condition.describe('What the lead did; as for triggers.'),
});

/** What becomes of leads whose time has not come. */
export const recycle = z.strictObject({
  lifecycle: word
    .nullable()
    .default('lead')
    .describe('The lifecycle stage that they go back to; null: they keep theirs.'),
  lead_status: word
    .nullable()
    .default('BAD_TIMING')
    .describe('The lead status that they get; null: they keep theirs.'),
  days: z
    .array(days)
    .min(1, 'expected at least one choice')
    .default([30, 60, 90, 180])
    .describe('In how long they come back: what the rep chooses from, beside a day of their own.'),
  usual: days.default(90).describe('What is chosen unless the rep says otherwise.'),
  rest: positiveMinutes
    .default(1440)
    .describe('Nothing wakes them sooner than so long after they went back; 1 day unless told otherwise.'),
  at_most: z
    .int({ error: found('a whole number') })
    .min(1, { error: found('1 or more') })
    .default(3)
    .describe('After so many times a lead comes back on a stronger sign alone.'),
  targets: targets.describe('How long the rep has when one comes back; 4 h and 24 h unless told otherwise.'),
  wake: z.array(wake).default([]).describe('What brings them back before their day, in order.'),
});

type RawRecycle = z.output<typeof recycle>;

/** As in a policy that does not say. */
export const usualRecycle: z.input<typeof recycle> = {};

/** The day that the rep named; a name that no trigger of the policy may have. */
const revisitName = 'revisit';

/** The rules of the file in the domain's terms. */
export function toRecycle(raw: RawRecycle, names: Names): Recycle {
  const withTargets = (one: Pick<Trigger, 'name' | 'label' | 'when'>): Trigger => ({
    ...one,
    targets: toTargets(raw.targets, names),
    coolDownMinutes: null,
    once: false,
  });
  return {
    lifecycle: raw.lifecycle,
    leadStatus: raw.lead_status,
    days: { choices: raw.days, usual: raw.usual },
    restMinutes: raw.rest,
    atMost: raw.at_most,
    wake: raw.wake.map((one) => withTargets({ ...one, when: toCondition(one.when, names) })),
    revisit: withTargets({ name: revisitName, label: 'Back as agreed', when: { kind: 'all', of: [] } }),
  };
}
