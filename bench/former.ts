import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import type { Stage } from './stage.ts';

/** Ways in which the table of handoffs has been built: a column that tells, and the file that fills it. */
const schemas = [
  { column: 'handoff.state', file: 'state.sql' },
  { column: 'handoff.clock_run', file: 'columns.sql' },
];

const every = 3;

/** Gives every third lead a handoff that was closed a while ago. */
export async function withFormerHandoffs(
  { databaseUrl, reps }: Pick<Stage, 'databaseUrl' | 'reps'>,
  leads: readonly string[],
): Promise<void> {
  const some = leads.filter((_, index) => index % every === 0);
  await fill(databaseUrl, reps, 'select lead from unnest($2::text[]) as lead', [some]);
}

/** So many handoffs of other leads, all closed, as a company has after years. */
export async function fillPast(
  { databaseUrl, reps }: Pick<Stage, 'databaseUrl' | 'reps'>,
  count: number,
): Promise<void> {
  await fill(
    databaseUrl,
    reps,
    // HubSpot's ids are numbers; these are none of the sandbox's.
    'select (900000000 + n)::text as lead from generate_series(1, $2::int) as n',
    [count],
  );
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('vacuum analyze').finally(() => client.end());
}

/** So many, answered by each rep in turn, that began one after the other in so many days. */
export async function fillAnswered(
  url: string,
  reps: readonly string[],
  { count, from, days }: { count: number; from: Date; days: number },
): Promise<void> {
  const leads = `select 'answered-' || n as lead from generate_series(1, $2::int) as n`;
  const at = `$3::timestamptz + (n - 1) * $4::int * interval '1 day' / $2::int`;
  await fill(url, reps, leads, [count, from, days], at);
}

/** From two months to almost two years ago. */
const aWhileAgo = `date_trunc('milliseconds', now()) - interval '60 days' - (n % 500) * interval '1 day'`;

/** Writes with few statements, whichever way the tables are built. */
async function fill(
  databaseUrl: string,
  reps: readonly string[],
  leads: string,
  values: unknown[],
  at = aWhileAgo,
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const sql = await statementsFor(client);
    await client.query('begin');
    // What refers to what is right by its making; looking at millions of rows for it takes most of the time.
    await client.query('set local session_replication_role = replica');
    await client.query(
      `create temporary table former on commit drop as
       select uuidv7() as id, lead, ($1::text[])[1 + (n - 1) % cardinality($1::text[])] as rep, n::int as n,
              ${at} as at
         from (select lead, row_number() over () as n from (${leads}) as given) as numbered`,
      [reps, ...values],
    );
    await client.query(sql);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function statementsFor(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
  );
  const there = new Set(rows.map(({ name }) => name));
  const schema = schemas.find(({ column }) => there.has(column));
  if (!schema) throw new Error('the tables are built in a way that bench/former.ts does not know');
  const files = ['around.sql', schema.file];
  const texts = files.map((file) => readFile(new URL(`./former/${file}`, import.meta.url), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}
