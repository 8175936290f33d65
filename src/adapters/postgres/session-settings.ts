import { type ClientBase, escapeIdentifier } from 'pg';

/** What a session is for: the bot's work, migrations, or reports that only read. */
export type Purpose = 'working' | 'migrating' | 'reading';

const unlimited = { statement_timeout: '0', lock_timeout: '0', idle_in_transaction_session_timeout: '0' };

const byPurpose: Readonly<Record<Purpose, Record<string, string>>> = {
  // Whatever takes longer would be in the way of the cards.
  working: { statement_timeout: '60s', lock_timeout: '15s', idle_in_transaction_session_timeout: '60s' },
  migrating: unlimited,
  reading: { ...unlimited, default_transaction_read_only: 'on' },
};

/** What our statements, and the reading of their answers, take for granted, whatever the role or the database has set. */
const assumed = {
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
};

/** Makes a session ours, in one round trip. @param schema where its tables are; null: where its role says */
export async function setUp(
  client: Pick<ClientBase, 'query'>,
  { schema, purpose }: { schema: string | null; purpose: Purpose },
): Promise<void> {
  const settings = Object.entries({
    ...assumed,
    ...byPurpose[purpose],
    ...(schema !== null && { search_path: escapeIdentifier(schema) }),
  });
  await client.query(
    'select set_config(name, value, false) from unnest($1::text[], $2::text[]) as own (name, value)',
    [settings.map(([name]) => name), settings.map(([, value]) => value)],
  );
}
