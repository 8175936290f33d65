import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { seedYear } from '../../bench/year-of-measures.ts';
import { freePort } from '../../sandbox/free-port.ts';
import { connectPostgres } from '../../src/adapters/postgres/connection.ts';
import { prepareDatabase } from '../../src/adapters/postgres/prepare.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { openPage } from '../support/browser.ts';
import { openDashboard } from '../support/dashboard.ts';
import { startTemporaryPostgres } from '../support/temporary-postgres.ts';

const sources =
  'ORGANIC_SEARCH PAID_SEARCH EMAIL_MARKETING DIRECT_TRAFFIC REFERRALS PAID_SOCIAL AI_REFERRALS';
const count = 3_000;
const until = new Date('2026-11-27T21:00:00Z');

/** For docs/dashboard.md. */
const pictures = [
  { file: 'overview.png', page: '', query: 'period=90d', width: 1280, dark: false },
  { file: 'outcome.png', page: '/outcome', query: 'period=90d', width: 1280, dark: false },
  { file: 'phone.png', page: '/reps', query: 'period=90d', width: 390, dark: true },
];

/** Takes them anew, of a year of the example policy's company that is made up. */
export async function takeDashboardPictures(folder: URL): Promise<void> {
  await mkdir(folder, { recursive: true });
  await using unwinding = new AsyncDisposableStack();
  const postgres = await startTemporaryPostgres();
  unwinding.defer(() => postgres.stop());
  await postgres.ensureDatabase('pictures');
  const connection = connectPostgres(postgres.urlOf('pictures'), {
    poolSize: 24,
    onConnectionLost: () => {},
  });
  unwinding.defer(() => connection.close());
  await prepareDatabase(connection.pool);
  const { policy } = readPolicyFile('policy.yaml');
  await seedYear(connection.pool, { count, until });
  await callBy(
    connection.pool,
    policy.teams.flatMap(({ name, members }) => members.map(({ id }) => ({ rep: id, team: name }))),
    policy.triggers.map(({ name }) => name),
  );

  const port = (await freePort('127.0.0.1', 0)) ?? 0;
  const publicUrl = `http://127.0.0.1:${port}`;
  const database = { ...connection, url: '', drop: async () => {} };
  const there = await openDashboard(database, { rules: policy, now: until, publicUrl });
  unwinding.defer(() => there.close());
  await there.server.listen({ host: '127.0.0.1', port });
  const { page, close } = await openPage(`${publicUrl}${await there.pathTo(policy.admins[0] ?? '')}`);
  unwinding.defer(close);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  for (const { file, page: name, query, width, dark } of pictures) {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${publicUrl}/dashboard${name}?${query}`);
    await page.screenshot({ path: fileURLToPath(new URL(file, folder)), fullPage: width > 400 });
  }
}

/** Has the handoffs be those of these people, for these triggers, from the sources that HubSpot has. */
async function callBy(
  pool: Pool,
  people: { rep: string; team: string }[],
  triggers: string[],
): Promise<void> {
  const names = [people.map(({ rep }) => rep), people.map(({ team }) => team), triggers, sources.split(' ')];
  for (const table of ['measured_handoff', 'measured_assignment']) {
    await pool.query(
      `with named as (
         select ctid as place, 1 + regexp_replace(rep, '\\D', '', 'g')::int % cardinality($1::text[]) as person,
                1 + regexp_replace(trigger, '\\D', '', 'g')::int % cardinality($3::text[]) as cause,
                1 + regexp_replace(source, '\\D', '', 'g')::int % cardinality($4::text[]) as origin
           from ${table}
       )
       update ${table} as one
          set rep = ($1::text[])[person], team = ($2::text[])[person], trigger = ($3::text[])[cause], source = ($4::text[])[origin]
         from named where one.ctid = place`,
      names,
    );
  }
  await pool.query(
    `update handoff set rep = measured.rep from measured_handoff as measured where handoff_id = handoff.id`,
  );
  await pool.query(`delete from measured_sides`);
  await pool.query(
    `insert into measured_sides (rep, team, trigger, source)
     select distinct rep, team, trigger, coalesce(source, '') from measured_assignment`,
  );
}
