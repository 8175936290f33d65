import type { LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Erasures } from '../ports/erasures.ts';
import type { Observe } from '../ports/observe.ts';
import { type Expiring, expiring, type Retention } from '../ports/retention.ts';
import type { Clock, Runs } from '../ports/time.ts';

type Needs = {
  retention: Retention;
  erasures: Erasures;
  runs: Runs;
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What stands in the place of everything that was known of a lead whose time is over. */
const outlivedWhy = 'the lead is kept no longer';

/**
 * Lets go of what the policy has kept for long enough. Of a lead that sales had the same goes as of one whose person asked
 * for it, but it may come again.
 *
 * A run of so many hours ago, whichever process ran it, leaves nothing to do. One that is noted in the future, by a clock
 * that ran ahead or was set back since, counts for nothing.
 */
export function retain({ retention, erasures, runs, policy, clock, observe }: Needs) {
  /** Of this process, since what is noted in the future stays noted until the clock has come there. */
  let ownLast: Date | null = null;
  return async ({ unlessWithinHours = 12 }: { unlessWithinHours?: number } = {}): Promise<void> => {
    const now = clock();
    const isRecent = (at: Date | null) =>
      at !== null && at <= now && now.getTime() - at.getTime() < unlessWithinHours * hourMs;
    if (isRecent(ownLast) || isRecent(await runs.last('retain'))) return;
    const { events, neverHandedOver, handedOver } = policy().retention;
    const before = (days: number) => new Date(now.getTime() - days * dayMs);
    const limits = { events, news: events, retractions: events, leads: neverHandedOver, passes: 0 };
    const dropped = new Map<Expiring, number>();
    for (const what of expiring) dropped.set(what, await dropAll(what, before(limits[what])));

    const outlived = await eraseAll(before(handedOver), now);
    await retention.retractAgain();
    // Only now: what a run that broke off has not done is the next one's.
    await runs.note('retain', now);
    ownLast = now;
    observe({ what: 'retained', dropped: Object.fromEntries(dropped), outlived });
  };

  /** One that cannot be erased does not keep the others. @returns how many were */
  async function eraseAll(unusedSince: Date, at: Date): Promise<number> {
    const failed = new Map<LeadId, unknown>();
    for (let erased = 0; ; ) {
      const found = await retention.outlived(unusedSince);
      const leads = found.filter((id) => !failed.has(id));
      const [failure] = failed.values();
      if (leads.length === 0 && failure) throw failure;
      if (leads.length === 0) return erased;
      for (const id of leads) {
        await erasures
          .erase({ ids: [id], at, why: outlivedWhy, isForGood: false, unusedSince }, () => ({
            refused: 'stale',
          }))
          .then(
            (isErased) => {
              if (isErased) erased += 1;
            },
            (error) => failed.set(id, error),
          );
      }
    }
  }

  async function dropAll(what: Expiring, before: Date): Promise<number> {
    let total = 0;
    for (;;) {
      const dropped = await retention.drop(what, before);
      if (dropped === 0) return total;
      total += dropped;
    }
  }
}
