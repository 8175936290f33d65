import type { Holds } from '../../flow/ports/inbox.ts';
import type { Connection } from './connection.ts';
import { fromJson, toJson } from './stored-json.ts';

/** The leads that wait, in PostgreSQL. */
export function postgresHolds({ prisma }: Pick<Connection, 'prisma'>): Holds {
  return {
    of: async (leadId) => {
      const hold = await prisma.hold.findUnique({ where: { leadId } });
      return hold && { ...hold, because: fromJson(hold.because) };
    },

    markTold: async (told) => {
      const reasons = told.map(({ leadId, because }) => ({ leadId, because: { equals: toJson(because) } }));
      await prisma.hold.updateMany({ where: { OR: reasons }, data: { told: true } });
    },

    list: async () => {
      const orderBy = [{ since: 'asc' }, { leadId: 'asc' }] as const;
      const holds = await prisma.hold.findMany({ omit: { told: true }, orderBy: [...orderBy] });
      return holds.map((hold) => ({ ...hold, because: fromJson(hold.because) }));
    },

    wakeDue: (now) => wake(now, now),

    wakeAll: (now) => wake(now, null),
  };

  /** @param dueAt only those whose time has come by then; null: all */
  async function wake(now: Date, dueAt: Date | null): Promise<number> {
    // Leads that another process is waking are skipped; a lead that was woken gets another time, so that it is woken
    // once.
    const [answer] = await prisma.$queryRaw<{ woken: number }[]>`
      with due as (
        select lead_id, coalesce(until, ${now}::timestamptz) as until from hold
         where ${dueAt}::timestamptz is null or until <= ${dueAt}::timestamptz
           for update skip locked
      ),
      woken as (
        update hold set until = case when hold.until is null then null else ${now}::timestamptz + interval '1 hour' end
          from due where hold.lead_id = due.lead_id returning due.*
      ),
      stored as (
        insert into inbound_event (dedupe_key, lead_id, type, payload, occurred_at, received_at)
        select 'hold.over:' || gen_random_uuid(), lead_id, 'hold.over', '{}', until, ${now}::timestamptz
          from woken
        returning lead_id
      )
      select (select count(*) from stored)::int as woken,
             (select count(*) from ask_jobs(array(select 'intake' from stored), array(select lead_id from stored)))`;
    return answer?.woken ?? 0;
  }
}
