import type { HandoffEvent } from '../../../src/domain/handoff.ts';
import type { Cause, Change, Handoffs } from '../../../src/flow/ports.ts';
import type { Kept, KeptHandoff } from './stores.ts';

export function memoryHandoffs(kept: Kept): Handoffs {
  const ofLead = (leadId: string) =>
    [...kept.handoffs.values()].filter(({ handoff }) => handoff.leadId === leadId);
  return {
    saveLead: async (lead) => {
      kept.leads.set(lead.id, lead);
    },

    lastOf: async (leadId) => {
      const [last] = ofLead(leadId).sort((a, b) => +b.handoff.qualifiedAt - +a.handoff.qualifiedAt);
      return last ? { qualifiedAt: last.handoff.qualifiedAt, closedAt: closedAtOf(last) } : null;
    },

    open: async (inbox, source, at, decide) => {
      const opening = decide(kept.credits);
      const { handoff, events, timers, credits } = opening;
      if (ofLead(handoff.leadId).some((other) => !closedAtOf(other))) return false;
      const opened: KeptHandoff = {
        ...{
          handoff,
          source,
          log: [],
          commandIds: new Set(),
          acceptedAt: null,
          timers: [],
          cards: new Map(),
        },
        written: { writtenSeq: 0, writingSeq: 0, taskId: null, touchIds: new Map() },
      };
      kept.handoffs.set(handoff.id, opened);
      append(opened, events, { by: null, at, commandId: null });
      schedule(opened, timers);
      if (credits) kept.credits.set(credits.pool, new Map(credits.after));
      const offered = events.find((event) => event.type === 'offered');
      for (const event of kept.events.filter(({ id, decision }) => inbox.includes(id) && !decision)) {
        event.decision = { decision: 'handoff', reason: offered?.evidence ?? '', handoffId: handoff.id };
      }
      addJobs(kept, handoff.id, { writeBack: true });
      return true;
    },

    change: async (id, cause, decide) => {
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
      const onlyArrived = !restarted && decided.events.every(({ type }) => type === 'delivered');
      if (!onlyArrived) addJobs(kept, id, { writeBack: restarted || told });
      return { outcome: 'changed', handoff: decided.handoff, events: decided.events };
    },

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
        const concerns = [handoff.assignment.rep, handoff.escalatedTo].includes(person);
        if (concerns && handoff.status !== 'closed') addJobs(kept, handoff.id, { writeBack: false });
      }
    },
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
