import { afterAll, beforeAll } from 'vitest';
import { postgresArrivals } from '../../../src/adapters/postgres/arrivals.ts';
import { postgresCards } from '../../../src/adapters/postgres/cards.ts';
import { postgresDecisions } from '../../../src/adapters/postgres/decisions.ts';
import { postgresDirectory } from '../../../src/adapters/postgres/directory.ts';
import { postgresErasures } from '../../../src/adapters/postgres/erasures.ts';
import { postgresEventCursors } from '../../../src/adapters/postgres/event-cursors.ts';
import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { postgresHolds } from '../../../src/adapters/postgres/holds.ts';
import { postgresHomes } from '../../../src/adapters/postgres/homes.ts';
import { postgresInbox } from '../../../src/adapters/postgres/inbox.ts';
import { postgresInstalls } from '../../../src/adapters/postgres/installs.ts';
import { postgresModelBudget } from '../../../src/adapters/postgres/model-budget.ts';
import { postgresOutbox } from '../../../src/adapters/postgres/outbox.ts';
import { postgresPasses } from '../../../src/adapters/postgres/passes.ts';
import { postgresRuns } from '../../../src/adapters/postgres/runs.ts';
import { postgresSuppressions } from '../../../src/adapters/postgres/suppressions.ts';
import { postgresTimers } from '../../../src/adapters/postgres/timers.ts';
import type { Arrivals } from '../../../src/flow/ports/arrivals.ts';
import type { Cards, Outbox } from '../../../src/flow/ports/cards.ts';
import type { Installs } from '../../../src/flow/ports/chat.ts';
import type { Erasures } from '../../../src/flow/ports/erasures.ts';
import type { EventCursors } from '../../../src/flow/ports/event-cursors.ts';
import type { Handoffs } from '../../../src/flow/ports/handoffs.ts';
import type { Homes } from '../../../src/flow/ports/homes.ts';
import type { Decisions, Holds, Inbox } from '../../../src/flow/ports/inbox.ts';
import type { ModelBudget } from '../../../src/flow/ports/model.ts';
import type { Passes } from '../../../src/flow/ports/passes.ts';
import type { Directory } from '../../../src/flow/ports/people.ts';
import type { Suppressions } from '../../../src/flow/ports/suppressions.ts';
import type { Runs, Timers } from '../../../src/flow/ports/time.ts';
import { emptyTables, type TestDatabase, testDatabase } from '../../support/database.ts';
import { memoryStores } from '../../support/memory/stores.ts';

/** What the contracts are about, and a look at the jobs that were added: their tasks and keys, sorted, until they are forgotten. */
export type Stores = {
  arrivals: Arrivals;
  handoffs: Handoffs;
  inbox: Inbox;
  decisions: Decisions;
  holds: Holds;
  homes: Homes;
  cards: Cards;
  timers: Timers;
  directory: Directory;
  installs: Installs;
  modelBudget: ModelBudget;
  outbox: Outbox;
  erasures: Erasures;
  passes: Passes;
  eventCursors: EventCursors;
  runs: Runs;
  suppressions: Suppressions;
  jobKeys(): Promise<string[]>;
  forgetJobs(): Promise<void>;
};

/** Makes stores that hold nothing yet. */
export type MakeStores = () => Promise<Stores>;

export function inMemory(): MakeStores {
  return async () => {
    const { jobs, ...stores } = memoryStores();
    const forget = async () => {};
    return {
      ...stores,
      jobKeys: async () => jobs.keys().sort(),
      forgetJobs: () =>
        jobs.drain({
          ...{ intake: forget, deliver: forget, 'write-back': forget, timer: forget, intro: forget },
          ...{ 'find-leads': forget, tell: forget, erase: forget, retract: forget, report: forget },
          ...{ summary: forget, summarise: forget, home: forget, alert: forget, events: forget },
        }),
    };
  };
}

export function inPostgres(): MakeStores {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());
  return async () => {
    await emptyTables(database.pool);
    return {
      arrivals: postgresArrivals(database),
      handoffs: postgresHandoffs(database),
      inbox: postgresInbox(database),
      decisions: postgresDecisions(database),
      holds: postgresHolds(database),
      homes: postgresHomes(database),
      cards: postgresCards(database),
      timers: postgresTimers(database),
      directory: postgresDirectory(database),
      installs: postgresInstalls(database),
      modelBudget: postgresModelBudget(database),
      outbox: postgresOutbox(database),
      erasures: postgresErasures(database),
      passes: postgresPasses(database),
      eventCursors: postgresEventCursors(database),
      runs: postgresRuns(database),
      suppressions: postgresSuppressions(database),
      jobKeys: () => jobKeys(database),
      forgetJobs: async () => {
        await database.pool.query('truncate job');
      },
    };
  };
}

async function jobKeys({ pool }: TestDatabase): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>("select task || ':' || key as name from job");
  return rows.map(({ name }) => name).sort();
}
