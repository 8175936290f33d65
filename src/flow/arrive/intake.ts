import type { Lead, LeadId } from '../../domain/lead/lead.ts';
import { eraseLead } from '../forget/erase.ts';
import type { KnownLead } from '../ports/arrivals.ts';
import type { Outcome } from '../ports/crm.ts';
import { sparingTheOthers } from '../spare-the-others.ts';
import { adopt, applyNews, withdraw } from './apply-news.ts';
import {
  type Arrival,
  type Candidate,
  type IntakeNeeds,
  type Looked,
  noteFound,
  type Settled,
} from './arrival.ts';
import { settle } from './settle.ts';
import { tellHolds } from './tell-holds.ts';

/**
 * Looks at a lot of leads about which something arrived: reads them from HubSpot as they are now, carries over what that
 * means for a handoff that one has, or decides, opens one for each that qualifies, and keeps the decision on every event
 * that was waiting. Safe to repeat at any point, and one lead's failure is not another's.
 */
export function intake(needs: IntakeNeeds) {
  const look = lookAt(needs);
  return (lot: readonly Arrival[]): Promise<Looked[]> =>
    sparingTheOthers(lot, look, (failed) => ({ failed }));
}

function lookAt(needs: IntakeNeeds) {
  const { arrivals, crm } = needs;
  return async (lot: readonly Arrival[]): Promise<Looked[]> => {
    const settled = new Map<LeadId, Settled>();
    // In this order: an event that arrives while HubSpot is asked may be about what came after the answer.
    const known = await arrivals.known(lot.map(({ leadId }) => [leadId]));
    const waiting = lot.flatMap((arrival, place) => {
      const about = known[place];
      if (!about) return [];
      if (about.events.length > 0) return [{ arrival, known: about }];
      // An attempt that decided them may have broken off before HubSpot was told.
      const { hold } = about;
      settled.set(arrival.leadId, hold && !hold.told ? { tell: hold } : 'done');
      return [];
    });
    const leads = await crm.leads(
      waiting.map(({ arrival }) => arrival.leadId),
      'card',
    );

    const candidates: Candidate[] = [];
    for (const [place, { arrival, known: about }] of waiting.entries()) {
      const read = leads[place];
      const outcome =
        read?.ok || about.erased
          ? await trying(() => prepare(arrival, about, read?.ok ? read.value : null, needs))
          : read;
      if (!outcome?.ok) settled.set(arrival.leadId, { failed: outcome?.error });
      else if (typeof outcome.value === 'string') settled.set(arrival.leadId, outcome.value);
      else candidates.push(outcome.value);
    }
    // Of a lead that came under two of its ids the second is judged when the first has been.
    for (const part of eachLeadOnce(candidates)) {
      for (const [{ arrival }, came] of await settle(part, needs)) settled.set(arrival.leadId, came);
    }
    return tellRest(lot, settled, needs);
  };
}

/** Tells HubSpot why those wait of whom it does not know. */
async function tellRest(
  lot: readonly Arrival[],
  settled: ReadonlyMap<LeadId, Settled>,
  needs: IntakeNeeds,
): Promise<Looked[]> {
  const untold = [...settled.values()].flatMap((came) =>
    typeof came === 'object' && 'tell' in came ? [came.tell] : [],
  );
  const failed = await tellHolds(untold, needs);
  return lot.map(({ leadId }) => {
    const came = settled.get(leadId) ?? 'done';
    if (typeof came === 'string' || 'failed' in came) return came;
    const { leadId: told } = came.tell;
    return failed.has(told) ? { failed: failed.get(told) } : 'done';
  });
}

/** Carries over what HubSpot tells of a handoff that the lead has. @returns no candidate when nothing is left to be judged */
async function prepare(
  arrival: Arrival,
  known: KnownLead,
  lead: Lead | null,
  needs: IntakeNeeds,
): Promise<Candidate | 'done' | 'ended'> {
  const { leadId } = arrival;
  // A merged contact is read under its new id; its handoffs may be under the one that was asked for.
  const ids = [...new Set([...(lead ? [lead.id] : []), leadId, ...(lead?.formerIds ?? [])])];
  const isErased = known.erased || (ids.length > 1 && (await needs.erasures.among(ids)).length > 0);
  if (isErased) {
    await eraseLead(needs)(ids);
    return 'done';
  }
  if (!lead) {
    await forget(arrival, known, needs);
    return 'ended';
  }
  if (ids.length === 1 && known.followed.length === 0) return { arrival, lead, ids, known, carried: null };

  const { handoffs, arrivals, clock } = needs;
  await handoffs.saveLead(lead, clock());
  if (ids.length > 1) await adopt(ids.slice(1), lead.id, needs);
  const { events } = known;
  const [before = known] = ids.length > 1 ? await arrivals.known([ids]) : [];
  const carried = await applyNews(lead, before, needs);
  if (carried) noteFound(arrival, known, carried.handoffId, carried.found, needs);
  const [after = before] = carried ? await arrivals.known([ids]) : [];
  return { arrival, lead, ids, known: { ...after, events }, carried };
}

/** The contact is gone: whatever is open about it ends. */
async function forget(arrival: Arrival, known: KnownLead, needs: IntakeNeeds): Promise<void> {
  const { arrivals, clock, observe } = needs;
  const { leadId, job } = arrival;
  const ended = await withdraw(known.followed, { kind: 'contactGone' }, needs);
  if (ended) noteFound(arrival, known, ended, ['deletion'], needs);
  const decided = { decision: 'ignored', reason: 'the contact is gone' } as const;
  const settlement = {
    lead: null,
    ids: [leadId],
    events: known.events.map(({ id }) => id),
    decided,
    decision: null,
    outcome: { released: true } as const,
    job,
  };
  await arrivals.settle([settlement], [], { versions: new Map() }, clock());
  const events = known.events.length;
  observe({ what: 'decided', leadId, decision: decided.decision, events, handoffId: null });
}

function eachLeadOnce(candidates: readonly Candidate[]): Candidate[][] {
  const parts: Candidate[][] = [];
  for (const candidate of candidates) {
    const part = parts.find((one) => !one.some(({ lead }) => lead.id === candidate.lead.id));
    if (part) part.push(candidate);
    else parts.push([candidate]);
  }
  return parts;
}

async function trying<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** Records that looking at a lead was given up for good, so that its events do not wait in silence. */
export function giveUpIntake({ inbox, clock, observe }: Pick<IntakeNeeds, 'inbox' | 'clock' | 'observe'>) {
  return async (leadId: LeadId, why: string): Promise<void> => {
    const events = (await inbox.undecided(leadId)).map(({ id }) => id);
    await inbox.decide(events, { decision: 'failed', reason: why }, clock());
    observe({ what: 'decided', leadId, decision: 'failed', events: events.length, handoffId: null });
  };
}
