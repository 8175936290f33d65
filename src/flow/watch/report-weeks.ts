import type { Policy } from '../../domain/policy/policy.ts';
import { lastWeek } from '../../domain/time/reported-period.ts';
import type { Clock, Runs } from '../ports/time.ts';
import { reportJob } from '../show/send-report.ts';

/**
 * Has the week reported to marketing that was to be reported last, once, whichever processes look and however late the
 * first of them does. Whoever is new to it hears of the next one. Most looks cost nothing: what is noted is remembered.
 */
export function reportWeeks({ runs, policy, clock }: { runs: Runs; policy: () => Policy; clock: Clock }) {
  let noted: Date | null = null;
  return async (): Promise<void> => {
    const { marketing } = policy();
    if (!marketing) return;
    const { due } = lastWeek(marketing, clock());
    if (noted && noted >= due) return;
    const last = await runs.last('report');
    const { channel, people } = marketing;
    const readers = channel ? [channel.id] : people;
    await runs.begin('report', due, last ? readers.map((reader) => reportJob(due, reader)) : []);
    noted = due;
  };
}
