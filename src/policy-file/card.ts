import { z } from 'zod';
import { type CardRule, cardParts } from '../domain/policy/card-layout.ts';
import { found } from './values.ts';

const parts = z.array(z.enum(cardParts, { error: found(cardParts.join(', ')) })).default([]);

const layout = {
  show: parts.describe('What stands above the buttons besides who it is, their words, signals and memory.'),
  first: parts.describe('What stands before everything else, in this order.'),
  hide: parts.describe('What no card tells.'),
};

/** How cards look: for everybody, or for a trigger or a team. */
export const card = z.strictObject({
  ...layout,
  for: z
    .array(
      z.strictObject({
        trigger: z.string().optional().describe('The name of a trigger.'),
        team: z.string().optional().describe('The name of a team.'),
        ...layout,
      }),
    )
    .default([])
    .describe('Other cards for a trigger, a team, or both: the first that is meant counts, whole.'),
});

export function toCardRules(raw: z.output<typeof card> | undefined): readonly CardRule[] {
  if (!raw) return [];
  const { for: special, ...usual } = raw;
  return [
    ...special.map(({ trigger = null, team = null, ...one }) => ({ trigger, team, ...one })),
    { trigger: null, team: null, ...usual },
  ];
}
