import { z } from 'zod';
import type { Advisory } from './advisory.ts';

export const exceptionList = z.array(
  z.strictObject({
    advisory: z.string().min(1),
    reason: z.string().min(1),
    /** The last day, in UTC, on which it is let through. */
    until: z.iso.date(),
  }),
);

export type Exceptions = z.infer<typeof exceptionList>;

/** What the check fails on: known, at least high, and not among the exceptions of the day. */
export function refusedOf(advisories: readonly Advisory[], exceptions: Exceptions, now: Date): Advisory[] {
  const today = now.toISOString().slice(0, 10);
  const excepted = new Set(exceptions.filter(({ until }) => today <= until).map(({ advisory }) => advisory));
  return advisories.filter(
    ({ id, severity }) => (severity === 'high' || severity === 'critical') && !excepted.has(id),
  );
}
