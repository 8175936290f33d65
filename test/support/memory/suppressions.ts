import type { Handoff } from '../../../src/domain/handoff/handoff.ts';
import { type Nurture, neverPaused } from '../../../src/domain/handoff/nurture.ts';
import type { LiftedWhy } from '../../../src/domain/handoff/pause.ts';
import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { LeadNurture, PauseEntry, Suppressions } from '../../../src/flow/ports/suppressions.ts';
import type { Kept, KeptPause } from './kept.ts';

export function memorySuppressions(kept: Kept): Suppressions {
  const isOpen = ({ lifted }: KeptPause) => lifted === null;
  const entries = (which: (pause: KeptPause) => boolean) =>
    kept.pauses
      .filter(which)
      .map((pause): PauseEntry => entryOf(kept, pause))
      .reverse()
      .sort((a, b) => +b.since - +a.since);
  const note = (what: 'written' | 'seen', leadId: LeadId, paused: boolean, at: Date) => {
    if (!kept.leads.has(leadId)) return;
    kept.nurture.set(leadId, {
      written: null,
      seen: null,
      ...kept.nurture.get(leadId),
      [what]: { paused, at },
    });
  };
  const leadNurture = (leadId: LeadId): LeadNurture => ({ leadId, nurture: nurtureOf(kept, leadId) });
  return {
    list: async (which) => entries((pause) => which === 'all' || isOpen(pause)),

    openOf: async (leadIds) => entries((pause) => isOpen(pause) && leadIds.includes(pause.leadId)),

    overdue: async (now) => entries((pause) => isOpen(pause) && pause.until <= now),

    pauseByHand: async ({ leadId, who, why, since, until }) => {
      if (!kept.leads.has(leadId)) return false;
      for (const pause of kept.pauses.filter(
        (one) => isOpen(one) && one.leadId === leadId && !one.handoffId,
      )) {
        pause.lifted = { at: since, why: 'byHand' };
      }
      keep(kept, { leadId, handoffId: null, who, why, since, until });
      return true;
    },

    lift: async (ids, at, why) => {
      for (const pause of kept.pauses) {
        if (isOpen(pause) && ids.includes(pause.id) && !pause.handoffId) pause.lifted = { at, why };
      }
    },

    paused: async () => {
      const open = kept.pauses.filter(isOpen).map(({ leadId }) => leadId);
      const shown = [...kept.nurture].flatMap(([leadId, { written, seen }]) =>
        written?.paused || seen?.paused || (written && (!seen || seen.at <= written.at)) ? [leadId] : [],
      );
      return [...new Set([...open, ...shown])].sort().map(leadNurture);
    },

    nurtureOf: async (leadIds) => [...leadIds].sort().map(leadNurture),

    noteWritten: async (written, at) => {
      for (const { leadId, paused } of written) note('written', leadId, paused, at);
    },

    noteSeen: async (seen, at) => {
      for (const { leadId, paused } of seen) note('seen', leadId, paused, at);
    },
  };
}

export function nurtureOf({ pauses, nurture }: Kept, leadId: LeadId): Nurture {
  const own = pauses.filter((pause) => pause.leadId === leadId);
  const lifted = own.flatMap((pause) => (pause.lifted ? [pause.lifted.at.getTime()] : []));
  return {
    ...neverPaused,
    ...nurture.get(leadId),
    paused: own.some((pause) => pause.lifted === null),
    liftedAt: lifted.length > 0 ? new Date(Math.max(...lifted)) : null,
  };
}

/** Keeps the pause of a handoff as it stands, or that it has none any more. */
export function keepPause(kept: Kept, handoff: Handoff, at: Date, why: LiftedWhy): void {
  const { id: handoffId, leadId, assignment, trigger, pause } = handoff;
  const open = kept.pauses.find((one) => one.handoffId === handoffId && one.lifted === null);
  if (!pause) {
    if (open) open.lifted = { at, why };
  } else if (open) {
    Object.assign(open, { who: assignment.rep, until: pause.until });
  } else {
    keep(kept, { leadId, handoffId, who: assignment.rep, why: trigger, ...pause });
  }
}

function keep(kept: Kept, pause: Omit<KeptPause, 'id' | 'lifted'>): void {
  kept.pauses.push({ ...pause, id: String(kept.pauses.length + 1), lifted: null });
}

function entryOf(
  kept: Kept,
  { id, leadId, handoffId, who, why, since, until, lifted }: KeptPause,
): PauseEntry {
  const team = (handoffId && kept.handoffs.get(handoffId)?.handoff.assignment.team) || null;
  const { written, seen } = nurtureOf(kept, leadId);
  return {
    ...{ id, leadId, since, until, lifted, written, seen },
    leadName: kept.leads.get(leadId)?.name ?? null,
    cause: handoffId
      ? { kind: 'handoff', handoffId, rep: who, team, trigger: why }
      : { kind: 'hand', who, why },
  };
}
