import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findAccount } from '../../../src/adapters/postgres/embedded/account.ts';
import { installedPostgres, usablePrograms } from '../../../src/adapters/postgres/embedded/binaries.ts';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../../../src/adapters/postgres/embedded/embedded.ts';
import { UnfitDatabase } from '../../../src/adapters/postgres/unfit.ts';
import { removeDataDir, temporaryDataDir } from '../../support/temporary-postgres.ts';

const settings = { fsync: 'off' };
const isRoot = process.getuid?.() === 0;

let dataDir: string;
const running: EmbeddedPostgres[] = [];

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, settings, ...options });
  running.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' }).finally(() => client.end());
  return rows[0]?.[0];
}

/** Another process of ours that has started the server and stays; resolves once it has. */
async function otherProcess(): Promise<ChildProcess> {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(import.meta.resolve('../../../src/adapters/postgres/embedded/embedded.ts'))};
    const server = await startEmbeddedPostgres(${JSON.stringify({ dataDir, settings })});
    process.stdin.on('end', () => server.stop()).resume();
    console.log('started');
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  await once(child.stdout, 'data');
  return child;
}

async function end(child: ChildProcess, how: (pid: number) => void): Promise<void> {
  if (!child.pid) throw new Error('Expected a running process.');
  const exited = once(child, 'exit');
  how(child.pid);
  await exited;
}

const pidFile = () => join(dataDir, 'postgres', 'data', 'postmaster.pid');
const isRunning = async () => (await stat(pidFile()).catch(() => undefined)) !== undefined;

async function killServer(): Promise<void> {
  process.kill(Number((await readFile(pidFile(), 'utf8')).split('\n')[0]), 'SIGKILL');
}

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  const server = await start();
  await server.ensureDatabase('kept');
  await ask(server.urlOf('kept'), 'create table note as select 42 as value');
  await server.stop();
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  expect(await isRunning()).toBe(false);
});

afterAll(() => removeDataDir(dataDir));

describe('one process', () => {
  test('keeps its data between starts', async () => {
    const server = await start();
    await server.ensureDatabase('kept');
    expect(server.adopted).toBe(false);
    expect(await ask(server.urlOf('kept'), 'select value from note')).toBe(42);
  });

  test('is refused in words that the start shows, where none is installed', async () => {
    await expect(installedPostgres('plan9-mips')).rejects.toThrow(UnfitDatabase);
    await expect(installedPostgres('plan9-mips')).rejects.toThrow('set DATABASE_URL to use one of your own');
  });

  test('tells its version at the start, and that production wants a PostgreSQL of its own', async () => {
    const told: [Record<string, string | number>, string][] = [];
    const server = await start({ log: (facts, message) => told.push([facts, message]) });
    const version = await ask(server.urlOf('postgres'), 'show server_version');
    expect(told).toEqual([
      [
        expect.objectContaining({ version }),
        expect.stringMatching(/started; for production set DATABASE_URL/),
      ],
    ]);
  });

  test('listens on loopback only and asks for the password, which nobody else can read', async () => {
    const server = await start();
    const url = server.urlOf('postgres');
    expect(await ask(url, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await ask(url, 'show unix_socket_directories')).toBe('');
    const password = join(dataDir, 'postgres', 'password');
    expect((await stat(password)).mode & 0o777).toBe(0o600);
    await expect(ask(url.replace(await readFile(password, 'utf8'), 'guess'), 'select 1')).rejects.toThrow(
      'password',
    );
  });

  test('sorts and folds case in Unicode whatever locales the system has', async () => {
    const server = await start();
    expect(
      await ask(
        server.urlOf('postgres'),
        `select lower('ÄÉŁ') || (select datcollate from pg_database limit 1)`,
      ),
    ).toBe('äéłC');
  });

  test('says what PostgreSQL said when it does not start', async () => {
    const refused = startEmbeddedPostgres({ dataDir, settings: { shared_buffers: 'plenty' } });
    await expect(refused).rejects.toThrow(/invalid value for parameter "shared_buffers": "plenty"/);
  });

  test('begins again after an initialisation that was killed', async () => {
    const fresh = await temporaryDataDir();
    onTestFinished(() => removeDataDir(fresh));
    const [abandoned, recent] = [
      join(fresh, 'postgres.unfinished-aaaaaa'),
      join(fresh, 'postgres.unfinished-bbbbbb'),
    ];
    for (const leftover of [abandoned, recent]) {
      await mkdir(leftover);
      await writeFile(join(leftover, 'half'), '');
    }
    await utimes(abandoned, 0, 0);
    const server = await start({ dataDir: fresh });
    expect(await ask(server.urlOf('postgres'), 'select 1')).toBe(1);
    expect((await readdir(fresh)).sort()).toEqual(['postgres', 'postgres.unfinished-bbbbbb']);
    await server.stop();
  });
});

describe('after a crash', () => {
  test('adopts the server of a process that was killed, and stops it at the end', async () => {
    await end(await otherProcess(), (pid) => process.kill(pid, 'SIGKILL'));
    expect(await isRunning()).toBe(true);
    const server = await start();
    expect(server.adopted).toBe(true);
    expect(await ask(server.urlOf('kept'), 'select value from note')).toBe(42);
  });

  test("the server survives Ctrl-C in its starter's terminal", async () => {
    await end(await otherProcess(), (pid) => process.kill(-pid, 'SIGINT'));
    expect((await start()).adopted).toBe(true);
  });

  test('starts again when the server itself was killed', async () => {
    const first = await start();
    await killServer();
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await ask(second.urlOf('kept'), 'select value from note')).toBe(42);
    await first.stop();
    expect(await ask(second.urlOf('kept'), 'select value from note')).toBe(42);
  });

  test("starts again when the killed server's number went to an unrelated process", async () => {
    await start();
    await killServer();
    const { uid, gid } = await stat(pidFile());
    const unrelated = spawn('sleep', ['600'], isRoot ? { uid, gid } : {});
    onTestFinished(() => {
      unrelated.kill();
    });
    const [, ...rest] = (await readFile(pidFile(), 'utf8')).split('\n');
    await writeFile(pidFile(), [unrelated.pid, ...rest].join('\n'));
    const server = await start();
    expect(await ask(server.urlOf('kept'), 'select value from note')).toBe(42);
  });
});

describe('several processes', () => {
  test('share one server when they start at once on nothing', async () => {
    const fresh = await temporaryDataDir();
    onTestFinished(() => removeDataDir(fresh));
    const servers = await Promise.all([1, 2, 3].map(() => start({ dataDir: fresh })));
    expect(new Set(servers.map((server) => server.urlOf('x'))).size).toBe(1);
    expect(servers.filter((server) => !server.adopted)).toHaveLength(1);
    await Promise.all(servers.map((server) => server.ensureDatabase('shared')));
    expect(await readdir(fresh)).toEqual(['postgres']);
    await Promise.all(servers.map((server) => server.stop()));
    expect(await readdir(join(fresh, 'postgres', 'data'))).not.toContain('postmaster.pid');
  });

  test('only the last one out stops the server', async () => {
    const app = await otherProcess();
    const command = await start();
    expect(command.adopted).toBe(true);
    await command.stop();
    expect(await ask(command.urlOf('kept'), 'select value from note')).toBe(42);
    await end(app, () => app.stdin?.end());
    expect(await isRunning()).toBe(false);
  });

  test("leaves the server running under someone else's connection", async () => {
    const server = await start();
    const visitor = new Client({ connectionString: server.urlOf('kept') });
    await visitor.connect();
    await server.stop();
    expect((await visitor.query('select value from note')).rows).toEqual([{ value: 42 }]);
    await visitor.end();
    expect((await start()).adopted).toBe(true);
  });

  test('one that arrives while the last one leaves gets a server of its own', async () => {
    const leaving = await start();
    const stopped = leaving.stop();
    const arriving = await start();
    await stopped;
    expect(await ask(arriving.urlOf('kept'), 'select value from note')).toBe(42);
  });
});

describe('as root', () => {
  test.runIf(isRoot)('runs as an unprivileged account, nobody where there is no postgres', async () => {
    const fresh = await temporaryDataDir();
    onTestFinished(() => removeDataDir(fresh));
    const server = await start({ dataDir: fresh, accounts: ['no-such-account', 'nobody'] });
    const { uid } = await stat(join(fresh, 'postgres', 'data'));
    expect(uid).toBe((await findAccount(['nobody'])).uid);
    await server.stop();
    // Whoever owns the data keeps it.
    await (await start({ dataDir: fresh, accounts: [] })).stop();
  });

  test.runIf(isRoot)(
    'keeps the data where that account can go when the data directory is closed',
    async () => {
      const closed = await mkdtemp(join(tmpdir(), 'handoff-closed-'));
      onTestFinished(() => removeDataDir(closed));
      const server = await start({ dataDir: closed });
      expect(await readlink(join(closed, 'postgres'))).toMatch(
        /^\/var\/lib\/lead-handoff-bot\/[0-9a-f-]{36}$/,
      );
      await server.ensureDatabase('kept');
      await server.stop();
      const again = await start({ dataDir: closed });
      expect(await ask(again.urlOf('kept'), 'select 1')).toBe(1);
      await again.stop();
    },
  );

  test('names the accounts it looked for', async () => {
    await expect(findAccount(['no-such-account'])).rejects.toThrow('none of the accounts no-such-account');
  });
});

describe('the binaries', () => {
  test('are named with a way out where there are none', async () => {
    await expect(installedPostgres('sunos-sparc')).rejects.toThrow(
      /installed for sunos-sparc: .* set DATABASE_URL/,
    );
  });

  test('are copied, once and complete, for an account that cannot go where npm put them', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'handoff-binaries-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const native = join(directory, 'native');
    for (const part of ['bin', 'lib', 'share']) await mkdir(join(native, part), { recursive: true });
    await writeFile(join(native, 'bin', 'postgres'), '', { mode: 0o700 });
    await writeFile(join(native, 'lib', 'libpq.so.5.18'), 'library', { mode: 0o600 });
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));
    await chmod(native, 0o700);

    const stranger = { uid: 54_321, gid: 54_321 };
    const copy = () =>
      usablePrograms({ directory: native, version: '18.4' }, stranger, async () => directory);
    const [programs] = await Promise.all([copy(), copy()]);
    expect(programs).toBe(join(directory, 'postgresql-18.4', 'bin'));
    expect((await stat(join(programs, 'postgres'))).mode & 0o777).toBe(0o755);
    const library = join(programs, '..', 'lib', 'libpq.so.5');
    expect(await readlink(library)).toBe('libpq.so.5.18');
    expect((await stat(library)).mode & 0o777).toBe(0o644);
    expect((await readdir(directory)).sort()).toEqual(['native', 'postgresql-18.4']);
  });
});
