import type { Hold, Holds } from '../../flow/ports/inbox.ts';
import type { Connection } from './connection.ts';
import { storable } from './stored-json.ts';
import type { Transaction } from './transaction.ts';

/** The leads that wait, in PostgreSQL. */
export function postgresHolds({ prisma }: Pick<Connection, 'prisma'>): Holds {
  return {
    of: (leadId) => prisma.hold.findUnique({ where: { leadId } }),

    save: (hold) => saveHold(prisma, hold),

    markTold: async (leadId, because) => {
      await prisma.hold.updateMany({ where: { leadId, because: storable(because) }, data: { told: true } });
    },

    release: async (leadId) => (await prisma.hold.deleteMany({ where: { leadId } })).count > 0,

    list: () =>
      prisma.hold.findMany({ omit: { told: true }, orderBy: [{ since: 'asc' }, { leadId: 'asc' }] }),

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

/** Saves why a lead waits; since when it has been waiting stays as it was, and a new reason has still to be told. */
export async function saveHold(
  tx: Pick<Transaction, '$executeRaw'>,
  { leadId, since, because, until }: Hold,
): Promise<void> {
  await tx.$executeRaw`
    insert into hold (lead_id, since, because, until)
    values (${leadId}, ${since}::timestamptz, ${storable(because)}, ${until}::timestamptz)
    on conflict (lead_id) do update
      set because = excluded.because, until = excluded.until, told = hold.told and hold.because = excluded.because`;
}
