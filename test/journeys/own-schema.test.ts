import { expect, test } from 'vitest';
import { connectPostgres } from '../../src/adapters/postgres/connection.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { ada, demoRequest, happenedTo, startWorld } from '../support/world.ts';

/** A database in which everything of ours is to be in the schema `crm`. */
async function databaseWithSchema(): Promise<TestDatabase> {
  const whole = await emptyDatabase();
  await whole.pool.query('create schema crm');
  const url = `${whole.url}?schema=crm`;
  const ours = connectPostgres(url, { poolSize: 24, onConnectionLost: () => {} });
  return {
    ...ours,
    url,
    drop: async () => {
      await ours.close();
      await whole.drop();
    },
  };
}

test('in a schema of its own the bot does everything, and leaves nothing in another', async () => {
  const world = await startWorld({ chats: 'slack', isNew: true }, databaseWithSchema);
  const lead = await demoRequest(world);
  expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered']);
  await world.pass(20);
  expect(await happenedTo(world, lead)).toEqual(expect.arrayContaining(['reminded', 'breached']));
  expect(world.in('slack').cards(ada)).toHaveLength(1);
  const { rows } = await world.database.pool.query(
    `select distinct schemaname from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  expect(rows).toEqual([{ schemaname: 'crm' }]);
  await world.close();
});
