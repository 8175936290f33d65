import type { Lead, LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { adopted } from '../arrive/arrival.ts';
import type { Arrivals } from '../ports/arrivals.ts';
import type { Crm } from '../ports/crm.ts';
import type { Erasures } from '../ports/erasures.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { Directory } from '../ports/people.ts';
import type { Runs } from '../ports/time.ts';
import { type Foreseen, foresee, knownNow } from './foresee.ts';

type Needs = {
  crm: Pick<Crm, 'leads' | 'leadsChangedSince' | 'owners'>;
  stores: { arrivals: Arrivals; directory: Directory };
  erasures: Pick<Erasures, 'among'>;
  policy: Policy;
};

/** A lead that waits in HubSpot since before the bot began, and what would become of it. */
export type Waiting = { lead: Lead; foreseen: Foreseen };

const atATime = 100;

/**
 * The leads that changed since a time and would be handed over, or held, if the bot had begun at that time. Nothing is
 * done about them. A lead that cannot be read is left out, as every other run would read it no better.
 */
export async function* waitingSince(since: Date, now: Date, needs: Needs): AsyncGenerator<Waiting> {
  const { crm, erasures, policy } = needs;
  const stores = { ...needs.stores, runs: { last: async () => since } };
  for await (const changed of crm.leadsChangedSince(since, erasures.among)) {
    for (let start = 0; start < changed.length; start += atATime) {
      const ids = changed.slice(start, start + atATime).map(({ id }) => id);
      for (const read of await crm.leads(ids, 'background')) {
        if (!read.ok || !read.value) continue;
        const known = await knownNow(read.value, policy, { stores, owners: crm.owners }, now);
        const foreseen = foresee(read.value, known.policy, known, now);
        if (foreseen.verdict !== 'ignored') yield { lead: read.value, foreseen };
      }
    }
  }
}

/**
 * Has leads handed over as if the bot had begun at an earlier time, which for all others it has as well. Leads that it
 * has already looked at so are not handed over twice.
 */
export async function adopt(
  leads: readonly LeadId[],
  since: Date,
  now: Date,
  { runs, inbox }: { runs: Runs; inbox: Pick<Inbox, 'store'> },
): Promise<void> {
  await runs.moveBack('began', since);
  await inbox.store(
    leads.map((leadId) => ({
      dedupeKey: `${adopted}asked:${leadId}:${now.toISOString()}`,
      ...{ leadId, type: `${adopted}asked`, record: null, occurredAt: now, payload: {}, ignored: null },
    })),
    now,
  );
}
