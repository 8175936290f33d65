import type { PoolClient } from 'pg';
import type { Handoff } from '../../domain/handoff/handoff.ts';
import type { PastAnswer } from '../../domain/past/forecast.ts';
import type { PastLead } from '../../domain/past/replay.ts';
import type { Past } from '../../flow/ports/past.ts';
import type { Connection } from './connection.ts';
import { type HandoffRow, handoffOf } from './handoff-row.ts';
import { fromJson } from './stored-json.ts';

/** As many leads are in memory at a time. */
const batchSize = 250;
const momentsAtATime = 20 * batchSize;
/** More of a rep's answers would say the same about their pace. */
const answersPerRep = 200;

/** The stored past in PostgreSQL. */
export function postgresPast({ pool }: Pick<Connection, 'pool'>): Past {
  return {
    moments: async function* (from, to) {
      const client = await pool.connect();
      try {
        // One snapshot for all batches: the bot may go on working meanwhile.
        await client.query('begin isolation level repeatable read read only');
        // Events that nobody had to look into are no occasion; several that came together are one.
        await client.query(
          `declare moments no scroll cursor for
             select lead_id, received_at as at from inbound_event
              where received_at >= $1 and received_at < $2 and lead_id is not null and type <> 'hold.over'
                and ignored_as is null
              group by received_at, lead_id order by received_at, lead_id`,
          [from, to],
        );
        // PostgreSQL reads the next batch while this one is gone through.
        let next: ReturnType<typeof readBatch> | null = null;
        for (let moments = await readMoments(client); moments; moments = await readMoments(client)) {
          for (let start = 0; start < moments.length; start += batchSize) {
            const ready = next;
            next = readBatch(client, moments.slice(start, start + batchSize));
            next.catch(() => {});
            if (ready) yield await ready;
          }
        }
        if (next) yield await next;
      } finally {
        await client.query('rollback').catch(() => {});
        client.release();
      }
    },

    answers: async (from, to) => {
      const { rows } = await pool.query<HandoffRow>(
        `select id, lead_id, version, state from (
           select h.*, row_number() over (partition by h.rep order by h.qualified_at desc) as n
             from handoff h
            where h.qualified_at >= $1 and h.qualified_at < $2
              and (h.state ->> 'acknowledgedAt' is not null or h.state ->> 'ackBreachedAt' is not null)
              and not exists (select from assignment a where a.handoff_id = h.id and a.seq > 1)
         ) as newest where n <= $3`,
        [from, to, answersPerRep],
      );
      return rows.map((row) => answerOf(handoffOf(row)));
    },

    openAt: async (at) => {
      const { rows } = await pool.query(
        `select rep, closed_at as "closedAt" from handoff
          where qualified_at < $1 and (closed_at is null or closed_at > $1)`,
        [at],
      );
      return rows;
    },

    timeToClose: async () => {
      const { rows } = await pool.query<{ median: number | null; count: number }>(
        `select percentile_cont(0.5) within group (order by extract(epoch from closed_at - qualified_at)) as median,
                count(*)::int as count
           from handoff where closed_at is not null`,
      );
      const [{ median, count } = { median: null, count: 0 }] = rows;
      return median === null ? null : { medianMs: median * 1000, count };
    },

    names: async (ids) => {
      const { rows } = await pool.query<{ id: string; name: string | null }>(
        `select id, coalesce(snapshot->>'name', snapshot->>'email') as name from lead where id = any($1)`,
        [ids],
      );
      return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
    },
  };
}

function answerOf({ assignment, deliveredAt, qualifiedAt, ...facts }: Handoff): PastAnswer {
  return {
    rep: assignment.rep,
    team: assignment.team,
    since: deliveredAt ?? qualifiedAt,
    acknowledgedAt: facts.acknowledgedAt,
    firstTouchAt: facts.firstTouchAt,
    touchBreached: facts.touchBreachedAt !== null,
  };
}

type Moment = { lead_id: string; at: Date };
type PastMoment = { at: Date; past: PastLead };

/**
 * Everything that is asked of leads, as the text of JSON that `fromJson` reads. No policy asks for calls and mails,
 * which are the most of many a lead.
 */
const selectLeads = `
  select id, jsonb_build_object(
    'lead', snapshot || '{"activities": []}',
    'workflows', coalesce((
      select jsonb_agg(jsonb_build_object(
               'name', payload->'inputFields'->>'trigger', 'at', jsonb_build_object('$date', occurred_at)
             ) order by occurred_at desc)
        from inbound_event where lead_id = lead.id and type = 'workflow.action'), '[]'),
    'handoffs', coalesce((
      select jsonb_agg(jsonb_build_object(
               'trigger', state -> 'trigger', 'reasons', reasons, 'assignedAt', jsonb_build_object('$date', at),
               'qualifiedAt', jsonb_build_object('$date', qualified_at),
               'closedAt', case when closed_at is not null then jsonb_build_object('$date', closed_at) end
             ) order by qualified_at)
        from handoff join assignment on handoff_id = id and seq = 1
       where handoff.lead_id = lead.id), '[]')
  )::text as past
    from lead where id = any($1)`;

/** Null: there are no more. */
async function readMoments(client: PoolClient): Promise<Moment[] | null> {
  const { rows } = await client.query<Moment>(`fetch ${momentsAtATime} from moments`);
  return rows.length > 0 ? rows : null;
}

async function readBatch(client: PoolClient, moments: readonly Moment[]): Promise<Iterable<PastMoment>> {
  const ids = [...new Set(moments.map(({ lead_id }) => lead_id))];
  const { rows } = await client.query<{ id: string; past: string }>(selectLeads, [ids]);
  return parsed(moments, new Map(rows.map(({ id, past }) => [id, past])));
}

/** One after another, so that what was made of a lead is gone before the next is looked at. */
function* parsed(moments: readonly Moment[], texts: ReadonlyMap<string, string>): Generator<PastMoment> {
  for (const { lead_id, at } of moments) {
    const text = texts.get(lead_id);
    if (text !== undefined) yield { at, past: fromJson<PastLead>(JSON.parse(text)) };
  }
}
