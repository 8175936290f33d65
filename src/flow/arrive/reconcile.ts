import type { Account, Lead, LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { freshSince } from '../../domain/routing/qualify.ts';
import { isAnotherCompany, isWorthReading } from '../../domain/routing/worth-reading.ts';
import type { Crm } from '../ports/crm.ts';
import type { Erasures } from '../ports/erasures.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { InboundEvent, Inbox } from '../ports/inbox.ts';
import type { Observe } from '../ports/observe.ts';
import type { Clock, Runs } from '../ports/time.ts';
import { reconciled } from './arrival.ts';

type Needs = {
  crm: Crm;
  handoffs: Handoffs;
  erasures: Erasures;
  inbox: Inbox;
  runs: Runs;
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
};

/** HubSpot's search runs behind, and clocks differ: so much is looked at twice. */
const overlapMs = 10 * 60_000;
/** Another process that has just looked leaves nothing to find. */
const pauseMs = 2 * 60_000;
/** How far the first run looks back, besides. */
const firstLookMs = 24 * 3_600_000;
const idsAtATime = 1_000;

/**
 * Compares HubSpot with what is known here, for everything that no webhook told: contacts that may qualify, touches,
 * meetings, deals and owners of the leads that sales works on, and contacts that are gone or merged. Whatever it finds
 * goes the way of every other event.
 */
export function reconcile(needs: Needs) {
  const { runs, inbox, clock, observe } = needs;
  return async (): Promise<void> => {
    const now = clock();
    const last = (await runs.last('reconcile')) ?? (await beforeFirst(now, needs));
    if (last <= now && now.getTime() - last.getTime() < pauseMs) return;
    // A process whose clock ran ahead may have noted a time that is still to come.
    const since = new Date(Math.min(last.getTime(), now.getTime()) - overlapMs);
    let lookedAt = 0;
    for await (const { ids, why } of findings(since, now, needs)) {
      lookedAt += await inbox.store(
        ids.map((id) => occasion(id, why, now)),
        now,
      );
    }
    // Only now: what a run that broke off has not looked at is the next one's.
    await runs.note('reconcile', now);
    observe({ what: 'reconciled', lookedAt });
  };
}

/** However often the first run breaks off, and for however long: it looks from there on. */
async function beforeFirst(now: Date, { runs, policy }: Needs): Promise<Date> {
  const { startedAt = new Date(0) } = policy().qualification;
  const since = new Date(Math.max(now.getTime() - firstLookMs, Math.min(startedAt.getTime(), now.getTime())));
  await runs.note('reconcile', since);
  return since;
}

type Finding = { ids: readonly LeadId[]; why: 'changed' | 'news' | 'gone' };

async function* findings(
  since: Date,
  now: Date,
  { crm, handoffs, erasures, policy }: Needs,
): AsyncGenerator<Finding> {
  for await (const leads of crm.leadsChangedSince(since, erasures.among)) {
    const known = await handoffs.snapshots(leads.map(({ id }) => id));
    const worthIt = leads.filter((lead) => isWorthReading(lead, known.get(lead.id), policy(), now));
    yield { ids: worthIt.map(({ id }) => id), why: 'changed' };
  }
  for await (const companies of crm.companiesChangedSince(since)) {
    const accounts = new Map(companies.map(({ id, account }) => [id, account]));
    const ids = await handoffs.leadsAt([...accounts.keys()], freshSince(policy(), now));
    const known = await handoffs.snapshots(ids);
    yield { ids: ids.filter((id) => isOfChanged(known.get(id), accounts)), why: 'changed' };
  }
  for await (const ids of crm.leadsWithNewsSince(since)) {
    yield { ids: await handoffs.followedLeads(ids), why: 'news' };
  }
  const open = await handoffs.openLeads();
  for (let start = 0; start < open.length; start += idsAtATime) {
    yield { ids: await crm.gone(open.slice(start, start + idsAtATime)), why: 'gone' };
  }
}

/** Whether the lead's company is not what it was when the lead was read. */
function isOfChanged(lead: Lead | undefined, companies: ReadonlyMap<string, Account>): boolean {
  const { account } = lead ?? {};
  const seen = companies.get(account?.id ?? account?.matchedId ?? '');
  return Boolean(account && seen && isAnotherCompany(seen, account));
}

function occasion(leadId: LeadId, why: Finding['why'], now: Date): InboundEvent {
  const type = `${reconciled}${why}`;
  return {
    dedupeKey: `${type}:${leadId}:${now.toISOString()}`,
    leadId,
    type,
    record: null,
    occurredAt: now,
    payload: {},
    ignored: null,
  };
}
