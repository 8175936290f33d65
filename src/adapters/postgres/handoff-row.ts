import type { Handoff } from '../../domain/handoff/handoff.ts';
import type { Prisma } from './generated/client.ts';
import { fromJson, toJson } from './stored-json.ts';

/** A handoff as it is read: its state, and what of it stands in columns alone. */
export type HandoffRow = { id: string; lead_id: string; version: number; state: Prisma.JsonValue };

export function handoffOf({ id, lead_id: leadId, version, state }: HandoffRow): Handoff {
  return { id, leadId, version, ...fromJson<Omit<Handoff, 'id' | 'leadId' | 'version'>>(state) } as Handoff;
}

/** A handoff as it is written: its state, and the columns by which rows are searched for. */
export function rowOf(handoff: Handoff) {
  const { id, leadId: _, version, ...state } = handoff;
  return {
    id,
    version,
    state: toJson(state),
    rep: handoff.assignment.rep,
    open_to: handoff.openTo,
    escalated_to: handoff.escalatedTo,
    closed_at: handoff.status === 'closed' ? handoff.closedAt : null,
    followed: isFollowed(handoff),
  };
}

/** Whether HubSpot may have news of it: it is open, sleeps, or ended with a deal that is not won yet. */
function isFollowed(handoff: Handoff): boolean {
  const { status, opportunityAt, wonAt } = handoff;
  return (
    status !== 'closed' || (opportunityAt !== null && wonAt === null) || handoff.sentBack?.revisitAt != null
  );
}
