import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { escapeIdentifier, type Pool } from 'pg';
import { UnfitDatabase } from './unfit.ts';

/** What can be known of a database before anything of ours is in it. */
type Facts = {
  role: string;
  database: string;
  schema: string | null;
  search_path: string;
  encoding: string;
  version: string;
  is_old: boolean;
  is_standby: boolean;
  is_read_only: boolean;
  has_queue_of_others: boolean;
};

const factsText = `
  select current_user as role, current_database() as database, current_schema as schema,
         current_setting('search_path') as search_path,
         (select pg_encoding_to_char(encoding) from pg_database where datname = current_database()) as encoding,
         current_setting('server_version') as version,
         current_setting('server_version_num')::int < 150000 as is_old,
         pg_is_in_recovery() as is_standby,
         current_setting('default_transaction_read_only')::boolean as is_read_only,
         to_regnamespace('graphile_worker') is not null and to_regclass('_prisma_migrations') is null
           as has_queue_of_others`;

/** Whatever takes longer is not on its way: PostgreSQL tells within milliseconds. */
const hearsWithinMs = 3_000;

/**
 * Looks whether the bot can work on this database, so that it does not find out with a lead in its hands.
 * @throws UnfitDatabase
 */
export async function checkFitness(pool: Pool): Promise<void> {
  const { rows } = await pool.query<Facts>(factsText);
  const problem = rows[0] && problemOf(rows[0]);
  if (problem) throw new UnfitDatabase(problem);
  if (await isHeard(pool)) return;
  throw new UnfitDatabase(
    'DATABASE_URL leads to a pooler that shares sessions, as PgBouncer does with pool_mode=transaction, and LISTEN is ' +
      'not heard there: set it to the address of PostgreSQL itself, or pool_mode=session',
  );
}

function problemOf(facts: Facts): string | null {
  const database = escapeIdentifier(facts.database);
  const role = escapeIdentifier(facts.role);
  if (facts.is_old) return `PostgreSQL ${facts.version} is too old: expected 15 or later`;
  if (facts.is_standby) {
    return `The server of DATABASE_URL is a standby, which nobody can write to: set it to the address of its primary`;
  }
  if (facts.is_read_only) {
    return (
      `The role ${role} can only read in the database ${database} (default_transaction_read_only): ` +
      `ALTER ROLE ${role} IN DATABASE ${database} SET default_transaction_read_only = off`
    );
  }
  if (facts.encoding !== 'UTF8') {
    return (
      `The database ${database} keeps texts as ${facts.encoding}, which lacks letters of people's names: expected UTF8, ` +
      `as in CREATE DATABASE handoff OWNER ${role} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0`
    );
  }
  if (facts.schema === null) {
    return (
      `No schema of the search path (${facts.search_path}) is there for the role ${role} in the database ${database}: ` +
      `CREATE SCHEMA handoff AUTHORIZATION ${role}, and ?schema=handoff at the end of DATABASE_URL`
    );
  }
  // An early migration of ours clears away what is in a schema of this name.
  if (facts.has_queue_of_others) {
    return `The database ${database} has a schema "graphile_worker" of another program: expected a database without it`;
  }
  return null;
}

/** Whether one session hears what is told in another, which both need to be there as long as their connection. */
async function isHeard(pool: Pool): Promise<boolean> {
  const channel = escapeIdentifier(`check ${randomUUID()}`);
  const client = await pool.connect();
  try {
    const heard = new Promise<boolean>((resolve) => client.once('notification', () => resolve(true)));
    await client.query(`listen ${channel}`);
    await pool.query(`notify ${channel}`);
    const isHeard = await Promise.race([heard, delay(hearsWithinMs, false, { ref: false })]);
    await client.query(`unlisten ${channel}`);
    return isHeard;
  } finally {
    client.release();
  }
}
