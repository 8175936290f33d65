import { z } from 'zod';
import { type DealMoment, type DealRule, dealPlaces, placesIn } from '../domain/policy/deals.ts';
import { stageAsWritten } from '../domain/policy/pipelines.ts';
import { condition, type Names, toCondition } from './conditions.ts';
import { found, word } from './values.ts';

const moments = {
  accept: 'accepted',
  'first touch': 'touched',
  meeting: 'meetingBooked',
} as const satisfies Record<string, DealMoment>;

const places = dealPlaces.map((place) => `{${place}}`).join(', ');

const name = word
  .transform((text) => text.trim())
  .refine((text) => placesIn(text).every((place) => dealPlaces.some((known) => known === place)), {
    error: (issue) => `found "${issue.input}", expected no other places in it than ${places}`,
  });

export const deal = z.strictObject({
  if: condition.optional().describe('For which leads; for all unless told otherwise.'),
  when: z
    .enum(['accept', 'first touch', 'meeting'], { error: found('accept, first touch or meeting') })
    .describe('What makes the deal: the rep accepts, has reached out, or a meeting is booked.'),
  pipeline: word.describe('The deal pipeline, as HubSpot shows it or by its id.'),
  stage: word.describe('The stage of that pipeline, as HubSpot shows it or by its id.'),
  name: name.default('{company}: {trigger}').describe(`What the deal is called, with places for ${places}.`),
  unless: z
    .literal('open deal', { error: found('open deal') })
    .optional()
    .describe('open deal: no deal for a lead that has an open one, or whose company has.'),
  on_disqualify: z
    .union(
      [z.literal('leave'), z.strictObject({ move_to: word.describe('A stage of the same pipeline.') })],
      {
        error: found('leave, or { move_to: <stage> }'),
      },
    )
    .default('leave')
    .describe('What becomes of a deal that nobody has moved on, when its lead is given up.'),
});

/** A rule for deals in the domain's terms. */
export function toDealRule(raw: z.output<typeof deal>, names: Names): DealRule {
  const { on_disqualify: end } = raw;
  return {
    when: raw.if ? toCondition(raw.if, names) : null,
    moment: moments[raw.when],
    at: stageAsWritten(raw.pipeline, raw.stage),
    name: raw.name,
    unlessOpenDeal: raw.unless !== undefined,
    ifDisqualified: end === 'leave' ? end : { moveTo: stageAsWritten(raw.pipeline, end.move_to).stage },
  };
}
