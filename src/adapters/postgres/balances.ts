import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import { type Credits, giveBack, type TakenTurn } from '../../domain/routing/rotation.ts';
import type { Balance, Balances } from '../../flow/ports/handoffs.ts';
import type { Transaction } from './transaction.ts';

/** The caps look back to yesterday morning at most, wherever the rep is. */
const lookBackMs = 48 * 3_600_000;

/**
 * Holds the balances of all pools until the transaction ends: those who assign in several processes take turns, so that
 * each decides on what the one before left behind. One lock for all pools cannot deadlock with itself; and with the
 * lock on a handoff it cannot as long as who holds this one first takes no other's handoff: opening touches none but
 * its own new one, and a change takes this one when it has its handoff.
 */
export async function lockBalances(tx: Transaction): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('rotation balances', 0))`;
}

/** Which lead is to be assigned, and which handoff of it, when it has one already. */
type About = { leadIds: readonly LeadId[]; handoffId?: HandoffId | undefined };

/** What routing depends on; without `now`, as of the last assignment. */
export async function readBalance(tx: Transaction, now: Date | null, about: About): Promise<Balance> {
  const [credits, load] = [await readCredits(tx), await readLoad(tx, now)];
  return { credits, load, excluded: await readExcluded(tx, about) };
}

export async function saveBalances(tx: Transaction, { pool, after }: Balances): Promise<void> {
  const credits = JSON.stringify(Object.fromEntries(after));
  await tx.$executeRaw`
    insert into rotation_credit (pool, rep, credit)
    select ${pool}, key, value::float8 from jsonb_each_text(${credits}::jsonb)
    on conflict (pool, rep) do update set credit = excluded.credit`;
}

/** Gives a turn back. Takes the lock on the balances. */
export async function refundTurn(tx: Transaction, turn: TakenTurn): Promise<void> {
  await lockBalances(tx);
  const credits = (await readCredits(tx)).get(turn.pool) ?? new Map();
  await saveBalances(tx, { pool: turn.pool, after: giveBack(turn, credits) });
}

async function readCredits(tx: Transaction): Promise<ReadonlyMap<string, Credits>> {
  const pools = new Map<string, Map<string, number>>();
  for (const { pool, rep, credit } of await tx.rotationCredit.findMany()) {
    pools.set(pool, (pools.get(pool) ?? new Map()).set(rep, credit));
  }
  return pools;
}

async function readLoad(tx: Transaction, now: Date | null): Promise<Balance['load']> {
  const rows = await tx.$queryRaw<{ rep: string; open: number; given: number[] | null }[]>`
    with held as (select rep, count(*)::int as open from handoff where closed_at is null group by rep),
    given as (
      select rep, array_agg((extract(epoch from at) * 1000)::float8 order by at) as given
        from assignment
       where at > coalesce(${now}::timestamptz, (select max(at) from assignment)) - ${lookBackMs} * interval '1 ms'
       group by rep
    )
    select rep, coalesce(open, 0) as open, given from held full join given using (rep)`;
  return new Map(
    rows.map(({ rep, open, given }) => [rep, { open, givenAt: (given ?? []).map((at) => new Date(at)) }]),
  );
}

/**
 * Who handed the lead back, at any time, and who has had this handoff of it. A manager who answered for a team that it
 * was offered to has not had it.
 */
async function readExcluded(tx: Transaction, { leadIds, handoffId }: About): Promise<Balance['excluded']> {
  const rows = await tx.$queryRaw<{ person: PersonId; gaveBack: boolean }[]>`
    select person, bool_or(gave_back) as "gaveBack" from (
      select rep as person, false as gave_back from assignment
       where handoff_id = ${handoffId ?? null}::uuid and open_to = '{}'
       union all
      select event.by, true
        from handoff join handoff_event as event on event.handoff_id = handoff.id
       where handoff.lead_id = any(${[...leadIds]}::text[]) and event.type = 'handedBack'
    ) as excluded where person is not null group by person`;
  return new Map(rows.map(({ person, gaveBack }) => [person, gaveBack ? 'handedBack' : 'hadAlready']));
}
