import type { Connection } from './connection.ts';
import { run } from './statement.ts';

/** What can be said of the database as a whole. */
export type DatabaseHealth = {
  /** As the server says it: "18.4". */
  version: string;
  bytes: number;
  /** When the oldest thing that is kept of HubSpot's came; null: nothing has come. */
  oldestAt: Date | null;
  /** When HubSpot last told anything by a webhook; null: never. */
  lastWebhookAt: Date | null;
  /** Of the last day: what no webhook told. */
  foundByReconciling: number;
};

const dayMs = 24 * 3_600_000;

/** Reads it in one statement. @param own how the types of events begin that the bot made itself */
export async function readHealth(
  { pool }: Pick<Connection, 'pool'>,
  now: Date,
  own: readonly string[],
): Promise<DatabaseHealth> {
  const ours = own.map((kind) => `${kind}%`);
  const [health] = await run<DatabaseHealth>(pool, statement, [ours, new Date(now.getTime() - dayMs)]);
  if (!health) throw new Error('PostgreSQL told nothing of the database: expected a row');
  return health;
}

const statement = {
  name: 'read how the database is',
  text: `
select split_part(current_setting('server_version'), ' ', 1) as version,
       pg_database_size(current_database())::float8 as bytes,
       (select received_at from inbound_event order by id limit 1) as "oldestAt",
       (select received_at from inbound_event where type not like all ($1::text[])
         order by id desc limit 1) as "lastWebhookAt",
       (select count(*)::int from inbound_event where type like 'reconcile.%' and received_at > $2)
         as "foundByReconciling"`,
};
