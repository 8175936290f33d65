import type { Sight } from '../../domain/handoff/rights.ts';
import type { Lead, LeadId } from '../../domain/lead/lead.ts';
import { mostLeads } from '../../flow/ports/handoffs.ts';
import type { Connection } from './connection.ts';
import { fromJson, storable, toJson } from './stored-json.ts';

type Database = Pick<Connection, 'prisma'>;

/** An entry of an index holds no more than some 2,700 bytes. */
const searchedLength = 200;

export async function saveLead({ prisma }: Database, lead: Lead, now: Date): Promise<void> {
  const { id, snapshot, name, email, company_id: companyId, read_at: readAt } = leadRow(lead, now);
  const saved = { snapshot, name, email, companyId, readAt };
  await prisma.lead.upsert({
    where: { id },
    create: { id, ...saved },
    update: saved,
    select: { id: true },
  });
}

/** A lead as it is written, beside what it is found by. */
export function leadRow(lead: Lead, now: Date) {
  return {
    id: lead.id,
    snapshot: toJson(lead),
    name: searched(lead.name),
    email: searched(lead.email),
    company_id: lead.account?.id ?? lead.account?.matchedId ?? null,
    read_at: now,
  };
}

/** The leads of companies that were read since then, or have an open handoff. */
export async function leadsAt(
  { prisma }: Database,
  companies: readonly string[],
  since: Date,
): Promise<LeadId[]> {
  const rows = await prisma.$queryRaw<{ id: LeadId }[]>`
    select id from lead
     where company_id = any(${[...companies]})
       and (read_at >= ${since} or exists (select from handoff where lead_id = lead.id and closed_at is null))
     order by id`;
  return rows.map(({ id }) => id);
}

export async function snapshots(
  { prisma }: Database,
  ids: readonly LeadId[],
): Promise<ReadonlyMap<LeadId, Lead>> {
  const rows = await prisma.lead.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, snapshot: true },
  });
  return new Map(rows.map(({ id, snapshot }) => [id, fromJson<Lead>(snapshot)]));
}

/** Those with this contact id or email; without any, those in sight whose name has all the words in it. */
export async function findLeads({ prisma }: Database, text: string, sight: Sight): Promise<LeadId[]> {
  const asked = storable(text).trim();
  if (asked === '') return [];
  const exact = await prisma.lead.findMany({
    where: { OR: [{ id: asked }, { email: searched(asked) }] },
    orderBy: { id: 'asc' },
    take: mostLeads,
    select: { id: true },
  });
  if (exact.length > 0) return exact.map(({ id }) => id);
  const words = asked.toLowerCase().split(/\s+/);
  const [person, teams] = sight === 'all' ? [null, []] : [sight.person, [...sight.teams]];
  const named = await prisma.$queryRaw<{ id: LeadId }[]>`
    select id from lead
     where name is not null
       and not exists (select from unnest(${words}::text[]) as word where position(word in name) = 0)
       and (${person}::text is null or exists (
         select from handoff
          where lead_id = lead.id
            and (exists (
                   select from assignment
                    where handoff_id = handoff.id
                      and (rep = ${person} or ${person} = any (open_to) or team = any (${teams}::text[])))
                 or exists (
                   select from handoff_event where handoff_id = handoff.id and data -> 'openTo' ? ${person}))))
     order by name, id
     limit ${mostLeads}`;
  return named.map(({ id }) => id);
}

function searched(text: string | null): string | null {
  return text === null ? null : storable(text).toLowerCase().slice(0, searchedLength).toWellFormed();
}
