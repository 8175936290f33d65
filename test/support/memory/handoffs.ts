import { asEarlier } from '../../../src/domain/handoff/as-earlier.ts';
import type { Refusal } from '../../../src/domain/handoff/decide.ts';
import { type Handoff, type HandoffEvent, openTo } from '../../../src/domain/handoff/handoff.ts';
import { whyLifted } from '../../../src/domain/handoff/pause.ts';
import { isInSight } from '../../../src/domain/handoff/rights.ts';
import { withoutUndone } from '../../../src/domain/handoff/undo.ts';
import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import type { EarlierHandoff } from '../../../src/domain/routing/qualify.ts';
import { type Credits, giveBack, type TakenTurn, takeAgain } from '../../../src/domain/routing/rotation.ts';
import type { Exclusion } from '../../../src/domain/routing/route.ts';
import { alertJobs } from '../../../src/flow/ports/alerts.ts';
import type {
  Balance,
  Cause,
  Change,
  Changed,
  Handoffs,
  HandoffView,
  Opening,
} from '../../../src/flow/ports/handoffs.ts';
import { keepCard } from './cards.ts';
import { haveHeard } from './event-cursors.ts';
import { findLeads } from './find-leads.ts';
import type { Kept, KeptHandoff } from './kept.ts';
import { memoryAround } from './memory.ts';
import { keepNews } from './outbox.ts';
import { refreshHomes, standsWith } from './refresh-homes.ts';
import { keepPause, nurtureOf } from './suppressions.ts';

export function memoryHandoffs(kept: Kept): Handoffs {
  const isKnown = ({ handoff }: KeptHandoff) => kept.leads.has(handoff.leadId);
  return {
    saveLead: async (lead, now) => {
      kept.leads.set(lead.id, lead);
      kept.readAt.set(lead.id, now);
    },

    findLeads: async (text, sight) =>
      findLeads(kept.leads.values(), text, ({ id }) => isInSight(sight, ofLead(kept, [id]))),

    ofLeads: async (ids) =>
      ofLead(kept, ids)
        .filter(isKnown)
        .map((one) => viewOf(kept, one)),

    snapshots: async (ids) => {
      const known = ids.flatMap((id) => kept.leads.get(id) ?? []);
      return new Map(known.map((lead) => [lead.id, lead]));
    },

    followedLeads: async (among) => {
      const followed = [...kept.handoffs.values()].filter(isFollowed).map(({ handoff }) => handoff.leadId);
      return [...new Set(followed)].filter((id) => among.includes(id)).sort();
    },

    sleeping: async () => {
      const all = [...kept.handoffs.values()].map(({ handoff }) => handoff);
      const dayOf = (handoff: Handoff) =>
        (handoff.status === 'closed' && handoff.sentBack?.revisitAt) || null;
      return all
        .filter(
          (one) =>
            dayOf(one) &&
            !all.some(
              ({ leadId, qualifiedAt }) =>
                leadId === one.leadId && one.status === 'closed' && qualifiedAt > one.closedAt,
            ),
        )
        .sort((a, b) => Number(dayOf(a)) - Number(dayOf(b)) || (a.id < b.id ? -1 : 1))
        .flatMap((handoff) => {
          const lead = kept.leads.get(handoff.leadId);
          return lead ? [{ handoff, lead }] : [];
        });
    },

    leadsAt: async (companies, since) => {
      const open = [...kept.handoffs.values()].filter((one) => !closedAtOf(one));
      return [...kept.leads.values()]
        .filter(({ account }) => companies.includes(account?.id ?? account?.matchedId ?? ''))
        .filter(
          ({ id }) =>
            (kept.readAt.get(id) ?? new Date(0)) >= since ||
            open.some(({ handoff }) => handoff.leadId === id),
        )
        .map(({ id }) => id)
        .sort();
    },

    openLeads: async () => {
      const open = [...kept.handoffs.values()].filter((one) => !closedAtOf(one));
      return open.map(({ handoff }) => handoff.leadId).sort();
    },

    adopt: async (former, leadId) => {
      const all = ofLead(kept, [leadId, ...former]);
      const [first, ...others] = all.filter((one) => !closedAtOf(one));
      const isTaken = others.some(({ handoff }) => handoff.leadId === leadId);
      for (const one of all) {
        const moves = closedAtOf(one) || (one === first && !isTaken);
        if (moves) one.handoff = { ...one.handoff, leadId };
      }
      for (const pause of kept.pauses) if (former.includes(pause.leadId)) pause.leadId = leadId;
      for (const id of [leadId, ...former]) kept.nurture.delete(id);
      return others.map(({ handoff }) => handoff.id);
    },

    heldBy: async (person) =>
      [...kept.handoffs.values()]
        .filter((one) => one.handoff.assignment.rep === person && !closedAtOf(one))
        .sort((a, b) => +a.handoff.respondBy - +b.handoff.respondBy)
        .map(({ handoff }) => handoff.id),

    takenFrom: async (person, since) =>
      [...kept.handoffs.values()]
        .filter(({ log }) =>
          log.some(({ event }) => 'from' in event && event.from === person && event.assignment.at >= since),
        )
        .map(({ handoff }) => handoff.id)
        .sort(),

    balance: async (leadId, handoffId) => balanceOf(kept, null, { leadIds: [leadId], handoffId }),

    change: async (known, cause, decide) =>
      change(kept, typeof known === 'string' ? known : known.id, cause, decide),

    reassign: async (id, cause, decide) =>
      change(kept, id, cause, (handoff) => {
        const about = { leadIds: [handoff.leadId], handoffId: id };
        const decided = decide(handoff, balanceOf(kept, cause.at, about));
        if (!('refused' in decided) && decided.credits) {
          setCredits(kept, decided.credits.pool, decided.credits.after);
        }
        return decided;
      }),

    view: async (id) => {
      const found = kept.handoffs.get(id);
      return found && isKnown(found) ? viewOf(kept, found) : null;
    },

    views: async (ids) =>
      ids
        .flatMap((id) => kept.handoffs.get(id) ?? [])
        .filter(isKnown)
        .map((one) => viewOf(kept, one)),

    noteWritten: async (written) => {
      for (const { handoffId, leadId, ownerId, touchIds, nurture, job: _, ...progress } of written) {
        const found = kept.handoffs.get(handoffId);
        if (!found) continue;
        Object.assign(found.written, progress);
        for (const [touchId, crmId] of touchIds) found.written.touchIds.set(touchId, crmId);
        const lead = kept.leads.get(leadId);
        if (lead && ownerId) kept.leads.set(leadId, { ...lead, ownerId });
        if (lead && nurture)
          kept.nurture.set(leadId, { seen: null, ...kept.nurture.get(leadId), written: nurture });
      }
    },

    redraw: async (id) => {
      const found = kept.handoffs.get(id);
      const outdated = [...(found?.cards.entries() ?? [])].filter(
        ([, { person, revision }]) =>
          person === found?.handoff.undoable?.by && revision === found.handoff.version,
      );
      for (const [key, card] of outdated) found?.cards.set(key, { ...card, revision: card.revision - 1 });
      if (outdated.length > 0) addJobs(kept, id, { cards: true, crm: false });
    },

    redrawFor: async (person) => {
      for (const { handoff, cards } of kept.handoffs.values()) {
        const theirs = [...cards.entries()].filter(([, card]) => card.person === person);
        if (handoff.status === 'closed' || theirs.length === 0) continue;
        for (const [key, card] of theirs) cards.set(key, { ...card, revision: 0 });
        addJobs(kept, handoff.id, { cards: true, crm: false });
      }
    },

    deliverAgain: async (person) => {
      for (const { handoff } of kept.handoffs.values()) {
        const concerns = [handoff.assignment.rep, handoff.escalatedTo, ...openTo(handoff)].includes(person);
        if (concerns && handoff.status !== 'closed') addJobs(kept, handoff.id, { cards: true, crm: false });
      }
    },
  };
}

export function change(
  kept: Kept,
  id: string,
  cause: Cause,
  decide: (handoff: Handoff) => Change | Refusal,
): Changed | null {
  const found = kept.handoffs.get(id);
  if (!found) return null;
  const { handoff } = found;
  if (cause.commandId !== null && found.commandIds.has(cause.commandId))
    return { outcome: 'repeated', handoff };
  const decided = decide(handoff);
  if ('refused' in decided) return { outcome: 'refused', refusal: decided, handoff };
  found.handoff = decided.handoff;
  found.acceptedAt = decided.unaccepted ? null : (decided.acceptedAt ?? found.acceptedAt);
  append(found, decided.events, cause);
  const restarted = decided.handoff.clockRun !== handoff.clockRun;
  if (restarted) schedule(found, decided.timers);
  if (decided.refund) moveTurn(kept, decided.refund, giveBack);
  if (decided.retaken) moveTurn(kept, decided.retaken, takeAgain);
  keepPause(kept, decided.handoff, cause.at, whyLifted(decided.handoff, decided.events));
  countMissed(kept, found, decided.missed);
  keepNews(kept, decided.news, cause.at);
  for (const card of decided.cards) keepCard(found, card);
  addJobs(kept, id, decided.outdated);
  if (decided.mayBeSummarised) kept.jobs.add('summarise', id);
  if (decided.outdated.cards) refreshHomes(kept, standsWith([handoff, decided.handoff]), cause.at);
  for (const { key } of alertJobs(handoff, decided)) kept.jobs.add('alert', key);
  haveHeard(kept, id, handoff.version, decided.heardBy);
  return { outcome: 'changed', handoff: decided.handoff, events: decided.events };
}

/** A lead's handoffs, oldest first. */
export function ofLead(kept: Kept, leadIds: readonly LeadId[]): KeptHandoff[] {
  return [...kept.handoffs.values()]
    .filter(({ handoff }) => leadIds.includes(handoff.leadId))
    .sort((a, b) => +a.handoff.qualifiedAt - +b.handoff.qualifiedAt);
}

/** Newest first; what is open before all. */
export function earlierOf(kept: Kept, leadIds: readonly LeadId[]): EarlierHandoff[] {
  return ofLead(kept, leadIds)
    .reverse()
    .sort((a, b) => Number(closedAtOf(a) !== null) - Number(closedAtOf(b) !== null))
    .map(({ handoff }) => asEarlier(handoff));
}

export function isFollowed(one: KeptHandoff): boolean {
  const { handoff } = one;
  const sleeps = handoff.status === 'closed' && handoff.sentBack?.revisitAt != null;
  return !closedAtOf(one) || (handoff.opportunityAt !== null && handoff.wonAt === null) || sleeps;
}

export function viewOf(kept: Kept, { handoff, log, cards, written }: KeptHandoff): HandoffView {
  const lead = kept.leads.get(handoff.leadId);
  if (!lead)
    throw new Error(`Lead ${handoff.leadId} of handoff ${handoff.id} has no snapshot: expected one.`);
  const crm = { ...written, touchIds: new Map(written.touchIds) };
  const nurture = nurtureOf(kept, lead.id);
  const companyId = lead.account?.id ?? lead.account?.matchedId ?? null;
  const memory = memoryAround(kept, [lead.id], companyId, handoff.qualifiedAt);
  const known = { handoff, lead, log: [...withoutUndone(log)], cards: [...cards.values()] };
  return { ...known, crm, nurture, memory };
}

export function begin(
  kept: Kept,
  { handoff, events, timers, news, heardBy }: Opening,
  source: string | null,
  at: Date,
): void {
  const opened: KeptHandoff = {
    ...{ handoff, source, log: [], commandIds: new Set(), acceptedAt: null, timers: [], cards: new Map() },
    missed: [],
    written: {
      writtenSeq: 0,
      contactSeq: 0,
      taskId: null,
      leadRecordId: null,
      refused: [],
      touchIds: new Map(),
    },
  };
  kept.handoffs.set(handoff.id, opened);
  append(opened, events, { by: null, at, commandId: null });
  schedule(opened, timers);
  keepPause(kept, handoff, at, 'byHand');
  keepNews(kept, news, at);
  addJobs(kept, handoff.id, { cards: true, crm: true });
  haveHeard(kept, handoff.id, 0, heardBy);
  refreshHomes(kept, standsWith([handoff]), at);
}

function moveTurn(kept: Kept, turn: TakenTurn, move: typeof giveBack): void {
  setCredits(kept, turn.pool, move(turn, kept.credits.get(turn.pool) ?? new Map()));
}

function setCredits(kept: Kept, pool: string, credits: Credits): void {
  kept.credits.set(pool, new Map(credits));
  kept.turns.set(pool, (kept.turns.get(pool) ?? 0) + 1);
}

/** Cards that somebody let pass, those that ran at the same time once; who answers one begins from nothing again. */
function countMissed(
  { missed, handoffs }: Kept,
  found: KeptHandoff,
  { passed, answered }: Change['missed'],
): void {
  const counted = (person: PersonId, since: Date) =>
    [...handoffs.values()].some((one) => one.missed.some(({ rep, due }) => rep === person && due >= since));
  for (const { rep, reachedAt, due } of passed) {
    if (counted(rep, reachedAt)) continue;
    missed.set(rep, (missed.get(rep) ?? 0) + 1);
    found.missed.push({ rep, due });
  }
  for (const person of answered) missed.delete(person);
}

type About = { leadIds: readonly LeadId[]; handoffId?: string | undefined };

/** Who handed the lead back, at any time, and who has had this handoff of it. */
export function excludedFrom(kept: Kept, { leadIds, handoffId }: About): Balance['excluded'] {
  const excluded = new Map<PersonId, Exclusion>();
  for (const { handoff, log } of kept.handoffs.values()) {
    for (const { event } of handoff.id === handoffId ? log : []) {
      if ('assignment' in event && !event.assignment.openTo) {
        excluded.set(event.assignment.rep, 'hadAlready');
      }
    }
  }
  for (const { handoff, log } of kept.handoffs.values()) {
    for (const { event, by } of leadIds.includes(handoff.leadId) ? log : []) {
      if (event.type === 'handedBack' && by) excluded.set(by, 'handedBack');
    }
  }
  return excluded;
}

/** What routing depends on; without `now`, as of the last assignment. */
function balanceOf(kept: Kept, now: Date | null, about: About): Balance {
  return { credits: new Map(kept.credits), load: loadOf(kept, now), excluded: excludedFrom(kept, about) };
}

export function loadOf(kept: Kept, now: Date | null): Balance['load'] {
  const all = [...kept.handoffs.values()];
  const given = all
    .flatMap(({ log }) => log.flatMap(({ event }) => ('assignment' in event ? [event.assignment] : [])))
    .sort((a, b) => +a.at - +b.at);
  const since = (now ?? given.at(-1)?.at ?? new Date(0)).getTime() - 48 * 3_600_000;
  const recent = given.filter(({ at }) => at.getTime() > since);
  const open = all.filter((one) => !closedAtOf(one)).map(({ handoff }) => handoff.assignment.rep);
  const reps = new Set([...open, ...recent.map(({ rep }) => rep)]);
  const loadOfRep = (rep: string) => ({
    open: open.filter((other) => other === rep).length,
    givenAt: recent.filter((one) => one.rep === rep).map(({ at }) => at),
  });
  return new Map([...reps].map((rep) => [rep, loadOfRep(rep)]));
}

function append(kept: KeptHandoff, events: readonly HandoffEvent[], { by, at, commandId }: Cause): void {
  for (const event of events) {
    kept.log.push({ seq: kept.log.length + 1, at, by, event });
    if (event.type === 'touched' && event.found) {
      kept.written.touchIds.set(event.touch.id, event.found.recordId);
    }
  }
  if (commandId !== null) kept.commandIds.add(commandId);
}

function schedule(kept: KeptHandoff, timers: Change['timers']): void {
  for (const timer of kept.timers) if (timer.state === 'pending') timer.state = 'cancelled';
  const added = timers.map((timer, index) => ({
    ...timer,
    id: `${kept.handoff.id}:${kept.timers.length + index}`,
    state: 'pending' as const,
  }));
  kept.timers.push(...added);
}

function addJobs({ jobs }: Kept, handoffId: string, { cards, crm }: Change['outdated']): void {
  if (cards) jobs.add('deliver', handoffId);
  if (crm) jobs.add('write-back', handoffId);
}

export function closedAtOf({ handoff }: KeptHandoff): Date | null {
  return handoff.status === 'closed' ? handoff.closedAt : null;
}
