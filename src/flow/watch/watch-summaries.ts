import { type SummaryKind, summaryKinds, summaryReaders } from '../../domain/home/summary-readers.ts';
import { nextSummary } from '../../domain/home/summary-times.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import type { Absence } from '../../domain/routing/availability.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, Runs } from '../ports/time.ts';
import { summaryJob, summaryLateMs } from '../show/send-summary.ts';

type Needs = { runs: Runs; directory: Directory; policy: () => Policy; clock: Clock };

/**
 * Has everybody sent the summary that has become due, once, whichever processes look. Whoever is new to it hears of the
 * next one, and so does whose summary is long past. When each is due next is remembered until the policy or somebody's
 * absence changes: most looks cost nothing.
 */
export function watchSummaries({ runs, directory, policy: policyNow, clock }: Needs) {
  const met = new Set<string>();
  let looked = new Date(0);
  let known: Known | null = null;
  return async (): Promise<void> => {
    const [policy, now] = [policyNow(), clock()];
    if (!policy.summaries) return;
    const rules = { policy, absences: await directory.absences(now) };
    if (known?.policy !== policy || known.absences !== rules.absences) known = { ...rules, next: new Map() };
    const { next } = known;
    const oldest = new Date(now.getTime() - summaryLateMs);
    // A clock that was set back must not have everybody wait until it has caught up.
    const since = looked > oldest && looked <= now ? looked : oldest;
    for (const { kind, person } of readersOf(policy)) {
      const routine = `summary ${kind} ${person}` as const;
      const after = (instant: Date) => nextSummary(kind, person, rules, instant);
      if (!met.has(routine)) {
        if ((await runs.last(routine)) === null) await runs.note(routine, now);
        met.add(routine);
      }
      let due = next.has(routine) ? (next.get(routine) ?? null) : after(since);
      if (due && due < oldest) due = after(oldest);
      if (due && due <= now) {
        await runs.begin(routine, due, [summaryJob(kind, due, person)]);
        due = after(now);
      }
      next.set(routine, due);
    }
    looked = now;
  };
}

type Known = {
  policy: Policy;
  absences: ReadonlyMap<PersonId, readonly Absence[]>;
  next: Map<string, Date | null>;
};

function readersOf(policy: Policy): { kind: SummaryKind; person: PersonId }[] {
  return summaryKinds.flatMap((kind) => summaryReaders(policy, kind).map((person) => ({ kind, person })));
}
