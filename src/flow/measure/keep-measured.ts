import { measure } from '../../domain/measure/measured.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { hoursOf } from '../../domain/policy/working-hours.ts';
import type { Measures } from '../ports/measures.ts';
import type { Clock, Runs } from '../ports/time.ts';

type Needs = {
  measures: Measures;
  runs: Pick<Runs, 'last' | 'note'>;
  policy: () => Policy;
  clock: Clock;
};

/** Clocks of several machines differ, and what was begun at the last look may have been committed after it. */
const marginMs = 15 * 60_000;

/**
 * Brings the measures up to what has happened: those of every handoff whose log has grown since the last look. Several
 * processes may do it at once. Whoever shows numbers does it first.
 * @returns how many were measured
 */
export async function keepMeasured({ measures, runs, policy, clock }: Needs): Promise<number> {
  const last = await runs.last('measure');
  const now = clock();
  const since = last && new Date(last.getTime() - marginMs);
  const hoursOfAll = (person: PersonId) => hoursOf(policy(), person);
  let count = 0;
  let some = await measures.unmeasured(since, null);
  while (some.length > 0) {
    await measures.keep(
      some.map((one) => ({ ...one, ...measure(one.handoff, one.log, one.seen, hoursOfAll) })),
    );
    count += some.length;
    some = await measures.unmeasured(since, some.at(-1)?.handoff.id ?? null);
  }
  await runs.note('measure', now);
  return count;
}
