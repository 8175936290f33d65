import type { Pool, PoolClient } from 'pg';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Erasures, Retraction, RetractionProgress } from '../../flow/ports/erasures.ts';
import type { Connection } from './connection.ts';
import { eraseLead, retract } from './erase-lead.ts';
import { isUuid } from './is-uuid.ts';
import { storable } from './stored-json.ts';

/** Leads that must not be known any more, in PostgreSQL. */
export function postgresErasures({ pool }: Pick<Connection, 'pool'>): Erasures {
  return {
    among: async (ids) => {
      const { rows } = await pool.query<{ lead_id: LeadId }>(
        'select lead_id from erasure where lead_id = any ($1)',
        [ids.map(storable)],
      );
      return rows.map(({ lead_id }) => lead_id);
    },

    idsOf: async (who) => {
      const asked = storable(who).trim();
      const { rows } = await pool.query<{ id: LeadId; former: LeadId[] }>(
        `select id, snapshot -> 'formerIds' as former from lead
          where id = $1 or email = $2 or snapshot -> 'formerIds' ? $1 order by id`,
        [asked, asked.toLowerCase()],
      );
      const known = [...rows.map(({ id }) => id), ...rows.flatMap(({ former }) => former)];
      return [...new Set(asked.includes('@') ? known : [...known, asked])];
    },

    known: async (ids) => {
      const { rows } = await pool.query<{ id: LeadId }>(
        `select id from unnest($1::text[]) as asked (id)
          where exists (select from lead where lead.id = asked.id)
             or exists (select from handoff where lead_id = asked.id)
             or exists (select from inbound_event where lead_id = asked.id)
             or exists (select from erasure where lead_id = asked.id)`,
        [ids.map(storable)],
      );
      return rows.map(({ id }) => id);
    },

    erase: (erasing, end) => inOneTransaction(pool, (client) => eraseLead(client, erasing, end)),

    takeUp: async (handoffId, found) => {
      if (!isUuid(handoffId)) return;
      const { rows } = await pool.query<{ lead_id: LeadId }>(
        'select lead_id from handoff where id = $1 and not exists (select from lead where id = lead_id)',
        [handoffId],
      );
      for (const { lead_id } of rows) await retract(pool, [lead_id], [handoffId], found);
    },

    toRetract: async (leadId) => {
      const { rows } = await pool.query<Retraction>(
        `select id::text, platform, conversation_id as "conversationId", message_id as "messageId",
                is_card as "isCard"
           from retraction where lead_id = $1 and done_at is null and refused is null order by id`,
        [leadId],
      );
      return rows;
    },

    noteRetracted: async (id, at, refused) => {
      await pool.query('update retraction set done_at = $2, refused = $3 where id = $1', [
        id,
        refused === null ? at : null,
        refused,
      ]);
    },

    progress: async (of) => {
      const { rows } = await pool.query<RetractionProgress>(
        `select count(*) filter (where done_at is not null)::int as done,
                count(*) filter (where refused is not null)::int as refused,
                count(*) filter (where done_at is null and refused is null)::int as remaining
           from retraction where $1::text[] is null or lead_id = any ($1)`,
        [of === 'all' ? null : of],
      );
      return rows[0] ?? { done: 0, refused: 0, remaining: 0 };
    },
  };
}

async function inOneTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
