import type { Pool } from 'pg';
import type { Handoff, HandoffEvent, HandoffId, Logged } from '../../domain/handoff/handoff.ts';
import { withoutUndone } from '../../domain/handoff/undo.ts';
import type { Lead, LeadId } from '../../domain/lead/lead.ts';
import type { CardRecord } from '../../flow/ports/cards.ts';
import type { HandoffView } from '../../flow/ports/handoffs.ts';
import type { Prisma } from './generated/client.ts';
import { type HandoffRow, handoffOf } from './handoff-row.ts';
import { isUuid } from './is-uuid.ts';
import { type MemoryJson, memoryColumn, memoryOf } from './memory.ts';
import { type NurtureJson, nurtureColumn, nurtureOf } from './nurture.ts';
import { run } from './statement.ts';
import { fromJson } from './stored-json.ts';

/** A handoff before a change, and whether its command was carried out before. */
export async function readHandoff(
  pool: Pool,
  id: HandoffId,
  commandId: string | null,
): Promise<{ handoff: Handoff; repeated: boolean } | null> {
  if (!isUuid(id)) return null;
  const [row] = await run<HandoffRow & { repeated: boolean }>(pool, handoffStatement, [id, commandId]);
  return row ? { handoff: handoffOf(row), repeated: row.repeated } : null;
}

const handoffStatement = {
  name: 'read a handoff',
  text: `
    select id, lead_id, version, state,
           exists (select from handoff_event where handoff_id = id and command_id = $2) as repeated
      from handoff where id = $1`,
};

/**
 * Everything about handoffs, in no order, but for those whose lead was erased. One statement, so that log and state are of
 * the same moment.
 */
export async function readViews(pool: Pool, ids: readonly HandoffId[]): Promise<HandoffView[]> {
  const known = ids.filter(isUuid);
  if (known.length === 0) return [];
  const rows = await run<ViewRow>(pool, viewsStatement, [known]);
  return rows.map(viewOf);
}

/** All handoffs of leads, in no order. */
export async function readViewsOf(pool: Pool, leadIds: readonly LeadId[]): Promise<HandoffView[]> {
  const rows = await run<ViewRow>(pool, viewsOfStatement, [leadIds]);
  return rows.map(viewOf);
}

export type ViewRow = HandoffRow & {
  snapshot: Prisma.JsonValue;
  log: LoggedRow[];
  cards: CardRow[];
  touch_ids: Record<string, string>;
  written_seq: number;
  contact_seq: number;
  crm_task_id: string | null;
  crm_lead_record_id: string | null;
  crm_refused: string[];
  nurture: NurtureJson;
  memory: MemoryJson;
};

/** An event within a row of JSON. */
export type LoggedRow = {
  seq: number;
  at: string;
  by: string | null;
  type: HandoffEvent['type'];
  data: Prisma.JsonValue;
};

type CardRow = Omit<CardRecord, 'seenAt'> & { seenAt: string | null };

/** The columns of a `ViewRow`, of the table `handoff` joined with `lead`. */
export const viewColumns = `
  handoff.id, lead_id, version, state, snapshot, written_seq, contact_seq, crm_task_id,
  crm_lead_record_id, crm_refused,
  (select coalesce(jsonb_agg(jsonb_build_object(
            'seq', seq, 'at', at, 'by', by, 'type', type, 'data', data) order by seq), '[]')
     from handoff_event where handoff_id = handoff.id) as log,
  (select coalesce(jsonb_agg(jsonb_build_object(
            'handoffId', handoff_id, 'person', person, 'platform', platform, 'conversationId', conversation_id,
            'messageId', message_id, 'attempt', attempt, 'revision', revision, 'toldSeq', told_seq,
            'tellingSeq', telling_seq, 'seenAt', seen_at)), '[]')
     from card where handoff_id = handoff.id) as cards,
  (select coalesce(jsonb_object_agg(touch.id, crm_id), '{}')
     from touch where handoff_id = handoff.id and crm_id is not null) as touch_ids,
  ${nurtureColumn('handoff.lead_id')} as nurture,
  ${memoryColumn({ leadIds: 'array[handoff.lead_id]', companyId: 'lead.company_id', before: 'handoff.qualified_at' })} as memory`;

const viewsStatement = {
  name: 'read views of handoffs',
  text: `select ${viewColumns} from handoff join lead on lead.id = lead_id where handoff.id = any ($1::uuid[])`,
};

const viewsOfStatement = {
  name: 'read views of leads',
  text: `select ${viewColumns} from handoff join lead on lead.id = lead_id where lead_id = any ($1::text[])`,
};

export function viewOf(row: ViewRow): HandoffView {
  return {
    handoff: handoffOf(row),
    lead: fromJson<Lead>(row.snapshot),
    log: withoutUndone(row.log.map(loggedOf)),
    cards: row.cards.map(cardOf),
    crm: {
      writtenSeq: row.written_seq,
      contactSeq: row.contact_seq,
      taskId: row.crm_task_id,
      leadRecordId: row.crm_lead_record_id,
      refused: row.crm_refused,
      touchIds: new Map(Object.entries(row.touch_ids)),
    },
    nurture: nurtureOf(row.nurture),
    memory: memoryOf(row.memory),
  };
}

export function loggedOf({ seq, at, by, type, data }: LoggedRow): Logged {
  return { seq, at: new Date(at), by, event: { type, ...fromJson<object>(data) } as HandoffEvent };
}

function cardOf({ seenAt, ...card }: CardRow): CardRecord {
  return { ...card, seenAt: seenAt === null ? null : new Date(seenAt) };
}
