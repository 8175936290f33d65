import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient, QueryResult } from 'pg';

/**
 * Names that this process holds while it is alive and connected. PostgreSQL drops them with the connection, so that
 * the others see at once when it was killed.
 */
export type Presence = {
  /** Waits until the name is ours. */
  hold(name: string): Promise<void>;
  release(name: string): void;
  close(): Promise<void>;
};

/** For SQL: whether any process holds the name in the given column. */
export const isHeld = (column: string) => `exists (
  select from pg_locks
   where locktype = 'advisory' and objsubid = 1 and granted
     and database = (select oid from pg_database where datname = current_database())
     and (classid::bigint << 32) | objid::bigint = hashtextextended(${column}, 0))`;

const tryLock = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as held';
const unlock = 'select pg_advisory_unlock(hashtextextended($1, 0))';

/** A host that vanished without a word is noticed after about 25 s, where PostgreSQL would wait for two hours. */
const settings = `select set_config('tcp_keepalives_idle', '10', false),
  set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false),
  set_config('idle_session_timeout', '0', false)`;

const tryAgainAfterMs = 100;

/** Keeps one connection of the pool for the names; when it breaks, takes another and the names again. */
export function openPresence(pool: Pool): Presence {
  const names = new Set<string>();
  let closed = false;
  let connected = connect();

  async function connect(): Promise<PoolClient | null> {
    while (!closed) {
      const client = await pool.connect().catch(() => null);
      try {
        await client?.query(settings);
        for (const name of names) await client?.query(tryLock, [name]);
        client?.once('error', () => {
          client.release(true);
          connected = connect();
        });
        if (client) return client;
      } catch {
        client?.release(true);
      }
      await delay(tryAgainAfterMs);
    }
    return null;
  }

  /** One question after the other: a connection takes no second one before it has answered. */
  let lastAnswer: Promise<unknown> = Promise.resolve();
  function ask(sql: string, name: string): Promise<QueryResult<{ held: boolean }> | undefined> {
    const answer = lastAnswer.then(async () => (await connected)?.query<{ held: boolean }>(sql, [name]));
    // While the database cannot be asked, whoever wants a name asks again, and nobody has any to release.
    const settled = answer.catch(() => undefined);
    lastAnswer = settled;
    return settled;
  }

  return {
    hold: async (name) => {
      for (;;) {
        if (closed) throw new Error(`The name ${name} was asked for after the presence was closed.`);
        const answer = await ask(tryLock, name);
        if (answer?.rows[0]?.held) break;
        await delay(tryAgainAfterMs);
      }
      names.add(name);
    },
    release: (name) => {
      names.delete(name);
      void ask(unlock, name);
    },
    close: async () => {
      closed = true;
      const client = await connected;
      client
        ?.removeAllListeners('error')
        .on('error', () => {})
        .release(true);
    },
  };
}
