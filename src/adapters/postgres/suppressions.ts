import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LiftedWhy } from '../../domain/handoff/pause.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { LeadNurture, PauseEntry, Suppressions } from '../../flow/ports/suppressions.ts';
import type { Connection } from './connection.ts';
import { type NurtureJson, nurtureColumn, nurtureOf } from './nurture.ts';
import { storable } from './stored-json.ts';

/** So many that nobody reads them to the end. */
const mostListed = 1_000;

/** The ledger of pauses, in PostgreSQL. */
export function postgresSuppressions({ pool }: Pick<Connection, 'pool'>): Suppressions {
  const entries = async (condition: string, values: unknown[] = []): Promise<PauseEntry[]> => {
    const { rows } = await pool.query<EntryRow>(
      `select pause.id::text, pause.lead_id, lead.snapshot ->> 'name' as lead_name, handoff_id, who, why,
              handoff.state -> 'assignment' ->> 'team' as team, since, until, lifted_at, lifted_why,
              ${nurtureColumn('pause.lead_id')} as nurture
         from suppression as pause
         left join handoff on handoff.id = pause.handoff_id
         left join lead on lead.id = pause.lead_id
        where ${condition} order by pause.since desc, pause.id desc limit ${mostListed}`,
      values,
    );
    return rows.map(entryOf);
  };
  const nurtures = async (condition: string, values: unknown[] = []): Promise<LeadNurture[]> => {
    const { rows } = await pool.query<{ lead_id: LeadId; nurture: NurtureJson }>(
      `select lead_id, ${nurtureColumn('asked.lead_id')} as nurture
         from (${condition}) as asked (lead_id) order by lead_id`,
      values,
    );
    return rows.map(({ lead_id: leadId, nurture }) => ({ leadId, nurture: nurtureOf(nurture) }));
  };
  const note = async (
    what: 'written' | 'seen',
    of: readonly { leadId: LeadId; paused: boolean }[],
    at: Date,
  ) => {
    await pool.query(
      `insert into nurture_state (lead_id, ${what}, ${what}_at)
       select "leadId", paused, $2 from jsonb_to_recordset($1::jsonb) as given ("leadId" text, paused boolean)
        where exists (select from lead where id = "leadId") order by 1
       on conflict (lead_id) do update set ${what} = excluded.${what}, ${what}_at = excluded.${what}_at`,
      [JSON.stringify(of), at],
    );
  };
  return {
    list: (which) => entries(which === 'open' ? 'lifted_at is null' : 'true'),

    openOf: (leadIds) => entries('lifted_at is null and pause.lead_id = any ($1)', [leadIds]),

    overdue: (now) => entries('lifted_at is null and until <= $1', [now]),

    pauseByHand: async ({ leadId, who, why, since, until }) => {
      const { rowCount } = await pool.query(
        `with known as (select id from lead where id = $1),
              before as (
                update suppression set lifted_at = $4, lifted_why = 'byHand'
                  from known where lead_id = known.id and handoff_id is null and lifted_at is null
              )
         insert into suppression (lead_id, who, why, since, until) select id, $2, $3, $4, $5 from known`,
        [leadId, storable(who), storable(why), since, until],
      );
      return rowCount === 1;
    },

    lift: async (ids, at, why) => {
      await pool.query(
        `update suppression set lifted_at = $2, lifted_why = $3
          where id = any ($1::bigint[]) and lifted_at is null and handoff_id is null`,
        [ids, at, why],
      );
    },

    paused: () =>
      nurtures(`select lead_id from suppression where lifted_at is null
                 union select lead_id from nurture_state
                        where written or seen or seen_at is null or seen_at <= written_at`),

    nurtureOf: (leadIds) => nurtures('select unnest($1::text[])', [leadIds]),

    noteWritten: (written, at) => note('written', written, at),

    noteSeen: (seen, at) => note('seen', seen, at),
  };
}

type EntryRow = {
  id: string;
  lead_id: LeadId;
  lead_name: string | null;
  handoff_id: HandoffId | null;
  who: string;
  why: string;
  team: string | null;
  since: Date;
  until: Date;
  lifted_at: Date | null;
  lifted_why: LiftedWhy | null;
  nurture: NurtureJson;
};

function entryOf(row: EntryRow): PauseEntry {
  const {
    id,
    lead_id: leadId,
    lead_name: leadName,
    handoff_id: handoffId,
    who,
    why,
    team,
    since,
    until,
  } = row;
  const { written, seen } = nurtureOf(row.nurture);
  return {
    ...{ id, leadId, leadName, since, until, written, seen },
    cause: handoffId
      ? { kind: 'handoff', handoffId, rep: who, team, trigger: why }
      : { kind: 'hand', who, why },
    lifted: row.lifted_at && row.lifted_why ? { at: row.lifted_at, why: row.lifted_why } : null,
  };
}
