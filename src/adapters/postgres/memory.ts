import type { Colleague, Ended, Memory } from '../../domain/handoff/memory.ts';

type Stored<T, Times extends keyof T> = Omit<T, Times> & Record<Times, string>;

/** What is remembered around a lead in JSON, whose times are texts. */
export type MemoryJson = {
  colleagues: Stored<Colleague, 'since'>[];
  earlier: Stored<Ended, 'qualifiedAt' | 'closedAt'>[];
};

const mostColleagues = 5;
const mostEarlier = 3;

/**
 * An expression for what is remembered around a lead, of other expressions: the ids of the lead, its company, and when its
 * handoff begins.
 */
export function memoryColumn(of: { leadIds: string; companyId: string; before: string }): string {
  return `jsonb_build_object(
    'colleagues', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'leadId', other.id, 'handoffId', theirs.id,
               'name', other.snapshot -> 'name', 'role', other.snapshot -> 'jobTitle',
               'rep', theirs.rep, 'since', theirs.state #> '{assignment,at,$date}',
               'status', theirs.state -> 'status', 'outcome', theirs.state -> 'outcome',
               'reason', theirs.state -> 'reason') order by theirs.qualified_at desc, theirs.id), '[]')
        from (select colleague.id as lead_id, latest.id
                from lead as colleague
                join lateral (select id, qualified_at from handoff where lead_id = colleague.id
                               order by qualified_at desc limit 1) as latest on true
               where colleague.company_id = ${of.companyId} and colleague.id <> all (${of.leadIds})
               order by latest.qualified_at desc, latest.id limit ${mostColleagues}) as known
        join lead as other on other.id = known.lead_id
        join handoff as theirs on theirs.id = known.id),
    'earlier', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'handoffId', ended.id, 'trigger', ended.state -> 'trigger', 'rep', ended.rep,
               'qualifiedAt', ended.qualified_at, 'closedAt', ended.closed_at,
               'outcome', ended.state -> 'outcome', 'reason', ended.state -> 'reason',
               'note', coalesce(ended.state #>> '{sentBack,note}', '')) order by ended.qualified_at desc), '[]')
        from (select * from handoff as one
               where one.lead_id = any (${of.leadIds}) and one.closed_at is not null
                 and one.qualified_at < ${of.before}
               order by one.qualified_at desc limit ${mostEarlier}) as ended))`;
}

export function memoryOf({ colleagues, earlier }: MemoryJson): Memory {
  return {
    colleagues: colleagues.map(({ since, outcome, reason, ...known }) => ({
      ...known,
      since: new Date(since),
      // What is open has neither.
      outcome: outcome ?? null,
      reason: reason ?? null,
    })),
    earlier: earlier.map(({ qualifiedAt, closedAt, ...ended }) => ({
      ...ended,
      qualifiedAt: new Date(qualifiedAt),
      closedAt: new Date(closedAt),
    })),
  };
}
