import { type Connection, connectPostgres } from '../src/adapters/postgres/connection.ts';
import { Prisma } from '../src/adapters/postgres/generated/client.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { fireBatch, postgresTimers } from '../src/adapters/postgres/timers.ts';
import type { Databases } from './databases.ts';
import type { Figure } from './figure.ts';

const pending = 1_000_000;
const due = 500;
const handoffs = 50_000;
const runs = 9;
const now = new Date('2026-11-20T12:00:00Z');

/** How long one sweep takes when 500 of 1,000,000 pending timers are due, alone and with two others at the same time. */
export async function measureSweep(databases: Databases): Promise<Figure[]> {
  const url = await databases.create();
  const replicas = [1, 2, 3].map(() => connectPostgres(url, { poolSize: 2, onConnectionLost: () => {} }));
  const [first] = replicas;
  if (!first) throw new Error('no connection was made: expected three');
  try {
    await migrate({ pool: first.pool });
    await seedTimers(first);
    console.error(await planOf(first));
    const alone = await timesOf(first, [first]);
    const together = await timesOf(first, replicas);
    const named = (how: string) => `sweep: ${due} due of ${pending} pending${how}`;
    return [
      { name: named(''), unit: 'ms', values: alone, target: { atMost: 250 } },
      { name: named(', by three at once'), unit: 'ms', values: together, target: { atMost: 250 } },
    ];
  } finally {
    await Promise.all(replicas.map((replica) => replica.close()));
  }
}

/** Timers of open handoffs, in no order; the ones that are due are everywhere among them. */
async function seedTimers({ pool }: Connection): Promise<void> {
  await pool.query(
    `insert into handoff (id, lead_id, trigger, policy_version, version, status, rep, targets, clock_run, qualified_at,
                          respond_by)
     select md5(n::text)::uuid, n, 'demo_request', 'bench', 1, 'offered', 'rep-' || n % 50, '{}', 1, $1, $1
       from generate_series(1, $2::int) as n`,
    [now, handoffs],
  );
  await pool.query(
    `insert into timer (handoff_id, clock, step, action, run, due_at)
     select md5((1 + n % $2)::text)::uuid, 'acknowledge', 1 + n % 5, 'climb', 1,
            $1::timestamptz + case when n % ($3 / $4) = 0 then -1 else 1 end * ((n::bigint * 7919) % $3) * interval '1 s'
       from generate_series(1, $3::int) as n`,
    [now, handoffs, pending, due],
  );
  await pool.query('vacuum analyze');
}

/** What each sweep takes when all of `replicas` begin at once; every timer must be fired by one of them. */
async function timesOf({ pool }: Connection, replicas: readonly Connection[]): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const begun = performance.now();
    const fired = await Promise.all(replicas.map((replica) => postgresTimers(replica).fireDue(now)));
    times.push(performance.now() - begun);
    const { rows } = await pool.query<{ jobs: number }>(
      `select count(*)::int as jobs from timer join job on job.task = 'timer' and job.key = handoff_id::text
        where fired_at is not null`,
    );
    const total = fired.reduce((sum, count) => sum + count);
    if (total !== due || rows[0]?.jobs !== due) {
      throw new Error(`${total} timers were fired and ${rows[0]?.jobs} got a job: expected ${due} of each`);
    }
    await pool.query('delete from job');
    await pool.query('update timer set fired_at = null where fired_at is not null');
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
        Prisma.sql`explain (analyze, buffers, costs off, timing off) ${fireBatch(now)}`,
      );
      lines = explained.map((row) => row['QUERY PLAN']);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return lines.filter((line) => /rows=|Cond|Buffers|Time/.test(line)).join('\n');
}
