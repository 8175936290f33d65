import { afterAll, beforeAll } from 'vitest';
import { postgresCards } from '../../../src/adapters/postgres/cards.ts';
import { postgresDirectory } from '../../../src/adapters/postgres/directory.ts';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { postgresInbox } from '../../../src/adapters/postgres/inbox.ts';
import { postgresTimers } from '../../../src/adapters/postgres/timers.ts';
import type { Cards, Directory, Handoffs, Inbox, Timers } from '../../../src/flow/ports.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { memoryStores } from '../../support/memory/stores.ts';

/** What the contracts are about, and a look at the jobs that were added: their keys, sorted. */
export type Stores = {
  handoffs: Handoffs;
  inbox: Inbox;
  cards: Cards;
  timers: Timers;
  directory: Directory;
  jobKeys(): Promise<string[]>;
};

/** Makes stores that hold nothing yet. */
export type MakeStores = () => Promise<Stores>;

export function inMemory(): MakeStores {
  return async () => {
    const { jobs, ...stores } = memoryStores();
    return { ...stores, jobKeys: async () => jobs.keys().sort() };
  };
}

const tables =
  'handoff, inbound_event, lead, rep, chat_account, rotation_credit, graphile_worker._private_jobs';

export function inPostgres(): MakeStores {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());
  return async () => {
    await database.pool.query(`truncate ${tables} cascade`);
    return {
      handoffs: postgresHandoffs(database),
      inbox: postgresInbox(database),
      cards: postgresCards(database),
      timers: postgresTimers(database),
      directory: postgresDirectory(database),
      jobKeys: () => jobKeys(database),
    };
  };
}

async function jobKeys({ pool }: TestDatabase): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>('select key from graphile_worker.jobs');
  return rows.map(({ key }) => key).sort();
}
