import { asEarlier } from '../../domain/handoff/as-earlier.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import { originOf } from '../../domain/lead/origin.ts';
import type { EarlierHandoff, History } from '../../domain/routing/qualify.ts';
import type { Arrivals, KnownLead, Settlement } from '../../flow/ports/arrivals.ts';
import type { HandoffView } from '../../flow/ports/handoffs.ts';
import type { KeptHold } from '../../flow/ports/inbox.ts';
import type { Connection } from './connection.ts';
import type { Prisma } from './generated/client.ts';
import { type HandoffRow, handoffOf } from './handoff-row.ts';
import { leadRow } from './leads.ts';
import { type ViewRow, viewColumns, viewOf } from './read-handoffs.ts';
import { readStandings, turnToWrite } from './standings.ts';
import { run } from './statement.ts';
import { fromJson, storable, toJson } from './stored-json.ts';
import { openingToWrite } from './what-to-write.ts';
import { write } from './write.ts';
import type { Writing } from './writing.ts';

/**
 * Leads about which something arrived, in PostgreSQL.
 * @param taker the process that has the job of showing a new handoff at once; null: whoever claims it
 */
export function postgresArrivals(
  { pool }: Pick<Connection, 'pool'>,
  taker: () => number | null = () => null,
): Arrivals {
  return {
    known: async (leads) => {
      const rows = await run<KnownRow>(pool, knownStatement, [[...new Set(leads.flat())]]);
      const byId = new Map(rows.map((row) => [row.lead_id, row]));
      return leads.map((ids) => knownOf(ids.flatMap((id) => byId.get(id) ?? [])));
    },

    standings: (leadIds, reps, now, remembered = []) =>
      readStandings(pool, now, { reps, leadIds, remembered }),

    settle: async (lot, turns, standings, now) => {
      const by = taker();
      const parts = lot.map((settlement) => settlementToWrite(settlement, by, now));
      const pools = turns.map((turn) => turnToWrite(turn, standings));
      const taken = await write(pool, { ...merged(parts), pools, taker: by });
      if (!taken) return null;
      const asked = new Map(taken.map((job) => [job.key, job.asked]));
      return openedIn(lot).map((handoffId) => ({ handoffId, asked: asked.get(handoffId) ?? null }));
    },
  };
}

function openedIn(lot: readonly Settlement[]): HandoffId[] {
  return lot.flatMap(({ outcome }) => ('opening' in outcome ? [outcome.opening.handoff.id] : []));
}

function settlementToWrite(
  { lead, ids, events, decided, decision, outcome, job }: Settlement,
  taker: number | null,
  now: Date,
): Writing[] {
  const common: Writing = {
    leads: lead ? [leadRow(lead, now)] : [],
    decisions: decision
      ? [
          {
            lead_id: decision.leadId,
            at: decision.at,
            policy_version: decision.policyVersion,
            verdict: decision.verdict,
            reason: toJson(decision.reason),
            handoff_id: decision.handoffId,
            considered: toJson(decision.considered),
            reasons: toJson(decision.reasons),
          },
        ]
      : [],
    decided: events.map((id) => ({
      id: String(id),
      decision: decided.decision,
      reason: storable(decided.reason),
      handoff_id: 'handoffId' in decided ? decided.handoffId : null,
      decided_at: now,
    })),
    ended: job ? [job] : [],
  };
  if ('released' in outcome) return [common, { released: rowsOf(ids) }];
  if ('hold' in outcome) {
    const { leadId, since, because, until } = outcome.hold;
    const hold = { lead_id: leadId, since, because: toJson(because), until };
    return [common, { unopened: ids, released: rowsOf(ids.filter((id) => id !== leadId)), holds: [hold] }];
  }
  const { opening } = outcome;
  const { id } = opening.handoff;
  return [
    common,
    openingToWrite(opening, lead && originOf(lead), now),
    {
      unopened: ids,
      released: rowsOf(ids),
      jobs: [
        { task: 'deliver', key: id, taker },
        { task: 'write-back', key: id },
      ],
    },
  ];
}

function rowsOf(ids: readonly LeadId[]): NonNullable<Writing['released']> {
  return ids.map((id) => ({ lead_id: id }));
}

/** All parts as one. */
function merged(parts: readonly (readonly Writing[])[]): Writing {
  const all: Record<string, unknown[]> = {};
  for (const part of parts.flat()) {
    for (const [name, rows] of Object.entries(part)) {
      if (Array.isArray(rows)) all[name] = [...(all[name] ?? []), ...rows];
    }
  }
  return all as Writing;
}

type KnownRow = {
  lead_id: LeadId;
  events: { id: string; type: string; receivedAt: string }[];
  erased: boolean;
  hold: { since: string; because: Prisma.JsonValue; until: string | null; told: boolean } | null;
  earlier: HandoffRow[];
  followed: ViewRow[];
  workflows: { name: string; at: string }[];
};

function knownOf(rows: readonly KnownRow[]): KnownLead {
  return {
    events: (rows[0]?.events ?? []).map(({ id, type, receivedAt }) => ({
      id: BigInt(id),
      type,
      receivedAt: new Date(receivedAt),
    })),
    erased: rows.some(({ erased }) => erased),
    hold: rows.map(holdOf).find((hold) => hold !== null) ?? null,
    earlier: rows
      .flatMap(earlierOf)
      .sort((a, b) => isClosed(a) - isClosed(b) || +b.qualifiedAt - +a.qualifiedAt),
    followed: rows.flatMap((row) => row.followed.map(viewOf)).sort(oldestFirst),
    workflows: rows.flatMap(workflowsOf),
  };
}

function holdOf({ lead_id: leadId, hold }: KnownRow): KeptHold | null {
  if (!hold) return null;
  const { since, because, until, told } = hold;
  return {
    leadId,
    since: new Date(since),
    because: fromJson(because),
    until: until === null ? null : new Date(until),
    told,
  };
}

function earlierOf({ earlier }: KnownRow): EarlierHandoff[] {
  return earlier.map((row) => asEarlier(handoffOf(row)));
}

/** What is open counts first, under whichever id. */
function isClosed({ closedAt }: EarlierHandoff): number {
  return Number(closedAt !== null);
}

function oldestFirst({ handoff: a }: HandoffView, { handoff: b }: HandoffView): number {
  return +a.qualifiedAt - +b.qualifiedAt || (a.id < b.id ? -1 : 1);
}

function workflowsOf({ workflows }: KnownRow): History['workflows'] {
  return workflows.map(({ name, at }) => ({ name, at: new Date(at) }));
}

const knownStatement = {
  name: 'read what is known of leads',
  text: `
    select asked.id as lead_id,
      (select coalesce(jsonb_agg(jsonb_build_object(
                'id', id::text, 'type', type, 'receivedAt', received_at) order by id), '[]')
         from inbound_event where lead_id = asked.id and decided_at is null) as events,
      exists (select from erasure where lead_id = asked.id) as erased,
      (select to_jsonb(hold) from hold where lead_id = asked.id) as hold,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'lead_id', lead_id, 'version', version, 'state', state)), '[]')
         from handoff where lead_id = asked.id) as earlier,
      (select coalesce(jsonb_agg(to_jsonb(one)), '[]')
         from (select ${viewColumns} from handoff join lead on lead.id = lead_id
                where lead_id = asked.id and followed) as one) as followed,
      (select coalesce(jsonb_agg(jsonb_build_object(
                'name', payload -> 'inputFields' -> 'trigger', 'at', occurred_at) order by occurred_at desc, id desc), '[]')
         from inbound_event
        where lead_id = asked.id and type = 'workflow.action'
          and payload -> 'inputFields' ->> 'trigger' <> '') as workflows
      from unnest($1::text[]) as asked (id)`,
};
