import { type Connection, connectPostgres } from '../src/adapters/postgres/connection.ts';
import { Prisma } from '../src/adapters/postgres/generated/client.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { fireBatch, postgresTimers } from '../src/adapters/postgres/timers.ts';
import type { Bench } from './bench.ts';
import { isOwnCheckout } from './checkout.ts';

const pending = 1_000_000;
const due = 500;
const handoffs = 50_000;
const runs = 9;
const start = new Date('2026-11-20T12:00:00Z');
/** One timer falls due every second; each run looks so much later than the one before it. */
const nowOf = (run: number) => new Date(start.getTime() + (run + 1) * due * 1000);

/** How long one sweep takes when 500 of 1,000,000 pending timers are due, alone and with two others at the same time. */
export async function measureSweep({ databases, unwinding, tell }: Bench): Promise<void> {
  if (!isOwnCheckout) throw new Error('it calls the sweep itself: run the bench of that checkout');
  const url = await databases.create();
  const replicas = [1, 2, 3].map(() => connectPostgres(url, { poolSize: 2, onConnectionLost: () => {} }));
  for (const replica of replicas) unwinding.defer(() => replica.close());
  const [first] = replicas;
  if (!first) throw new Error('no connection was made: expected three');
  await migrate({ pool: first.pool });
  await seedTimers(first);
  console.error(await planOf(first));
  const name = `sweep: ${due} due of ${pending} pending`;
  const target = { atMost: 250 };
  tell({ name, unit: 'ms', values: await timesOf(first, [first], 0), target });
  tell({
    name: `${name}, by three at once`,
    unit: 'ms',
    values: await timesOf(first, replicas, runs),
    target,
  });
}

/** Timers of open handoffs, in no order; the ones that are due are everywhere among them. */
async function seedTimers({ pool }: Connection): Promise<void> {
  await pool.query(
    `insert into handoff (id, lead_id, version, state, rep, qualified_at, followed)
     select md5(n::text)::uuid, n, 1, '{"status": "offered"}', 'rep-' || n % 50, $1, true
       from generate_series(1, $2::int) as n`,
    [start, handoffs],
  );
  await pool.query(
    `insert into timer (handoff_id, clock, step, action, run, due_at)
     select md5((1 + n % $2)::text)::uuid, 'acknowledge', 1 + n % 5, 'climb', 1,
            $1::timestamptz + (1 + (n::bigint * 7919) % $3) * interval '1 s'
       from generate_series(1, $3::int) as n`,
    [start, handoffs, pending],
  );
  await pool.query('vacuum analyze');
}

/** What each sweep takes when all of `replicas` begin at once; every timer must be fired by one of them. */
async function timesOf(
  { pool }: Connection,
  replicas: readonly Connection[],
  firstRun: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let run = firstRun; run < firstRun + runs; run += 1) {
    const begun = performance.now();
    const fired = await Promise.all(replicas.map((replica) => postgresTimers(replica).fireDue(nowOf(run))));
    times.push(performance.now() - begun);
    const { rows } = await pool.query<{ fired: number }>(
      'select count(*)::int as fired from timer where fired_at is not null',
    );
    const total = fired.reduce((sum, count) => sum + count);
    const inAll = (run + 1) * due;
    if (total !== due || rows[0]?.fired !== inAll) {
      throw new Error(`${total} timers were fired, ${rows[0]?.fired} in all: expected ${due} and ${inAll}`);
    }
  }
  return times;
}

/** How PostgreSQL goes about it, without the costs: only the rows that are due are read. */
async function planOf({ prisma }: Connection): Promise<string> {
  const undone = new Error('explained');
  let lines: string[] = [];
  await prisma
    .$transaction(async (tx) => {
      const explained = await tx.$queryRaw<{ 'QUERY PLAN': string }[]>(
        Prisma.sql`explain (analyze, buffers, costs off, timing off) ${fireBatch(nowOf(0))}`,
      );
      lines = explained.map((row) => row['QUERY PLAN']);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return lines.filter((line) => /rows=|Cond|Buffers|Time/.test(line)).join('\n');
}
