import { Client, type Connection, Pool, type Submittable } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase } from './support/database.ts';
import { type PostgresWire, startPostgresWire } from './support/postgres-wire.ts';

let database: TestDatabase;
let wire: PostgresWire;
let client: Client;

beforeAll(async () => {
  database = await emptyDatabase();
  await database.pool.query('create table fact (id int primary key, words text)');
  await database.pool.query(
    `create function note(given int) returns int language sql as 'insert into fact (id) values (given) returning id'`,
  );
});

afterAll(() => database.drop());

beforeEach(async () => {
  await database.pool.query('truncate fact');
  wire = await startPostgresWire(database.url);
  client = new Client({ connectionString: wire.url });
  await client.connect();
  await wire.reset();
});

afterEach(async () => {
  await client.end();
  await wire.close();
});

test('logging in counts for nothing', async () => {
  const other = new Client({ connectionString: wire.url });
  await other.connect();
  await other.end();

  expect(await wire.count()).toEqual({ statements: 0, roundTrips: 0, commits: 0 });
});

test('a statement with parameters is one statement and one round trip', async () => {
  const { rows } = await client.query('select $1::int + 1 as sum', [41]);

  expect(rows).toEqual([{ sum: 42 }]);
  expect(await wire.count()).toEqual({ statements: 1, roundTrips: 1, commits: 0 });
  expect(wire.statements()).toEqual(['select $1::int + 1 as sum']);
});

test('a prepared statement that runs again is known by its text', async () => {
  const named = { name: 'twice', text: 'select $1::int as n' };
  await client.query({ ...named, values: [1] });
  await client.query({ ...named, values: [2] });

  expect(await wire.count()).toMatchObject({ statements: 2, roundTrips: 2 });
  expect(wire.statements()).toEqual(['select $1::int as n', 'select $1::int as n']);
});

test('a text of several statements is as many, in one round trip and one commit', async () => {
  await client.query('insert into fact values (1); insert into fact values (2); select 3');

  expect(await wire.count()).toEqual({ statements: 3, roundTrips: 1, commits: 1 });
});

test('a transaction is its statements, BEGIN and COMMIT among them, and one commit', async () => {
  await client.query('begin');
  await client.query('insert into fact values ($1)', [1]);
  await client.query('update fact set words = $1', ['so']);
  await client.query('commit');

  expect(await wire.count()).toEqual({ statements: 4, roundTrips: 4, commits: 1 });
});

test('only what writes and is kept is a durable commit', async () => {
  await client.query('select count(*) from fact');
  await client.query('update fact set words = words');
  await client.query('begin');
  await client.query('select count(*) from fact');
  await client.query('commit');
  await client.query('begin');
  await client.query('insert into fact values (1)');
  await client.query('rollback');
  expect((await wire.count()).commits).toBe(0);

  await client.query('select note(2)');
  await client.query('insert into fact values (3)');
  await client.query('select id from fact for update');
  expect((await wire.count()).commits).toBe(3);
});

test('commits in another database of the same server are none of ours', async () => {
  const other = await emptyDatabase();
  await other.pool.query('create table elsewhere (id int)');
  await client.query('insert into fact values (1)');

  expect((await wire.count()).commits).toBe(1);
  await other.drop();
});

test('a statement that fails has run, and what follows it goes on being counted', async () => {
  await client.query('insert into fact values (1)');
  await expect(client.query('insert into fact values ($1)', [1])).rejects.toThrow('duplicate key');
  await expect(client.query('select 1; select nothing; select 2')).rejects.toThrow('does not exist');
  await client.query('select 1');

  expect(await wire.count()).toEqual({ statements: 5, roundTrips: 4, commits: 1 });
});

test('what is refused before it runs is a round trip, and no statement', async () => {
  await expect(client.query('select $1::int from nowhere', [1])).rejects.toThrow('does not exist');

  expect(await wire.count()).toEqual({ statements: 0, roundTrips: 1, commits: 0 });
});

test('connections are counted apart and together', async () => {
  const pool = new Pool({ connectionString: wire.url, max: 2 });
  const both = [await pool.connect(), await pool.connect()];
  await Promise.all(both.map((one, index) => one.query('insert into fact values ($1)', [index])));
  await both[0]?.query('select 1');
  for (const one of both) one.release();
  await pool.end();

  expect(wire.byConnection().map(({ statements }) => statements)).toEqual([2, 1]);
  expect(await wire.count()).toEqual({ statements: 3, roundTrips: 3, commits: 2 });
});

test('a reset begins anew', async () => {
  await client.query('insert into fact values (1)');
  await wire.reset();

  expect(await wire.count()).toEqual({ statements: 0, roundTrips: 0, commits: 0 });
  expect(wire.statements()).toEqual([]);
  expect(wire.trips()).toEqual([]);
});

test('round trips one after the other do not overlap', async () => {
  await client.query('select 1');
  await client.query('select 2');

  const [first, second] = wire.trips();
  expect(first?.until).toBeLessThanOrEqual(second?.from ?? 0);
});

test('a transaction that is open is under way', async () => {
  await client.query('begin');
  expect(wire.underWay()).toBe(1);
  await client.query('commit');
  expect(wire.underWay()).toBe(0);
});

test('a notification passes through', async () => {
  const heard = new Promise((resolve) => client.on('notification', ({ payload }) => resolve(payload)));
  await client.query('listen news');
  await database.pool.query(`select pg_notify('news', 'so')`);

  expect(await heard).toBe('so');
});

/** What goes over a connection of `pg` without one of its queries: `submit` sends, the rest hears. */
function byHand(submit: (connection: Connection) => void, onDescribed: (connection: Connection) => void) {
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  let connection: Connection;
  client.query({
    submit: (given) => {
      connection = given;
      submit(given);
    },
    handleRowDescription: () => onDescribed(connection),
    handleDataRow: () => {},
    handleCommandComplete: () => {},
    handleReadyForQuery: () => resolve(),
    handleError: reject,
  } as Submittable);
  return done;
}

test('statements that are sent together are one wait', async () => {
  await byHand(
    (connection) => {
      for (const id of [1, 2]) {
        connection.parse({ name: '', text: `insert into fact values (${id})`, types: [] }, true);
        connection.bind({}, true);
        connection.execute({ portal: '' }, true);
      }
      connection.sync();
    },
    () => {},
  );

  expect(await wire.count()).toEqual({ statements: 2, roundTrips: 1, commits: 1 });
});

test('what is flushed and waited for before the rest is sent is a wait of its own', async () => {
  await byHand(
    (connection) => {
      connection.parse({ name: 'look', text: 'select id from fact', types: [] }, true);
      connection.describe({ type: 'S', name: 'look' }, true);
      connection.flush();
    },
    (connection) => {
      connection.bind({ statement: 'look' }, true);
      connection.execute({ portal: '' }, true);
      connection.sync();
    },
  );

  expect(await wire.count()).toEqual({ statements: 1, roundTrips: 2, commits: 0 });
  expect(wire.statements()).toEqual(['select id from fact']);
});
