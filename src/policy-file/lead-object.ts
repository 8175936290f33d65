import { z } from 'zod';
import { leadRecordStages } from '../domain/policy/lead-records.ts';
import type { Problem } from './problem.ts';
import { found, word } from './values.ts';

const details = z.strictObject({
  pipeline: word
    .nullable()
    .default(null)
    .describe('The pipeline of leads, by the name that HubSpot shows; its first unless told otherwise.'),
  stages: z
    .partialRecord(z.enum(leadRecordStages), word)
    .default({})
    .describe(
      'What it calls these stages, where that is not New, Attempting, Connected, Qualified or Disqualified.',
    ),
  reasons: z
    .record(z.string(), word)
    .default({})
    .describe("HubSpot's disqualification reasons, by their name there, for reasons of this policy."),
});

/** How HubSpot's Lead object is kept; null: it is not. */
export const leadObject = z.union(
  [
    z.enum(['on', 'off']).transform((how) => (how === 'on' ? details.parse({}) : null)),
    z.boolean().transform((isOn) => (isOn ? details.parse({}) : null)),
    details,
    z.null(),
  ],
  { error: found('on, off, or { pipeline: <its name>, stages: { … }, reasons: { … } }') },
);

/** Reasons of HubSpot's for what is no reason of the policy's. */
export function unknownReasons(raw: {
  lead_object: z.output<typeof leadObject>;
  disqualify_reasons: readonly { name: string }[];
}): Problem[] {
  const known = raw.disqualify_reasons.map(({ name }) => name);
  return Object.keys(raw.lead_object?.reasons ?? {})
    .filter((reason) => !known.includes(reason))
    .map((reason) => ({
      path: ['lead_object', 'reasons', reason],
      message: `found "${reason}", expected one of the disqualify reasons: ${known.join(', ')}`,
    }));
}
