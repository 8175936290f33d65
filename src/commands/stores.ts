import { postgresArrivals } from '../adapters/postgres/arrivals.ts';
import type { Connection } from '../adapters/postgres/connection.ts';
import { postgresDecisions } from '../adapters/postgres/decisions.ts';
import { postgresDirectory } from '../adapters/postgres/directory.ts';
import { postgresErasures } from '../adapters/postgres/erasures.ts';
import { postgresHandoffs } from '../adapters/postgres/handoffs.ts';
import { postgresInbox } from '../adapters/postgres/inbox.ts';
import { postgresMarketingPast } from '../adapters/postgres/marketing-past.ts';
import { postgresPast } from '../adapters/postgres/past.ts';
import { postgresRuns } from '../adapters/postgres/runs.ts';

/** What commands read from the database. */
export function storesOf(connection: Connection) {
  return {
    arrivals: postgresArrivals(connection),
    handoffs: postgresHandoffs(connection),
    inbox: postgresInbox(connection),
    directory: postgresDirectory(connection),
    decisions: postgresDecisions(connection),
    erasures: postgresErasures(connection),
    past: postgresPast(connection),
    marketing: postgresMarketingPast(connection),
    runs: postgresRuns(connection),
  };
}
