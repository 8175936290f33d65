import type { Pool } from 'pg';
import type { Handoff } from '../../domain/handoff/handoff.ts';
import type { HandoffFacts } from '../../domain/past/stats.ts';
import { type HandoffRow, handoffOf } from './handoff-row.ts';

/** What the measures ask of the handoffs that qualified in [from, to), oldest first. */
export async function readFacts(pool: Pool, from: Date, to: Date): Promise<HandoffFacts[]> {
  const { rows } = await pool.query<FactsRow>(
    `select id, lead_id, version, state, source, accepted_at from handoff
      where qualified_at >= $1 and qualified_at < $2 order by qualified_at`,
    [from, to],
  );
  return rows.map((row) => factsOf(handoffOf(row), row));
}

type FactsRow = HandoffRow & { source: string | null; accepted_at: Date | null };

/** The milestones of a handoff. */
export function factsOf(
  handoff: Handoff,
  { source, accepted_at: acceptedAt }: Pick<FactsRow, 'source' | 'accepted_at'>,
): HandoffFacts {
  const closed = handoff.status === 'closed' ? handoff : null;
  return {
    rep: handoff.assignment.rep,
    team: handoff.assignment.team,
    trigger: handoff.trigger,
    source,
    qualifiedAt: handoff.qualifiedAt,
    deliveredAt: handoff.deliveredAt,
    acknowledgedAt: handoff.acknowledgedAt,
    acceptedAt,
    firstTouchAt: handoff.firstTouchAt,
    closedAt: closed?.closedAt ?? null,
    ackBreached: handoff.ackBreachedAt !== null,
    touchBreached: handoff.touchBreachedAt !== null,
    outcome: closed?.outcome ?? null,
    reason: closed?.reason ?? null,
  };
}
