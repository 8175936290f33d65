import type { PoolClient } from 'pg';
import type { Refusal } from '../../domain/handoff/decide.ts';
import type { Handoff, HandoffEvent } from '../../domain/handoff/handoff.ts';
import { eventWithoutPerson, withoutPerson } from '../../domain/handoff/without-person.ts';
import type { Platform } from '../../domain/policy/policy.ts';
import type { MessageRef } from '../../flow/ports/chat.ts';
import type { Erasing } from '../../flow/ports/erasures.ts';
import type { Change } from '../../flow/ports/handoffs.ts';
import type { Prisma } from './generated/client.ts';
import { type HandoffRow, handoffOf, rowOf } from './handoff-row.ts';
import { isOutlived } from './outlived.ts';
import { fromJson, storable, toJson } from './stored-json.ts';
import { changeToWrite } from './what-to-write.ts';
import { write } from './write.ts';

/**
 * Erases a lead inside a transaction, table by table. What is personal in a new table has to go here as well.
 * @param end what becomes of a handoff that is open
 * @returns false when it stays, as somebody needs it again
 */
export async function eraseLead(
  client: PoolClient,
  erasing: Erasing,
  end: (handoff: Handoff) => Change | Refusal,
): Promise<boolean> {
  const { ids, at, why, isForGood } = erasing;
  // In the order in which whoever keeps several leads comes to them.
  await client.query(
    'select pg_advisory_xact_lock(lead_lock(id)) from (select unnest($1::text[]) as id order by 1) as lead',
    [ids],
  );
  if (isForGood) {
    await client.query(
      'insert into erasure (lead_id, at) select unnest($1::text[]), $2 on conflict do nothing',
      [ids, at],
    );
  } else if (await isNeeded(client, ids, erasing.unusedSince)) {
    return false;
  }
  const { rows } = await client.query<HandoffRow>(
    'select id, lead_id, version, state from handoff where lead_id = any ($1) order by id for update',
    [ids],
  );
  const handoffs: Handoff[] = [];
  for (const row of rows) handoffs.push(await ended(client, handoffOf(row), at, end));
  await keepBare(client, handoffs);
  await client.query(
    `update inbound_event
        set payload = '{}', reason = $2, decision = coalesce(decision, 'ignored'), decided_at = coalesce(decided_at, $3)
      where lead_id = any ($1) and (decided_at is not null or $4)`,
    [ids, storable(why), at, isForGood],
  );
  await client.query('delete from decision where lead_id = any ($1)', [ids]);
  await client.query('delete from hold where lead_id = any ($1)', [ids]);
  await client.query('delete from suppression where lead_id = any ($1)', [ids]);
  await client.query('delete from nurture_state where lead_id = any ($1)', [ids]);
  await forgetAmongColleagues(client, ids);
  await client.query('delete from lead where id = any ($1)', [ids]);
  const handoffIds = handoffs.map(({ id }) => id);
  await client.query('delete from open_form where handoff_id = any ($1)', [handoffIds]);
  await retract(client, ids, handoffIds);
  // Whenever it was opened: it is in front of them again as it was.
  await client.query(
    `with home as (select person from home where lead_ids && $1)
     select from ask_jobs(array(select 'home' from home), array(select person from home))`,
    [ids],
  );
  // Of a lead that may come again, what has arrived this moment is still to be decided.
  if (isForGood) {
    await client.query(
      `delete from job where task in ('intake', 'erase') and key = any ($1) and taken_by is null`,
      [ids],
    );
  }
  await client.query(
    'update job set last_error = null, discarded = null where key = any ($1) and last_error is not null',
    [[...ids, ...handoffIds]],
  );
  // Whoever is sending a card at this moment is followed by a delivery that takes it back.
  await client.query(`select from ask_jobs(array(select 'deliver' from unnest($1::text[])), $1)`, [
    handoffIds,
  ]);
  return true;
}

/** Looked at under the lock: whoever keeps a lead, and opens or holds something about it, has to have it too. */
async function isNeeded(client: PoolClient, ids: readonly string[], unusedSince: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from lead where id = any ($2) and not (${isOutlived}) limit 1`,
    [unusedSince, ids],
  );
  return rowCount !== 0;
}

async function ended(
  client: PoolClient,
  handoff: Handoff,
  at: Date,
  end: (handoff: Handoff) => Change | Refusal,
): Promise<Handoff> {
  const change = end(handoff);
  if ('refused' in change) return handoff;
  const written = await write(client, changeToWrite(handoff, change, { by: null, at, commandId: null }));
  if (!written) throw new Error(`Handoff ${handoff.id} changed while it was locked: expected nobody to.`);
  return change.handoff;
}

/** Has the cards drawn anew that may name the lead because somebody else of its company is with sales. */
async function forgetAmongColleagues(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query(
    `with drawn as (
       update card set revision = 0
         from handoff join lead on lead.id = handoff.lead_id
        where card.handoff_id = handoff.id and handoff.closed_at is null and lead.id <> all ($1)
          and lead.company_id in (select company_id from lead where id = any ($1))
       returning card.handoff_id
     ),
     concerned as (select distinct handoff_id::text as id from drawn)
     select from ask_jobs(array(select 'deliver' from concerned), array(select id from concerned))`,
    [ids],
  );
}

/** What of handoffs the measures are made from, and nothing else. */
async function keepBare(client: PoolClient, handoffs: readonly Handoff[]): Promise<void> {
  const states = handoffs.map((handoff) => {
    const { id, state } = rowOf(withoutPerson(handoff));
    return { id, state };
  });
  await client.query(
    `update handoff set state = given.state, followed = false
       from jsonb_to_recordset($1::jsonb) as given (id uuid, state jsonb) where handoff.id = given.id`,
    [JSON.stringify(states)],
  );
  const ids = handoffs.map(({ id }) => id);
  const { rows } = await client.query<EventRow>(
    'select handoff_id, seq, type, data from handoff_event where handoff_id = any ($1)',
    [ids],
  );
  await client.query(
    `update handoff_event as event set data = given.data
       from jsonb_to_recordset($1::jsonb) as given (handoff_id uuid, seq int, data jsonb)
      where event.handoff_id = given.handoff_id and event.seq = given.seq`,
    [JSON.stringify(rows.map(bareRow))],
  );
  await client.query(
    `update assignment set reasons = jsonb_path_query_array(reasons, '$[*] ? (@.taken == true)')
      where handoff_id = any ($1)`,
    [ids],
  );
  await client.query(`update touch set note = '' where handoff_id = any ($1)`, [ids]);
}

type EventRow = { handoff_id: string; seq: number; type: string; data: Prisma.JsonValue };

function bareRow({ handoff_id, seq, type: name, data: stored }: EventRow) {
  const event = { type: name, ...fromJson<object>(stored) } as HandoffEvent;
  const { type: _, ...data } = eventWithoutPerson(event);
  return { handoff_id, seq, data: toJson(data) };
}

/**
 * Has the messages taken back that there are about a lead.
 * @param found cards that were not noted
 */
export async function retract(
  client: Pick<PoolClient, 'query'>,
  leadIds: readonly string[],
  handoffIds: readonly string[],
  found: readonly (MessageRef & { platform: Platform })[] = [],
): Promise<void> {
  await client.query(
    `with card as (
       delete from card where handoff_id = any ($2) returning platform, conversation_id, message_id
     ),
     said as (
       delete from said where lead_id = any ($1) returning platform, conversation_id, message_id
     ),
     retracted as (
       insert into retraction (lead_id, platform, conversation_id, message_id, is_card)
       select ($1::text[])[1], platform, conversation_id, message_id, true from card where message_id is not null
        union
       select ($1::text[])[1], platform, "conversationId", "messageId", true
         from jsonb_to_recordset($3::jsonb) as found (platform text, "conversationId" text, "messageId" text)
        union
       select ($1::text[])[1], platform, conversation_id, message_id, false from said
       on conflict do nothing
       returning lead_id
     ),
     concerned as (select distinct lead_id from retracted)
     select from ask_jobs(array(select 'retract' from concerned), array(select lead_id from concerned))`,
    [leadIds, handoffIds, JSON.stringify(found)],
  );
}
