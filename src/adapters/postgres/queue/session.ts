import { setTimeout as delay } from 'node:timers/promises';
import type { Notification, Pool, PoolClient } from 'pg';
import type { JobLog } from './job.ts';

/** The first number of the advisory locks by which processes show that they live; the second is their own. */
export const processLock = 11_062_015;

/** A host that vanished without a word is noticed after about 25 s, where PostgreSQL would wait for two hours. */
const settings = {
  tcp_keepalives_idle: 10,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 3,
  idle_session_timeout: 0,
};
const names = Object.keys(settings);
const set = `select ${Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', false)`)}`;

const tryAgainAfterMs = 100;

/** What a process hears: that a job of a task can begin; or that it may have heard nothing for a while. */
export type Heard = { task: string; urgent: boolean } | 'deaf';

/** Hears of something else on the same connection. */
export type Listener = {
  channel: string;
  heard(): void;
  /** False: what is told from now on is not heard. */
  listening(is: boolean): void;
};

export type Session = {
  /** Ends the connection, also when nobody answers at its other end. */
  close(): Promise<void>;
  /** Leaves the connection to the pool: what it has learnt makes the next statements on it cheaper. */
  release(): Promise<void>;
};

/**
 * Keeps one connection of the pool, which hears of new jobs and holds the lock of this process. PostgreSQL drops both
 * with the connection, so that the others see at once when the process was killed; a connection that breaks is
 * replaced, and the lock taken again.
 */
export async function openSession(
  pool: Pool,
  processId: number,
  hear: (heard: Heard) => void,
  log: JobLog,
  listeners: readonly Listener[] = [],
): Promise<Session> {
  let closed = false;
  let onLost: (error: Error) => void = () => {};
  let connected = connect();
  await connected;

  async function connect(): Promise<PoolClient | null> {
    while (!closed) {
      const client = await pool.connect().catch(() => null);
      if (client && (await prepare(client))) return client;
      client?.release(true);
      await delay(tryAgainAfterMs);
    }
    return null;
  }

  async function prepare(client: PoolClient): Promise<boolean> {
    try {
      await client.query(set);
      // Held still by a connection of ours that PostgreSQL has not yet seen to be broken, it is not given again.
      while (!(await tryLock(client))) await delay(tryAgainAfterMs);
      client.on('notification', onNotification);
      await client.query(
        ['job', ...listeners.map(({ channel }) => channel)].map((channel) => `listen ${channel}`).join('; '),
      );
    } catch {
      return false;
    }
    onLost = (error) => {
      log.warn({ err: error }, 'the connection that hears of jobs was lost');
      tellWhetherListening(false);
      client.release(true);
      connected = connect();
    };
    client.once('error', onLost);
    hear('deaf');
    tellWhetherListening(true);
    return true;
  }

  function onNotification({ channel, payload = '' }: Notification): void {
    const [task = '', urgent] = payload.split(' ');
    if (channel === 'job') hear({ task, urgent: urgent !== undefined });
    else listenerOf(channel)?.heard();
  }

  /** @returns whether it is a connection like any other again */
  function restore(client: PoolClient): Promise<boolean> {
    const resets = names.map((name) => `reset ${name}`);
    const unlock = `select pg_advisory_unlock(${processLock}, ${processId})`;
    return client.query(['unlisten *', unlock, ...resets].join('; ')).then(
      () => true,
      () => false,
    );
  }

  function listenerOf(heard: string): Listener | undefined {
    return listeners.find(({ channel }) => channel === heard);
  }

  function tellWhetherListening(is: boolean): void {
    for (const listener of listeners) listener.listening(is);
  }

  async function tryLock(client: PoolClient): Promise<boolean> {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1, $2) as held', [
      processLock,
      processId,
    ]);
    return rows[0]?.held ?? false;
  }

  async function leave(): Promise<PoolClient | null> {
    closed = true;
    tellWhetherListening(false);
    const client = await connected;
    return client?.off('error', onLost).off('notification', onNotification).on('error', ignore) ?? null;
  }

  return {
    close: async () => (await leave())?.release(true),
    release: async () => {
      const client = await leave();
      if (!client) return;
      const isRestored = await restore(client);
      client.off('error', ignore).release(!isRestored);
    },
  };
}

function ignore(): void {}
