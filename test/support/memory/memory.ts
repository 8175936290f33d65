import type { Memory } from '../../../src/domain/handoff/memory.ts';
import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { Kept, KeptHandoff } from './kept.ts';

/** What is remembered around a lead. @param before when its handoff begins; null: it has none yet */
export function memoryAround(
  { handoffs, leads }: Kept,
  ids: readonly LeadId[],
  companyId: string | null,
  before: Date | null = null,
): Memory {
  const newestFirst = [...handoffs.values()]
    .map(({ handoff }: KeptHandoff) => handoff)
    .sort((a, b) => +b.qualifiedAt - +a.qualifiedAt);
  const colleagues = [...leads.values()].filter(
    ({ id, account }) =>
      companyId !== null && !ids.includes(id) && (account?.id ?? account?.matchedId) === companyId,
  );
  return {
    colleagues: newestFirst
      .filter((one, place) => newestFirst.findIndex(({ leadId }) => leadId === one.leadId) === place)
      .flatMap((handoff) => {
        const lead = colleagues.find(({ id }) => id === handoff.leadId);
        if (!lead) return [];
        const { id: handoffId, leadId, status, assignment } = handoff;
        const { outcome, reason } = status === 'closed' ? handoff : { outcome: null, reason: null };
        const about = { leadId, handoffId, name: lead.name, role: lead.jobTitle };
        return [{ ...about, rep: assignment.rep, since: assignment.at, status, outcome, reason }];
      })
      .slice(0, 5),
    earlier: newestFirst
      .flatMap((handoff) => {
        if (handoff.status !== 'closed' || !ids.includes(handoff.leadId)) return [];
        if (before && handoff.qualifiedAt >= before) return [];
        const { id: handoffId, trigger, assignment, qualifiedAt, closedAt, outcome, reason } = handoff;
        const note = handoff.sentBack?.note ?? '';
        return [{ handoffId, trigger, rep: assignment.rep, qualifiedAt, closedAt, outcome, reason, note }];
      })
      .slice(0, 3),
  };
}
