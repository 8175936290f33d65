import type { Pool } from 'pg';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { Memory } from '../../domain/handoff/memory.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Load } from '../../domain/routing/availability.ts';
import type { Credits } from '../../domain/routing/rotation.ts';
import type { Exclusion } from '../../domain/routing/route.ts';
import type { Remembered } from '../../flow/ports/arrivals.ts';
import type { Balances } from '../../flow/ports/handoffs.ts';
import { type MemoryJson, memoryColumn, memoryOf } from './memory.ts';
import { run } from './statement.ts';
import type { Writing } from './writing.ts';

/** The caps look back to yesterday morning at most, wherever the rep is. */
const lookBackMs = 48 * 3_600_000;

/** What assigning depends on, with the versions of the balances. */
export type Standings = {
  credits: ReadonlyMap<string, Credits>;
  versions: ReadonlyMap<string, number>;
  load: ReadonlyMap<PersonId, Load>;
  /** Who must not get a lead again, by lead: they handed it back, or have had this handoff of it. */
  excluded: ReadonlyMap<LeadId, ReadonlyMap<PersonId, Exclusion>>;
  /** What is remembered around those that were asked about, by the first of their ids. */
  memories: ReadonlyMap<LeadId, Memory>;
};

/** Whose load is asked for, of which leads, and of which handoff, when they have one already. */
type About = {
  reps: readonly PersonId[] | 'all';
  leadIds: readonly LeadId[];
  handoffId?: HandoffId | undefined;
  remembered?: readonly Remembered[];
};

/** @param now null: as of the last assignment */
export async function readStandings(
  pool: Pool,
  now: Date | null,
  { reps, leadIds, handoffId, remembered = [] }: About,
): Promise<Standings> {
  const [row] = await run<Row>(pool, statement, [
    now,
    reps === 'all' ? null : reps,
    leadIds,
    handoffId ?? null,
    JSON.stringify(remembered),
  ]);
  const { pools = [], load = [], excluded = [], memories = [] } = row ?? {};
  const byLead = new Map<LeadId, Map<PersonId, Exclusion>>();
  for (const { lead, person, why } of excluded) {
    const known = byLead.get(lead) ?? new Map<PersonId, Exclusion>();
    // To have handed it back says more than to have had it.
    if (known.get(person) !== 'handedBack') known.set(person, why);
    byLead.set(lead, known);
  }
  return {
    credits: new Map(pools.map(({ pool: name, credits }) => [name, new Map(Object.entries(credits))])),
    versions: new Map(pools.map(({ pool: name, version }) => [name, version])),
    load: new Map(
      load.map(({ rep, open, given }) => [rep, { open, givenAt: given.map((at) => new Date(at)) }]),
    ),
    excluded: byLead,
    memories: new Map(memories.map(({ lead, memory }) => [lead, memoryOf(memory)])),
  };
}

/** Those of a lead, whichever of its ids it had then. */
export function excludedFrom(
  { excluded }: Pick<Standings, 'excluded'>,
  leadIds: readonly LeadId[],
): ReadonlyMap<PersonId, Exclusion> {
  return new Map(leadIds.flatMap((id) => [...(excluded.get(id) ?? [])]));
}

/** What a turn that was taken or given back writes: it counts only if it was decided on the last one. */
export function turnToWrite(
  { pool, after }: Balances,
  { versions }: Pick<Standings, 'versions'>,
): NonNullable<Writing['pools']>[number] {
  return { pool, expected: versions.get(pool) ?? 0, credits: Object.fromEntries(after) };
}

type Row = {
  pools: { pool: string; version: number; credits: Record<PersonId, number> }[];
  load: { rep: PersonId; open: number; given: string[] }[];
  excluded: { lead: LeadId; person: PersonId; why: 'handedBack' | 'hadAlready' }[];
  memories: { lead: LeadId; memory: MemoryJson }[];
};

/** A manager who answered for a team that a lead was offered to has not had it. */
const statement = {
  name: 'read standings',
  text: `
with held as (
  select rep, count(*)::int as open from handoff
   where closed_at is null and ($2::text[] is null or rep = any ($2)) and $2::text[] is distinct from '{}'
   group by rep
),
given as (
  select rep, jsonb_agg(at order by at) as given from assignment
   where at > coalesce($1::timestamptz, (select max(at) from assignment)) - ${lookBackMs} * interval '1 ms'
     and ($2::text[] is null or rep = any ($2)) and $2::text[] is distinct from '{}'
   group by rep
)
select (select coalesce(jsonb_agg(jsonb_build_object('pool', pool, 'version', version, 'credits', credits)), '[]')
          from rotation) as pools,
       (select coalesce(jsonb_agg(jsonb_build_object(
                 'rep', rep, 'open', coalesce(open, 0), 'given', coalesce(given, '[]'))), '[]')
          from held full join given using (rep)) as load,
       (select coalesce(jsonb_agg(jsonb_build_object('lead', lead, 'person', person, 'why', why)), '[]') from (
          select handoff.lead_id as lead, assignment.rep as person, 'hadAlready' as why
            from assignment join handoff on handoff.id = handoff_id
           where handoff_id = $4::uuid and assignment.open_to = '{}'
           union all
          select handoff.lead_id, event.by, 'handedBack'
            from handoff join handoff_event as event on event.handoff_id = handoff.id
           where handoff.lead_id = any ($3::text[]) and event.type = 'handedBack' and event.by is not null
        ) as one) as excluded,
       (select coalesce(jsonb_agg(jsonb_build_object('lead', asked #> '{ids,0}', 'memory', ${memoryColumn({
         leadIds: "array(select jsonb_array_elements_text(asked -> 'ids'))",
         companyId: "asked ->> 'companyId'",
         before: "'infinity'",
       })})), '[]')
          from jsonb_array_elements($5::jsonb) as asked) as memories`,
};
