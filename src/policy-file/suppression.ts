import { z } from 'zod';
import type { Suppression } from '../domain/policy/policy.ts';
import { found, positiveMinutes } from './values.ts';

const monthMinutes = 30 * 1440;

/** YAML reads an id as a number. */
const expectedSegment = found("the number of a static segment, which is in the segment's address in HubSpot");

const segmentId = z
  .union([z.int().positive(), z.string().regex(/^[1-9]\d*$/, { error: expectedSegment })], {
    error: expectedSegment,
  })
  .transform(String);

export const suppression = z.strictObject({
  from: z
    .enum(['offer', 'accept'], { error: found('offer or accept') })
    .default('offer')
    .describe('What begins the pause: the lead is offered to a rep, or the rep accepts it.'),
  lease: positiveMinutes
    .default(monthMinutes)
    .describe('It ends so long after the last sign of work on the lead; 30 days unless told otherwise.'),
  after_deal: positiveMinutes
    .default(monthMinutes)
    .describe('So long after the lead became a deal it ends; 30 days unless told otherwise.'),
  segment: segmentId
    .optional()
    .describe('A static segment of HubSpot that takes in whoever is paused; needs crm.lists.write.'),
});

/** What becomes of the pause with a reason. */
export const nurtureAfter = z
  .enum(['resumes', 'stays paused'], { error: found('resumes or stays paused') })
  .default('resumes')
  .describe('Whether nurture goes on at once; `stays paused`: only when its lease is over.');

export function toSuppression(raw: z.output<typeof suppression>): Suppression {
  const { from, lease, after_deal, segment = null } = raw;
  return { from, leaseMinutes: lease, afterDealMinutes: after_deal, segment };
}
