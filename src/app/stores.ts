import { postgresArrivals } from '../adapters/postgres/arrivals.ts';
import { postgresCards } from '../adapters/postgres/cards.ts';
import type { Connection } from '../adapters/postgres/connection.ts';
import { postgresDecisions } from '../adapters/postgres/decisions.ts';
import { postgresDirectory } from '../adapters/postgres/directory.ts';
import { postgresErasures } from '../adapters/postgres/erasures.ts';
import { postgresEventCursors } from '../adapters/postgres/event-cursors.ts';
import { postgresHandoffs } from '../adapters/postgres/handoffs.ts';
import { postgresHolds } from '../adapters/postgres/holds.ts';
import { postgresHomes } from '../adapters/postgres/homes.ts';
import { type AtOnce, postgresInbox } from '../adapters/postgres/inbox.ts';
import { postgresMarketingPast } from '../adapters/postgres/marketing-past.ts';
import { postgresMeasuredLists } from '../adapters/postgres/measured-lists.ts';
import { postgresMeasures } from '../adapters/postgres/measures.ts';
import { postgresModelBudget } from '../adapters/postgres/model-budget.ts';
import { postgresOutbox } from '../adapters/postgres/outbox.ts';
import { postgresPasses } from '../adapters/postgres/passes.ts';
import type { Listener } from '../adapters/postgres/queue/session.ts';
import { rememberedDirectory } from '../adapters/postgres/remembered-directory.ts';
import { postgresRetention } from '../adapters/postgres/retention.ts';
import { postgresRuns } from '../adapters/postgres/runs.ts';
import { postgresSuppressions } from '../adapters/postgres/suppressions.ts';
import { postgresTimers } from '../adapters/postgres/timers.ts';
import type { Arrivals } from '../flow/ports/arrivals.ts';
import type { Cards, Outbox } from '../flow/ports/cards.ts';
import type { Erasures } from '../flow/ports/erasures.ts';
import type { EventCursors } from '../flow/ports/event-cursors.ts';
import type { Handoffs } from '../flow/ports/handoffs.ts';
import type { Homes } from '../flow/ports/homes.ts';
import type { Decisions, Holds, Inbox } from '../flow/ports/inbox.ts';
import type { MarketingPast } from '../flow/ports/marketing.ts';
import type { MeasuredLists } from '../flow/ports/measured-lists.ts';
import type { Measures } from '../flow/ports/measures.ts';
import type { ModelBudget } from '../flow/ports/model.ts';
import type { Passes } from '../flow/ports/passes.ts';
import type { Directory } from '../flow/ports/people.ts';
import type { Retention } from '../flow/ports/retention.ts';
import type { Suppressions } from '../flow/ports/suppressions.ts';
import type { Runs, Timers } from '../flow/ports/time.ts';

/** What the steps keep. */
export type Stores = {
  arrivals: Arrivals;
  handoffs: Handoffs;
  inbox: Inbox;
  cards: Cards;
  directory: Directory;
  timers: Timers;
  holds: Holds;
  homes: Homes;
  decisions: Decisions;
  outbox: Outbox;
  erasures: Erasures;
  eventCursors: EventCursors;
  retention: Retention;
  runs: Runs;
  marketing: MarketingPast;
  measures: Measures;
  lists: MeasuredLists;
  passes: Passes;
  modelBudget: ModelBudget;
  suppressions: Suppressions;
};

/**
 * @param atOnce how this process has jobs at once that its statements ask for
 * @returns the stores, and who has to hear from the database that people have changed
 */
export function openStores(connection: Connection, atOnce: AtOnce): { stores: Stores; listener: Listener } {
  const { directory, listener } = rememberedDirectory(postgresDirectory(connection));
  const stores = {
    arrivals: postgresArrivals(connection, atOnce.taker),
    handoffs: postgresHandoffs(connection, atOnce.taker),
    inbox: postgresInbox(connection, atOnce),
    cards: postgresCards(connection),
    directory,
    timers: postgresTimers(connection),
    holds: postgresHolds(connection),
    homes: postgresHomes(connection),
    decisions: postgresDecisions(connection),
    outbox: postgresOutbox(connection),
    erasures: postgresErasures(connection),
    eventCursors: postgresEventCursors(connection),
    retention: postgresRetention(connection),
    runs: postgresRuns(connection),
    marketing: postgresMarketingPast(connection),
    measures: postgresMeasures(connection),
    lists: postgresMeasuredLists(connection),
    passes: postgresPasses(connection),
    modelBudget: postgresModelBudget(connection),
    suppressions: postgresSuppressions(connection),
  };
  return { stores, listener };
}
