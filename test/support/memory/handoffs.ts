import { type Handoff, type HandoffEvent, openTo, type Refusal } from '../../../src/domain/handoff.ts';
import { giveBack, type TakenTurn } from '../../../src/domain/rotation.ts';
import type {
  Balance,
  Cause,
  Change,
  Changed,
  EventDecision,
  Handoffs,
  Opening,
} from '../../../src/flow/ports.ts';
import { keepDecision } from './decisions.ts';
import { findLeads } from './find-leads.ts';
import { keepHold } from './holds.ts';
import type { Kept, KeptHandoff } from './stores.ts';

export function memoryHandoffs(kept: Kept): Handoffs {
  const ofLead = (leadId: string) =>
    [...kept.handoffs.values()].filter(({ handoff }) => handoff.leadId === leadId);
  return {
    saveLead: async (lead) => {
      kept.leads.set(lead.id, lead);
    },

    findLeads: async (text) => findLeads(kept.leads.values(), text),

    earlierOf: async (leadId) =>
      ofLead(leadId)
        .sort((a, b) => +b.handoff.qualifiedAt - +a.handoff.qualifiedAt)
        .map((one) => {
          const { trigger, qualifiedAt } = one.handoff;
          return { trigger, qualifiedAt, closedAt: closedAtOf(one) };
        }),

    heldBy: async (person) =>
      [...kept.handoffs.values()]
        .filter((one) => one.handoff.assignment.rep === person && !closedAtOf(one))
        .sort((a, b) => +a.handoff.respondBy - +b.handoff.respondBy)
        .map(({ handoff }) => handoff.id),

    balance: async () => balanceOf(kept, null),

    open: async (leadId, inbox, source, at, decide) => {
      if (ofLead(leadId).some((other) => !closedAtOf(other))) return 'openAlready';
      const decided = decide(balanceOf(kept, at));
      keepDecision(kept, decided.decision);
      const decideEvents = (decision: EventDecision) => {
        for (const event of kept.events) if (inbox.includes(event.id)) event.decision ??= decision;
      };
      if ('hold' in decided) {
        keepHold(kept, decided.hold);
        decideEvents({ decision: 'held', reason: decided.decision.reason });
        return decided;
      }
      begin(kept, decided, source, at);
      const { id } = decided.handoff;
      decideEvents({ decision: 'handoff', reason: decided.decision.reason, handoffId: id });
      return 'opened';
    },

    change: async (id, cause, decide) => change(kept, id, cause, decide),

    reassign: async (id, cause, decide) =>
      change(kept, id, cause, (handoff) => {
        const decided = decide(handoff, balanceOf(kept, cause.at));
        if (!('refused' in decided) && decided.credits) {
          kept.credits.set(decided.credits.pool, new Map(decided.credits.after));
        }
        return decided;
      }),

    view: async (id) => {
      const found = kept.handoffs.get(id);
      if (!found) return null;
      const { handoff, log, cards, written } = found;
      const lead = kept.leads.get(handoff.leadId);
      if (!lead) throw new Error(`Lead ${handoff.leadId} of handoff ${id} has no snapshot: expected one.`);
      const crm = { ...written, touchIds: new Map(written.touchIds) };
      return { handoff, lead, log: [...log], cards: [...cards.values()], crm };
    },

    facts: async (from, to) =>
      [...kept.handoffs.values()]
        .filter(({ handoff }) => handoff.qualifiedAt >= from && handoff.qualifiedAt < to)
        .sort((a, b) => +a.handoff.qualifiedAt - +b.handoff.qualifiedAt)
        .map((one) => factsOf(one)),

    saveWriteBack: async (id, progress) => {
      const found = kept.handoffs.get(id);
      if (found) Object.assign(found.written, progress);
    },

    saveTouchWritten: async (touchId, crmId) => {
      for (const { log, written } of kept.handoffs.values()) {
        const known = log.some(({ event }) => event.type === 'touched' && event.touch.id === touchId);
        if (known) written.touchIds.set(touchId, crmId);
      }
    },

    deliverAgain: async (person) => {
      for (const { handoff } of kept.handoffs.values()) {
        const concerns = [handoff.assignment.rep, handoff.escalatedTo, ...openTo(handoff)].includes(person);
        if (concerns && handoff.status !== 'closed') addJobs(kept, handoff.id, { writeBack: false });
      }
    },
  };
}

function change(
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
  append(found, decided.events, cause);
  const restarted = decided.handoff.clockRun !== handoff.clockRun;
  if (restarted) schedule(found, decided.timers);
  const told = decided.events.some(({ type }) => !untold.has(type));
  if (decided.refund) refundTurn(kept, decided.refund);
  const onlyArrived = !restarted && decided.events.every(({ type }) => type === 'delivered');
  if (!onlyArrived) addJobs(kept, id, { writeBack: restarted || told });
  return { outcome: 'changed', handoff: decided.handoff, events: decided.events };
}

function begin(
  kept: Kept,
  { handoff, events, timers, credits }: Opening,
  source: string | null,
  at: Date,
): void {
  const opened: KeptHandoff = {
    ...{ handoff, source, log: [], commandIds: new Set(), acceptedAt: null, timers: [], cards: new Map() },
    written: { writtenSeq: 0, writingSeq: 0, taskId: null, touchIds: new Map() },
  };
  kept.handoffs.set(handoff.id, opened);
  append(opened, events, { by: null, at, commandId: null });
  schedule(opened, timers);
  if (credits) kept.credits.set(credits.pool, new Map(credits.after));
  kept.holds.delete(handoff.leadId);
  addJobs(kept, handoff.id, { writeBack: true });
}

function refundTurn(kept: Kept, turn: TakenTurn): void {
  kept.credits.set(turn.pool, giveBack(turn, kept.credits.get(turn.pool) ?? new Map()));
}

/** What routing depends on; without `now`, as of the last assignment. */
function balanceOf(kept: Kept, now: Date | null): Balance {
  const all = [...kept.handoffs.values()];
  const given = all
    .flatMap(({ log }) => log.flatMap(({ event }) => ('assignment' in event ? [event.assignment] : [])))
    .sort((a, b) => +a.at - +b.at);
  const since = (now ?? given.at(-1)?.at ?? new Date(0)).getTime() - 48 * 3_600_000;
  const recent = given.filter(({ at }) => at.getTime() > since);
  const open = all.filter((one) => !closedAtOf(one)).map(({ handoff }) => handoff.assignment.rep);
  const reps = new Set([...open, ...recent.map(({ rep }) => rep)]);
  const loadOf = (rep: string) => ({
    open: open.filter((other) => other === rep).length,
    givenAt: recent.filter((one) => one.rep === rep).map(({ at }) => at),
  });
  return {
    credits: new Map(kept.credits),
    load: new Map([...reps].map((rep) => [rep, loadOf(rep)])),
    gaveBack: new Set(),
  };
}

function append(kept: KeptHandoff, events: readonly HandoffEvent[], { by, at, commandId }: Cause): void {
  for (const event of events) {
    kept.log.push({ seq: kept.log.length + 1, at, by, event });
    if (event.type === 'accepted') kept.acceptedAt = at;
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

const untold = new Set(['breached', 'delivered', 'escalated', 'reminded', 'unreachable']);

function addJobs({ jobs }: Kept, handoffId: string, { writeBack }: { writeBack: boolean }): void {
  jobs.add('deliver', `deliver:${handoffId}`, { handoffId });
  if (writeBack) jobs.add('write-back', `write-back:${handoffId}`, { handoffId });
}

function closedAtOf({ handoff }: KeptHandoff): Date | null {
  return handoff.status === 'closed' ? handoff.closedAt : null;
}

function factsOf({ handoff, source, acceptedAt }: KeptHandoff) {
  const { trigger, qualifiedAt, deliveredAt, acknowledgedAt, firstTouchAt } = handoff;
  const closed = handoff.status === 'closed' ? handoff : null;
  return {
    ...{ trigger, source, qualifiedAt, deliveredAt, acknowledgedAt, acceptedAt, firstTouchAt },
    rep: handoff.assignment.rep,
    team: handoff.assignment.team,
    closedAt: closed?.closedAt ?? null,
    ackBreached: handoff.ackBreachedAt !== null,
    touchBreached: handoff.touchBreachedAt !== null,
    outcome: closed?.outcome ?? null,
    reason: closed?.reason ?? null,
  };
}
