import type { Outcome } from '../../domain/handoff/handoff.ts';
import type { Origin } from '../../domain/lead/origin.ts';
import type { MarketingFacts } from '../../domain/past/marketing-week.ts';
import type { MarketingPast } from '../../flow/ports/marketing.ts';
import type { Connection } from './connection.ts';
import type { Prisma } from './generated/client.ts';
import { fromJson } from './stored-json.ts';

/** What marketing asks of the past, in PostgreSQL. */
export function postgresMarketingPast({ pool }: Pick<Connection, 'pool'>): MarketingPast {
  return {
    facts: async ({ from, until }) => {
      const { rows } = await pool.query<Row>(selectFacts, [from, until]);
      return rows.map(factsOf);
    },

    paused: async (teams) => {
      const { rows } = await pool.query<{ leads: number }>(
        `select count(distinct pause.lead_id)::int as leads
           from suppression as pause left join handoff on handoff.id = pause.handoff_id
          where lifted_at is null and ($1::text[] is null or state -> 'assignment' ->> 'team' = any ($1))`,
        [teams],
      );
      return rows[0]?.leads ?? 0;
    },
  };
}

/** Times within JSON are texts of PostgreSQL's. */
type Row = Omit<MarketingFacts, 'origin' | 'outcome' | 'held' | 'back'> & {
  origin: Prisma.JsonValue;
  outcome: Outcome | null;
  held: { rep: string; from: string; until: string | null }[];
  isBack: boolean;
};

const selectFacts = `
  select id as "handoffId", lead_id as "leadId", state ->> 'trigger' as trigger, origin,
         state -> 'assignment' ->> 'team' as team,
         qualified_at as "qualifiedAt", accepted_at as "acceptedAt", closed_at as "closedAt",
         state ->> 'outcome' as outcome, state ->> 'reason' as reason,
         coalesce((
           select data ->> 'note' from handoff_event
            where handoff_id = handoff.id and at >= closed_at and data ? 'reason' and data ? 'note'
            order by seq desc limit 1), '') as note,
         (select jsonb_agg(jsonb_build_object('rep', rep, 'from', at, 'until', until) order by seq)
            from assignment where handoff_id = handoff.id) as held,
         jsonb_array_length(state -> 'attempts') as touches,
         (select count(*)::int from handoff_event
           where handoff_id = handoff.id and type = 'escalated') as escalations,
         coalesce(state -> 'back' ->> 'outcome' = 'recycled', false) as "isBack"
    from handoff
   where qualified_at >= $1 and qualified_at < $2
      or accepted_at >= $1 and accepted_at < $2
      or closed_at >= $1 and closed_at < $2
   order by qualified_at, id`;

function factsOf({ origin, held, isBack, ...row }: Row): MarketingFacts {
  return {
    ...row,
    origin: origin === null ? null : fromJson<Origin>(origin),
    held: held.map(({ rep, from, until }) => ({
      rep,
      from: new Date(from),
      until: until === null ? null : new Date(until),
    })),
    back: isBack ? { wokenBy: row.trigger } : null,
  };
}
