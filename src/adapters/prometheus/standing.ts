import type { Registry } from '@prometheus-io/client';
import type { Standing } from '../../flow/ports/standing.ts';
import { metricsOf } from './metrics.ts';

/** Of the pool of this process. */
export type PoolUse = { total: number; idle: number; waiting: number };

/** What was found when the database was asked; `standing` null: it did not answer in time. */
export type Looked = { standing: Standing | null; seconds: number; pool: PoolUse; sinceSweepSeconds: number };

const statuses = ['offered', 'accepted', 'working'];

/**
 * How things stand, as of the last look. What comes from the database is the same on every replica, and is not to be
 * added up; what is of this process says so.
 * @param tasks the kinds of jobs there are
 */
export function showStanding(registry: Registry, tasks: readonly string[]): (looked: Looked) => void {
  const { gauge } = metricsOf(registry);
  const same = 'The same on every replica';
  const own = 'Of this process';

  const reachable = gauge('database_up', `Whether the database answered in time, 1 or 0. ${own}`);
  const seconds = gauge(
    'database_answer_seconds',
    `How long the database took to say how things stand. ${own}`,
  );
  const pool = gauge(
    'database_connections',
    `Connections to the database by state, and who waits for one. ${own}`,
    ['state'],
  );
  const sinceSweep = gauge('sweep_age_seconds', `Since the timers were last swept, every 15 s. ${own}`);

  const due = gauge('jobs_due', `Jobs that could begin, and that nobody has taken. ${same}`, ['task']);
  const oldest = gauge(
    'jobs_oldest_due_seconds',
    `How long the job has been due that waits longest. ${same}`,
    ['task'],
  );
  const retrying = gauge(
    'jobs_retrying',
    `Jobs that failed and will be tried again; many for long means that a platform refuses us. ${same}`,
    ['task'],
  );
  const exhausted = gauge('jobs_exhausted', `Jobs that gave up for good; should be 0. ${same}`, ['task']);
  const open = gauge('open_handoffs', `Handoffs that are open, by where they stand. ${same}`, ['status']);
  const held = gauge('held_leads', `Leads that qualify, and wait. ${same}`);
  const retractions = gauge(
    'retractions_remaining',
    `Messages about erased leads that still stand in a chat; should become 0. ${same}`,
  );
  const late = gauge(
    'timers_late_seconds',
    `How late the timer is that is due, not fired, and waits longest. ${same}`,
  );
  const routines = gauge(
    'routine_age_seconds',
    `Since something that is done again and again was last done, by any process. ${same}`,
    ['routine'],
  );
  const bytes = gauge('table_bytes', `Size of a table with its indexes. ${same}`, ['table']);
  const rows = gauge('table_rows', `Rows of a table, as PostgreSQL estimates them. ${same}`, ['table']);

  const showDatabase = (standing: Standing) => {
    for (const task of tasks) {
      const jobs = standing.jobs.find((one) => one.task === task);
      due.set({ task }, jobs?.due ?? 0);
      oldest.set({ task }, jobs?.oldestSeconds ?? 0);
      retrying.set({ task }, jobs?.retrying ?? 0);
      exhausted.set({ task }, jobs?.exhausted ?? 0);
    }
    for (const status of statuses) {
      open.set({ status }, standing.handoffs.find((one) => one.status === status)?.count ?? 0);
    }
    held.set(standing.held);
    retractions.set(standing.retractions);
    late.set(standing.timersLateSeconds);
    for (const { routine, secondsAgo } of standing.routines) routines.set({ routine }, secondsAgo);
    for (const { table, ...size } of standing.tables) {
      bytes.set({ table }, size.bytes);
      rows.set({ table }, size.rows);
    }
  };

  return ({ standing, pool: use, ...looked }) => {
    reachable.set(standing ? 1 : 0);
    seconds.set(looked.seconds);
    sinceSweep.set(looked.sinceSweepSeconds);
    pool.set({ state: 'idle' }, use.idle);
    pool.set({ state: 'busy' }, use.total - use.idle);
    pool.set({ state: 'waited for' }, use.waiting);
    // What nobody knows is not shown as it was.
    for (const metric of [due, oldest, retrying, exhausted, open, routines, bytes, rows]) metric.reset();
    // Where there are no labels, a reset would leave a 0.
    for (const metric of [held, retractions, late]) metric.remove();
    if (standing) showDatabase(standing);
  };
}
