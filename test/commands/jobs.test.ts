import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStanding } from '../../src/adapters/postgres/standing.ts';
import { runCommand } from '../../src/commands/commands.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query(`
    insert into job (task, key, run_at, attempts, last_error) values
      ('deliver', 'handoff-1', 'infinity', 25, 'Slack would not'),
      ('deliver', 'handoff-2', now() + interval '1 hour', 3, 'Slack did not answer'),
      ('write-back', 'handoff-1', 'infinity', 25, 'HubSpot would not'),
      ('intake', '7', now() + interval '1 hour', 0, null)`);
});
afterAll(() => database.drop());

async function handoff(...words: string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const environment = { DATABASE_URL: database.url, USER: 'olga' };
  await runCommand(words, { environment, stdout, stderr });
  stdout.end();
  stderr.end();
  return (await text(stdout)) + (await text(stderr));
}

const exhausted = async () =>
  (await readStanding(database, new Date())).jobs.reduce((sum, job) => sum + job.exhausted, 0);

test('what failed is listed, what is tried again first, and nothing that only waits', async () => {
  const lines = (await handoff('jobs')).trimEnd().split('\n').slice(2);
  expect(lines.map((line) => line.replaceAll(/ {2,}/g, '|').replace(/\d{4}-.* UTC/, 'then'))).toEqual([
    'deliver|handoff-2|3|then|Slack did not answer',
    'deliver|handoff-1|25|given up|Slack would not',
    'write-back|handoff-1|25|given up|HubSpot would not',
  ]);
});

test('one that was given up is discarded with a reason, and counts no more', async () => {
  expect(await exhausted()).toBe(2);
  expect(await handoff('jobs', 'discard', 'write-back', 'handoff-1')).toContain(
    "'--why <words>' not specified",
  );
  expect(await handoff('jobs', 'discard', 'write-back', 'handoff-1', '--why', 'a test lead')).toBe(
    'Discarded: 1\n',
  );
  expect(await exhausted()).toBe(1);
  expect(await handoff('jobs')).not.toContain('write-back');
  expect(await handoff('jobs', '--all')).toContain('discarded by olga: a test lead');
  expect(await handoff('jobs', 'discard', 'deliver', 'handoff-2', '--why', 'x')).toContain('No such job');
});

test('those that failed are tried again at once, as new ones', async () => {
  expect(await handoff('jobs', 'retry', 'deliver')).toBe('Tried again: 2\n');
  const { rows } = await database.pool.query(
    `select key from job where task = 'deliver' and run_at <= now() and attempts = 0 and last_error is null`,
  );
  expect(rows).toHaveLength(2);
  expect(await handoff('jobs', 'retry', 'deliver')).toContain('No such job');
  expect(await handoff('jobs', 'retry', 'nothing')).toContain('Allowed choices are intake');
});
