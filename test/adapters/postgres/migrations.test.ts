import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { migrate, migrationsDirectory } from '../../../src/adapters/postgres/migrate.ts';
import { toJson } from '../../../src/adapters/postgres/stored-json.ts';
import { postgresTimers } from '../../../src/adapters/postgres/timers.ts';
import { ann, assignment, bea, boss, lead, minute, offered, uuid } from '../../flow/contracts/given.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../support/database.ts';
import { migrateUntil } from '../../support/migrate-until.ts';
import { deployWithPrisma, sqlMissingIn } from '../../support/schema-engine.ts';

const first = '20260101000000_first';
const second = '20260102000000_second';
const firstSql = '-- Notes.\nCREATE TABLE "note" ("id" INTEGER NOT NULL);\n';

let database: TestDatabase;
let directory: string;

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, 'migration.sql'), sql);
}

async function rowsOf(sql: string, from = database): Promise<unknown[]> {
  return (await from.pool.query(sql)).rows;
}

beforeEach(async () => {
  database = await emptyDatabase();
  directory = await mkdtemp(join(tmpdir(), 'handoff-migrations-'));
  await write(first, firstSql);
});

afterEach(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

describe('the migrations of this repository', () => {
  test('arrive at prisma/schema.prisma', async () => {
    const migrated = await testDatabase();
    const missing = await sqlMissingIn(migrated.url).finally(() => migrated.drop());
    expect(
      missing,
      'prisma/migrations and prisma/schema.prisma differ by the SQL above. Put it into a migration: ' +
        'npx node test/support/migration-diff.ts > prisma/migrations/<yyyymmddhhmmss>_<purpose>/migration.sql',
    ).toBe('');
  });

  test('are found without being told where', async () => {
    const { applied } = await migrate({ pool: database.pool });
    expect(applied[0]).toMatch(/^\d{14}_first$/);
    expect(await migrate({ pool: database.pool, directory: migrationsDirectory })).toEqual({ applied: [] });
  });
});

describe('what was stored before', () => {
  let old: TestDatabase;
  beforeEach(async () => {
    old = await emptyDatabase();
  });
  afterEach(() => old.drop());

  test('leads without names of their own are found by name and email', async () => {
    await migrateUntil(old, '_decisions_holds_absences');
    const snapshot = JSON.stringify({ name: 'Lea LINDT', email: 'Lea@Lindt.example', activities: [] });
    await old.pool.query(
      `insert into lead (id, snapshot, read_at) values ('1', $1, now()), ('2', '{}', now())`,
      [snapshot],
    );
    await migrate({ pool: old.pool });
    expect(await rowsOf('select id, name, email from lead order by id', old)).toEqual([
      { id: '1', name: 'lea lindt', email: 'lea@lindt.example' },
      { id: '2', name: null, email: null },
    ]);
  });

  test('events that were ignored at the door are known by what they are, and no others', async () => {
    await migrateUntil(old, '_ignored_as');
    const atDoor = [
      'our own echo',
      'unknown event type contact.promotion',
      'from portal 1, not 4711',
      'about a deal',
      'names no contact',
    ];
    const stored = [
      ...atDoor.map((reason) => ({ decision: 'ignored', reason, decidedAt: minute(0) })),
      { decision: 'ignored', reason: 'no trigger applies', decidedAt: minute(0) },
      { decision: 'ignored', reason: 'our own echo', decidedAt: minute(1) },
      { decision: 'held', reason: 'about a phone', decidedAt: minute(0) },
      { decision: null, reason: null, decidedAt: null },
    ];
    for (const [index, { decision, reason, decidedAt }] of stored.entries()) {
      await old.pool.query(
        `insert into inbound_event
           (dedupe_key, type, payload, occurred_at, received_at, decision, reason, decided_at)
         values ($1, 'x', '{}', $2, $2, $3, $4, $5)`,
        [String(index), minute(0), decision, reason, decidedAt],
      );
    }
    await migrate({ pool: old.pool });
    const rows = await rowsOf('select ignored_as as "as" from inbound_event order by id', old);
    expect(rows).toEqual(
      ['ownEcho', 'unknownType', 'foreignPortal', 'otherRecord', 'nameless', null, null, null, null].map(
        (as) => ({ as }),
      ),
    );
  });

  describe('the clock', () => {
    const insert = (table: string, row: Record<string, unknown>) => {
      const [columns, values] = [Object.keys(row), Object.values(row)];
      const places = values.map((_, index) => `$${index + 1}`);
      const names = columns.map((name) => `"${name}"`);
      return old.pool.query(`insert into ${table} (${names}) values (${places})`, values);
    };
    const handoffRow = (number: number, part: Record<string, unknown>) => ({
      ...{ id: uuid(number), lead_id: '101', trigger: 'mql', policy_version: 'abc', version: 1, rep: boss },
      ...{
        team: 'DACH',
        clock_run: 1,
        qualified_at: minute(0),
        respond_by: minute(30),
        written_seq: 1,
        ...part,
      },
      targets: { acknowledgeWithinMinutes: 30, touchWithinMinutes: 60, countedIn: 'workingTime' },
    });

    beforeEach(async () => {
      await migrateUntil(old, '_sla_clock');
      const { formerIds: _, ownerSince: __, deals: ___, ...snapshot } = lead;
      const [{ id, kind, direction, title, at } = {}] = lead.activities;
      const activities = [1, 2].map((number) => ({
        ...{ kind, direction, title, at },
        id: `${id}${number}`,
      }));
      const stored = JSON.stringify(toJson({ ...snapshot, activities }));
      await insert('lead', { id: '101', snapshot: stored, read_at: minute(0) });
      await insert('handoff', handoffRow(1, { status: 'offered', delivered_at: minute(1) }));
      const working = {
        status: 'working',
        accepted_at: minute(5),
        touch_by: minute(70),
        first_touch_at: minute(9),
      };
      await insert('handoff', handoffRow(2, { ...working, lead_id: '102', acknowledged_at: minute(5) }));
      const reasons = JSON.stringify(assignment.reasons);
      const held = { seq: 1, rep: boss, team: 'DACH', at: minute(0), reasons, open_to: [ann, bea] };
      for (const number of [1, 2]) await insert('assignment', { ...held, handoff_id: uuid(number) });
      const touch = { handoff_id: uuid(2), rep: ann, kind: 'call', note: '' };
      await insert('touch', { ...touch, id: uuid(7), outcome: 'noAnswer', at: minute(9) });
      await insert('touch', { ...touch, id: uuid(8), outcome: 'booked', at: minute(12), crm_id: '88' });
      const { assignment: to, respondBy, evidence } = offered;
      const data = JSON.stringify(toJson({ assignment: to, respondBy, evidence }));
      await insert('handoff_event', { handoff_id: uuid(1), seq: 1, type: 'offered', at: minute(0), data });
      const card = { person: boss, platform: 'slack', conversation_id: 'D1', message_id: '1.1' };
      await insert('card', { ...card, handoff_id: uuid(1), revision: 1, told_seq: 1, telling_seq: 1 });
      for (const [step, action] of ['breach', 'remind', 'tellManager'].entries()) {
        const timer = { handoff_id: uuid(1), clock: 'acknowledge', step, action, run: 1 };
        await insert('timer', { ...timer, due_at: minute(20 + 10 * step) });
      }
    });

    test('goes on with the handoffs as they stand', async () => {
      await migrate({ pool: old.pool });
      const view = await postgresHandoffs(old).view(uuid(1));
      expect(view?.crm).toMatchObject({ writtenSeq: 1, contactSeq: 1 });
      const { respondBy, evidence } = offered;
      expect(view).toMatchObject({
        lead: { ...lead, activities: [{ id: '91' }, { id: '92' }], deals: [] },
        log: [{ seq: 1, event: { type: 'offered', respondBy, granted: null, evidence } }],
        cards: [{ person: boss, messageId: '1.1', seenAt: null }],
      });
      const { targets, attempts, ...facts } = view?.handoff ?? {};
      expect(targets).toEqual({
        acknowledge: { minutes: 30, countedIn: 'workingTime' },
        touch: { minutes: 60, countedIn: 'workingTime' },
        attempts: null,
      });
      expect(attempts).toEqual([]);
      expect(facts).toMatchObject({
        ...{
          status: 'offered',
          openTo: [ann, bea],
          deliveredAt: minute(1),
          reachedAt: minute(1),
          snoozes: 0,
        },
        ...{ snoozedUntil: null, asked: null, pingedAt: null, granted: null, meetingAt: null, wonAt: null },
      });
    });

    test('knows what was done before', async () => {
      await migrate({ pool: old.pool });
      await postgresHandoffs(old).saveLead({ ...lead, id: '102' }, minute(0));
      const view = await postgresHandoffs(old).view(uuid(2));
      expect(view?.handoff).toMatchObject({
        ...{ status: 'working', openTo: [], reachedAt: null, firstTouchAt: minute(9) },
        ...{ attempts: [minute(9), minute(12)], meetingAt: minute(12) },
      });
    });

    test('knows of every activity what can be known', async () => {
      await migrate({ pool: old.pool });
      const known = (await postgresHandoffs(old).snapshots(['101'])).get('101');
      const [activity] = lead.activities;
      const unknown = {
        text: null,
        ownerId: null,
        automated: false,
        connected: false,
        calledOff: false,
        ours: false,
      };
      expect(known?.activities).toEqual(
        ['91', '92'].map((id) => ({ ...activity, ...unknown, id, createdAt: activity?.at })),
      );
    });

    test('fires the timers that are running, and does what those are for that have fired', async () => {
      await old.pool.query(`update timer set fired_at = $1 where id in (1, 2)`, [minute(30)]);
      const fired = { id: '2', handoffId: uuid(1), clock: 'acknowledge', action: 'remind', run: 1 };
      await formerJob('timer', { key: 'timer:2', payload: fired });
      await migrate({ pool: old.pool });
      const timers = postgresTimers(old);
      await timers.fireDue(minute(60));
      const about = { handoffId: uuid(1), clock: 'acknowledge', run: 1 };
      // The first was fired and has no job: it was done.
      expect(await timers.fired(uuid(1))).toEqual([
        { ...about, id: '2', action: 'climb', step: 1, dueAt: minute(30) },
        { ...about, id: '3', action: 'climb', step: 2, dueAt: minute(40) },
      ]);
      expect(await rowsOf('select task, key from job', old)).toEqual([{ task: 'timer', key: uuid(1) }]);
    });
  });

  type FormerJob = {
    key: string | null;
    payload: object;
    run_at?: Date;
    attempts?: number;
    last_error?: string;
  };

  /** Adds a job as the former job queue kept it. */
  async function formerJob(task: string, { payload, ...row }: FormerJob): Promise<void> {
    await old.pool.query(
      'insert into graphile_worker._private_tasks (identifier) values ($1) on conflict (identifier) do nothing',
      [task],
    );
    const { key, run_at = minute(0), attempts = 0, last_error = null } = row;
    await old.pool.query(
      `insert into graphile_worker._private_jobs (task_id, key, payload, run_at, attempts, last_error)
       select id, $2, $3, $4, $5, $6 from graphile_worker._private_tasks where identifier = $1`,
      [task, key, JSON.stringify(payload), run_at, attempts, last_error],
    );
  }

  test('the jobs that wait in the former queue wait in ours, and nothing of that queue is left', async () => {
    await migrateUntil(old, '20261130000100_job');
    const handoffId = uuid(1);
    const failed = { attempts: 3, last_error: 'away', run_at: minute(9) };
    await formerJob('intake', { key: 'intake:101', payload: { leadId: '101' } });
    await formerJob('find-leads', { key: 'find-leads:calls:7', payload: { objectType: 'calls', id: '7' } });
    await formerJob('tell', { key: 'tell:ann', payload: { person: ann }, run_at: minute(5) });
    await formerJob('deliver', { key: `deliver:${handoffId}`, payload: { handoffId }, ...failed });
    // The process was killed while it ran and a newer one had come: done once.
    await formerJob('write-back', { key: null, payload: { handoffId }, attempts: 1 });
    await formerJob('write-back', {
      key: `write-back:${handoffId}`,
      payload: { handoffId },
      run_at: minute(2),
    });
    await formerJob('deliver', { key: null, payload: { handoffId: uuid(2) }, attempts: 25 });
    await formerJob('deliver', {
      ...{ key: `deliver:${uuid(3)}`, payload: { handoffId: uuid(3) } },
      ...{ attempts: 25, last_error: 'gone', run_at: minute(1) },
    });
    await formerJob('nobody knows', { key: 'x', payload: {} });
    await migrate({ pool: old.pool });
    const jobs = `select task, key, run_at, attempts, begun, last_error, taken_by from job order by task, key`;
    const waits = { attempts: 0, begun: false, last_error: null, taken_by: null };
    expect(await rowsOf(jobs, old)).toEqual([
      { ...waits, task: 'deliver', key: handoffId, ...failed, begun: true },
      {
        ...{ ...waits, task: 'deliver', key: uuid(3) },
        ...{ attempts: 25, last_error: 'gone', begun: true, run_at: Number.POSITIVE_INFINITY },
      },
      { ...waits, task: 'find-leads', key: 'calls:7', run_at: minute(0) },
      { ...waits, task: 'intake', key: '101', run_at: minute(0) },
      { ...waits, task: 'tell', key: ann, run_at: minute(5) },
      { ...waits, task: 'write-back', key: handoffId, attempts: 1, begun: true, run_at: minute(0) },
    ]);
    expect(await rowsOf(`select to_regnamespace('graphile_worker') as former`, old)).toEqual([
      { former: null },
    ]);
  });
});

describe('migrate', () => {
  test('applies what is pending, in the order of the names', async () => {
    await write(second, 'ALTER TABLE "note" ADD COLUMN "text" TEXT;');
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [first, second] });
    await write('20260103000000_third', 'DROP TABLE "note";');
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: ['20260103000000_third'] });
  });

  test('records a migration as prisma migrate deploy does', async () => {
    const prisma = await emptyDatabase();
    try {
      await deployWithPrisma(prisma.url, first, firstSql);
      await migrate({ pool: database.pool, directory });
      const columns = `select column_name, data_type, character_maximum_length, is_nullable, column_default
                         from information_schema.columns where table_name = '_prisma_migrations' order by ordinal_position`;
      expect(await rowsOf(columns)).toEqual(await rowsOf(columns, prisma));
      const record = `select checksum, migration_name, logs, rolled_back_at, applied_steps_count, length(id) as id_length,
                             finished_at >= started_at as finished from _prisma_migrations`;
      expect(await rowsOf(record)).toEqual(await rowsOf(record, prisma));
      // And each goes on from what the other recorded.
      expect(await migrate({ pool: prisma.pool, directory })).toEqual({ applied: [] });
      await deployWithPrisma(database.url, first, firstSql);
      expect(await rowsOf('select from _prisma_migrations')).toHaveLength(1);
    } finally {
      await prisma.drop();
    }
  });

  test('applies each migration once when several processes start together', async () => {
    const results = await Promise.all([1, 2, 3].map(() => migrate({ pool: database.pool, directory })));
    expect(results.flatMap((result) => result.applied)).toEqual([first]);
  });

  test('keeps nothing of a migration that fails, so that it can be corrected', async () => {
    await write(second, 'CREATE TABLE "half" ("id" INTEGER); SELECT 1 / 0;');
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(
      `Migration ${second} failed, nothing of it was kept: error: division by zero`,
    );
    expect(await rowsOf(`select to_regclass('half') as half`)).toEqual([{ half: null }]);
    await write(second, 'CREATE TABLE "whole" ("id" INTEGER);');
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [second] });
  });

  test('runs a statement that refuses transactions on its own', async () => {
    await write(second, 'CREATE INDEX CONCURRENTLY "note_id" ON "note" ("id");');
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [first, second] });
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [] });
  });

  test('stops at one that failed outside a transaction until it is marked as rolled back', async () => {
    await write(second, 'CREATE INDEX CONCURRENTLY "note_id" ON "note" ("no_such_column");');
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow('it is recorded as failed');
    await write(second, 'CREATE INDEX CONCURRENTLY "note_id" ON "note" ("id");');
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(
      `${second} began and never finished`,
    );
    await database.pool.query(
      'update _prisma_migrations set rolled_back_at = now() where finished_at is null',
    );
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [second] });
  });

  test('refuses a migration that was edited after it was applied', async () => {
    await migrate({ pool: database.pool, directory });
    await write(first, `${firstSql}-- One more thing.\n`);
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(
      `Migration ${first} was applied with checksum`,
    );
  });

  test('overlooks other line ends', async () => {
    await migrate({ pool: database.pool, directory });
    await write(first, firstSql.replaceAll('\n', '\r\n'));
    expect(await migrate({ pool: database.pool, directory })).toEqual({ applied: [] });
  });

  test('refuses the database of a newer version', async () => {
    await write(second, 'ALTER TABLE "note" ADD COLUMN "text" TEXT;');
    await migrate({ pool: database.pool, directory });
    await rm(join(directory, second), { recursive: true });
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(
      `The database has the migration ${second}, which ${directory} does not have`,
    );
  });

  test('says which file of a migration is missing', async () => {
    await mkdir(join(directory, second));
    await expect(migrate({ pool: database.pool, directory })).rejects.toThrow(join(second, 'migration.sql'));
  });
});
