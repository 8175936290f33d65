import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { type Connection, connectPostgres } from '../../../src/adapters/postgres/connection.ts';
import { prepareDatabase } from '../../../src/adapters/postgres/prepare.ts';
import { startChild } from '../../support/child.ts';
import { openEncryptedDoor, openSocketDoor } from '../../support/postgres-doors.ts';
import { startTransactionPooler } from '../../support/transaction-pooler.ts';

const adminUrl = inject('postgres').adminUrl;
const password = 'a secret of ours';

let role: string;
let database: string;
let opened: Connection[];

beforeEach(async () => {
  const name = randomUUID().slice(0, 8);
  role = `bot_${name}`;
  database = `others_${name}`;
  opened = [];
  await asAdmin(`create role ${role} login password '${password}'`);
  await asAdmin(`create database ${database}`);
});
afterEach(async () => {
  for (const { close } of opened) await close();
  await asAdmin(`drop database if exists ${database} with (force)`);
  await asAdmin(`drop role ${role}`);
});

async function asAdmin(sql: string, inDatabase = 'postgres'): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = inDatabase;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The address of the database for the role. */
function address(change: (url: URL) => void = () => {}): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  url.pathname = database;
  change(url);
  return url.href;
}

function connect(url = address()): Connection {
  const connection = connectPostgres(url, { poolSize: 2, onConnectionLost: () => {} });
  opened.push(connection);
  return connection;
}

/** In one line, what a start on this address says instead. */
async function refusal(url = address()): Promise<string> {
  const error: unknown = await Promise.resolve()
    .then(() => prepareDatabase(connect(url).pool))
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'UnfitDatabase' });
  const { message } = error as Error;
  expect(message).not.toMatch(/\n|a secret of ours|a%20secret/);
  return message;
}

describe('a start works', () => {
  async function tablesBySchema(): Promise<unknown> {
    const { rows } = await connect(address()).pool.query(
      `select schemaname as schema, count(*)::int as tables from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') group by 1`,
    );
    return rows;
  }

  test.each([
    {
      where: 'the search path of its role',
      schema: '',
      setUp: () => `alter role ${role} set search_path = crm`,
    },
    { where: '?schema= of its address', schema: 'crm', setUp: () => 'select' },
  ])('in the schema of $where, with no right to any other', async ({ schema, setUp }) => {
    await asAdmin(setUp());
    await asAdmin(
      `grant create on database ${database} to ${role}; create schema crm authorization ${role}`,
      database,
    );
    const url = address(({ searchParams }) => schema && searchParams.set('schema', schema));
    const { pool, prisma } = connect(url);
    expect((await prepareDatabase(pool)).applied.length).toBeGreaterThan(9);
    await prisma.run.create({ data: { routine: 'sweep', at: new Date(0) } });
    expect((await pool.query('select routine from run')).rows).toEqual([{ routine: 'sweep' }]);
    expect(await tablesBySchema()).toEqual([{ schema: 'crm', tables: expect.any(Number) }]);
    expect(await prepareDatabase(connect(url).pool)).toEqual({ applied: [] });
  });

  test('with the rights that the refusal names', async () => {
    await asAdmin(`grant connect, create on database ${database} to ${role}`);
    await asAdmin(`grant usage, create on schema public to ${role}`, database);
    expect((await prepareDatabase(connect().pool)).applied.length).toBeGreaterThan(9);
  });

  test('whatever dates, zone, limits and isolation its role has, and speaks UTC and ISO', async () => {
    await asAdmin(`alter database ${database} owner to ${role}`);
    for (const setting of [
      "DateStyle = 'German, DMY'",
      "TimeZone = 'Pacific/Chatham'",
      "IntervalStyle = 'sql_standard'",
      "bytea_output = 'escape'",
      "statement_timeout = '1s'",
      "default_transaction_isolation = 'serializable'",
    ]) {
      await asAdmin(`alter role ${role} set ${setting}`);
    }
    const { pool, prisma } = connect();
    await prepareDatabase(pool);
    const at = new Date('2026-12-01T23:30:00.123Z');
    await prisma.run.create({ data: { routine: 'sweep', at } });
    expect((await prisma.run.findFirstOrThrow()).at).toEqual(at);
    const { rows } = await pool.query(
      `select at, at::text, current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
              current_setting('idle_in_transaction_session_timeout') as idle,
              current_setting('transaction_isolation') as isolation from run`,
    );
    expect(rows).toEqual([
      {
        at: '2026-12-01 23:30:00.123+00',
        statement: '1min',
        lock: '15s',
        idle: '1min',
        isolation: 'read committed',
      },
    ]);
  });

  test('through the socket of the machine, in both ways of writing it', async () => {
    await asAdmin(`alter database ${database} owner to ${role}`);
    const door = await openSocketDoor(adminUrl);
    const secret = encodeURIComponent(password);
    for (const url of [
      `postgresql://${role}:${secret}@/${database}?host=${door.directory}`,
      `postgresql:///${database}?host=${door.directory}&user=${role}&password=${secret}`,
      `postgresql://${role}:${secret}@${encodeURIComponent(door.directory)}/${database}`,
    ]) {
      const { rows } = await connect(url).pool.query(
        'select current_user as role, current_database() as database',
      );
      expect(rows).toEqual([{ role, database }]);
    }
    for (const { close } of opened.splice(0)) await close();
    await door.close();
  });
});

describe('encryption goes as libpq has it', () => {
  const host = 'localhost';

  async function through(door: { port: number }, options: string): Promise<unknown> {
    const url = address((at) => {
      at.host = `${host}:${door.port}`;
      at.search = options;
    });
    const answers = async () => connect(url).pool.query('select');
    return answers().then(
      () => 'connected',
      () => refusal(url),
    );
  }

  test('sslmode=require encrypts without asking who it is; with sslrootcert, and verify-full, it asks', async () => {
    await asAdmin(`alter database ${database} owner to ${role}`);
    const door = await openEncryptedDoor(adminUrl, host);
    const other = await openEncryptedDoor(adminUrl, 'other.example');
    const trusting = (mode: string, { certificateFile } = door) =>
      `sslmode=${mode}&sslrootcert=${encodeURIComponent(certificateFile)}`;
    expect(await through(door, 'sslmode=require')).toBe('connected');
    expect(await through(door, trusting('require'))).toBe('connected');
    expect(await through(door, trusting('verify-full'))).toBe('connected');
    expect(await through(other, trusting('verify-ca', other))).toBe('connected');

    expect(await through(door, 'sslmode=verify-full')).toContain('sslrootcert=/path/to/root.crt');
    expect(await through(door, trusting('require', other))).toContain('(DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect(await through(other, trusting('verify-full', other))).toContain('(ERR_TLS_CERT_ALTNAME_INVALID)');
    expect(await through(door, 'sslmode=verify-full&sslrootcert=/not/there.crt')).toContain('/not/there.crt');
    expect(await refusal(address((at) => at.searchParams.set('sslmode', 'verify-ca')))).toContain(
      'sslrootcert=',
    );
    expect(await refusal(address((at) => at.searchParams.set('sslmode', 'require')))).toContain(
      'sslmode=disable',
    );
    for (const { close } of opened.splice(0)) await close();
    await Promise.all([door.close(), other.close()]);
  });
});

describe('a start is refused in one line', () => {
  test('that grants what is missing to create tables', async () => {
    const line = await refusal();
    expect(line).toContain(`GRANT CONNECT, CREATE ON DATABASE "${database}" TO "${role}"`);
    expect(line).toContain(`GRANT USAGE, CREATE ON SCHEMA public (or its own) TO "${role}"`);
  });

  test('that grants what is missing in the middle of the migrations', async () => {
    await asAdmin(`grant create on schema public to ${role}`, database);
    expect(await refusal()).toContain(`GRANT CONNECT, CREATE ON DATABASE "${database}" TO "${role}"`);
  });

  test('when it may not connect to the database', async () => {
    await asAdmin(`revoke connect on database ${database} from public`);
    expect(await refusal()).toContain(`GRANT CONNECT, CREATE ON DATABASE "${database}" TO "${role}"`);
  });

  test('when the password is wrong', async () => {
    expect(await refusal(address((url) => (url.password = 'another')))).toContain(
      `does not let the role "${role}" in`,
    );
  });

  test('and the process ends with it, as when the password is missing', async () => {
    const { code, output } = await startChild({
      DATABASE_URL: address((url) => (url.password = '')),
      PUBLIC_URL: 'https://handoff.example.com',
      HUBSPOT_PORTAL_ID: '1',
      HUBSPOT_ACCESS_TOKEN: 'token',
      HUBSPOT_CLIENT_SECRET: 'secret',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'secret',
    }).ended;
    expect([code, output]).toEqual([
      1,
      'Cannot start: PostgreSQL wants a password: expected one in DATABASE_URL\n',
    ]);
  });

  test('when the database is not there', async () => {
    expect(await refusal(address((url) => (url.pathname = 'nowhere')))).toContain(
      `CREATE DATABASE "nowhere" OWNER "${role}"`,
    );
  });

  test('when the role can only read', async () => {
    await asAdmin(`alter role ${role} in database ${database} set default_transaction_read_only = on`);
    expect(await refusal()).toContain(
      `ALTER ROLE "${role}" IN DATABASE "${database}" SET default_transaction_read_only = off`,
    );
  });

  test('when the database cannot keep every name', async () => {
    await asAdmin(`drop database ${database}`);
    await asAdmin(
      `create database ${database} owner ${role} encoding 'LATIN1' locale 'C' template template0`,
    );
    expect(await refusal()).toContain('keeps texts as LATIN1');
  });

  test('when the schema is not there', async () => {
    const url = address(({ searchParams }) => searchParams.set('schema', 'not there'));
    expect(await refusal(url)).toContain(`CREATE SCHEMA handoff AUTHORIZATION "${role}"`);
  });

  test('when an early migration would clear away the jobs of another program', async () => {
    await asAdmin(`alter database ${database} owner to ${role}`);
    await asAdmin('create schema graphile_worker', database);
    expect(await refusal()).toContain('"graphile_worker" of another program');
  });

  test('behind a pooler that shares sessions', async () => {
    await asAdmin(`alter database ${database} owner to ${role}`);
    const pooler = await startTransactionPooler(address());
    expect(await refusal(pooler.url)).toContain('pool_mode=transaction');
    for (const { close } of opened.splice(0)) await close();
    await pooler.close();
  });
});
