import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { Arrivals, Settlement } from '../../../src/flow/ports/arrivals.ts';
import { keepDecision } from './decisions.ts';
import {
  begin,
  closedAtOf,
  earlierOf,
  excludedFrom,
  isFollowed,
  loadOf,
  ofLead,
  viewOf,
} from './handoffs.ts';
import { keepHold } from './holds.ts';
import { undecidedOf, workflowsOf } from './inbox.ts';
import type { Kept } from './kept.ts';
import { memoryAround } from './memory.ts';

export function memoryArrivals(kept: Kept): Arrivals {
  const isOpen = (ids: readonly LeadId[]) => ofLead(kept, ids).some((one) => !closedAtOf(one));
  return {
    known: async (leads) =>
      leads.map((ids) => ({
        erased: ids.some((id) => kept.erased.has(id)),
        events: undecidedOf(kept, ids[0] ?? ''),
        hold: ids.map((id) => kept.holds.get(id)).find((hold) => hold !== undefined) ?? null,
        earlier: earlierOf(kept, ids),
        followed: ofLead(kept, ids)
          .filter(isFollowed)
          .map((one) => viewOf(kept, one)),
        workflows: ids.flatMap((id) => workflowsOf(kept, id)),
      })),

    standings: async (leads, reps, now, remembered = []) => ({
      credits: new Map(kept.credits),
      versions: new Map(kept.turns),
      load: new Map([...loadOf(kept, now)].filter(([rep]) => reps.includes(rep))),
      excluded: new Map(leads.map((id) => [id, excludedFrom(kept, { leadIds: [id] })])),
      memories: new Map(
        remembered.map(({ ids, companyId }) => [ids[0] ?? '', memoryAround(kept, ids, companyId)]),
      ),
    }),

    settle: async (lot, turns, { versions }, now) => {
      const wasFaster =
        turns.some(({ pool }) => (versions.get(pool) ?? 0) !== (kept.turns.get(pool) ?? 0)) ||
        lot.some(({ outcome, ids }) => !('released' in outcome) && isOpen(ids));
      if (wasFaster) return null;
      for (const settlement of lot) keep(kept, settlement, now);
      for (const { pool, after } of turns) {
        kept.credits.set(pool, new Map(after));
        kept.turns.set(pool, (kept.turns.get(pool) ?? 0) + 1);
      }
      return lot.flatMap(({ outcome }) =>
        'opening' in outcome ? [{ handoffId: outcome.opening.handoff.id, asked: null }] : [],
      );
    },
  };
}

function keep(kept: Kept, { lead, ids, events, decided, decision, outcome }: Settlement, now: Date): void {
  if (lead) {
    kept.leads.set(lead.id, lead);
    kept.readAt.set(lead.id, now);
  }
  if (decision) keepDecision(kept, decision);
  for (const event of kept.events) if (events.includes(event.id)) event.decision ??= decided;
  for (const id of ids) if (!('hold' in outcome) || id !== outcome.hold.leadId) kept.holds.delete(id);
  if ('hold' in outcome) keepHold(kept, outcome.hold);
  if ('opening' in outcome) begin(kept, outcome.opening, lead?.source.original ?? null, now);
}
