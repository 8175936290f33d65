import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyRole, frank, mia, olga, openDashboard } from '../../../support/dashboard.ts';
import { type TestDatabase, testDatabase } from '../../../support/database.ts';
import { ada, at, grace, henrik, lead } from '../../../support/examples.ts';
import { measuredPast } from '../../../support/measured-past.ts';

/** Of 120 handoffs a quarter each are Ada's, Ben's, Chloe's and Dario's, of whom Dario is Henrik's. */
let database: TestDatabase;
let there: Awaited<ReturnType<typeof openDashboard>>;
beforeAll(async () => {
  database = await testDatabase();
  await measuredPast(database, 120, at('15:00'));
  there = await openDashboard(database, { now: at('15:00') });
});
afterAll(async () => {
  await there.close();
  await database.drop();
});

const leadsOn = ({ text }: { text: string }) => /<h2>(\d+) leads<\/h2>/.exec(text)?.[1];

test.each([
  ['an admin', olga, '120'],
  ['the fallback', frank, '120'],
  ['marketing', mia, '120'],
  ['the manager of three of four', grace, '90'],
  ['the manager of the fourth', henrik, '30'],
  ['a rep', ada, '30'],
])('%s reads of the leads that are theirs to read of', async (_who, person, count) => {
  expect(leadsOn(await there.visit(person, '/dashboard'))).toBe(count);
  expect((await there.visit(person, '/dashboard/handoffs')).text).toContain(`All leads: ${count}`);
});

test.each([
  ['a manager of another team', grace, 'team=International', 'Americas'],
  ['a manager of somebody else’s rep', grace, 'rep=dario.rossi%40example.com', 'ada.okafor@example.com'],
  ['a rep of their team', ada, 'team=Americas', 'nothing: there is nothing for you to choose'],
  [
    'a rep of a colleague',
    ada,
    'rep=ben.castillo%40example.com',
    'nothing: there is nothing for you to choose',
  ],
  ['marketing of a rep', mia, 'rep=ada.okafor%40example.com', 'nothing: there is nothing for you to choose'],
])('who asks as %s gets no number, on any page', async (_who, person, query, expected) => {
  for (const path of ['', '/speed', '/sla', '/handoffs', '/handoffs.csv', '/live', '/funnel.csv']) {
    const { status, text } = await there.visit(person, `/dashboard${path}?table=leads&${query}`);
    expect([path, status]).toEqual([path, 400]);
    expect(text).toContain(expected);
  }
});

test.each([
  ['period', 'never', '7d, 30d, 90d, quarter, or dates', ''],
  ['from, to', '..', '2026-11-23..2026-11-29', 'period=dates'],
  ['trigger', 'x', 'demo_request', ''],
  ['source', '<script>', 'ORGANIC_SEARCH', ''],
  ['hour', '8-9', '1-0 … 7-23', ''],
  ['which', 'everything', 'answeredInTime', ''],
  ['page', '-1', '1, 2, 3 …', ''],
])('a wrong %s is named with its value and what is expected', async (name, value, expected, query) => {
  const { status, text } = await there.visit(
    grace,
    `/dashboard/speed?${query || `${name}=${encodeURIComponent(value)}`}`,
  );
  expect(status).toBe(400);
  const words = text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  expect(words).toContain(`${name} is "${value}". Expected: `);
  expect(words).toContain(expected);
  expect(text).not.toContain('<script>');
});

test('a name that is asked for twice is refused', async () => {
  expect((await there.visit(grace, '/dashboard?team=Americas&team=Americas')).status).toBe(400);
});

test('marketing and boards have no page about people, and a rep none about boards', async () => {
  expect((await there.visit(mia, '/dashboard/reps')).status).toBe(403);
  expect((await there.visit(ada, '/dashboard/boards')).status).toBe(403);
  expect((await there.visit(mia, '/dashboard/boards')).status).toBe(403);
  expect((await there.visit(grace, '/dashboard/board')).status).toBe(403);
  expect((await there.visit(grace, '/dashboard/secrets')).status).toBe(404);
  expect((await there.visit(grace, '/dashboard/constructor')).status).toBe(404);
});

test('a rep stands beside the team as a whole, and reads of no colleague', async () => {
  const { text } = await there.visit(ada, '/dashboard/reps');
  expect(text).toContain('You and your team');
  for (const other of ['Ben', 'Chloe', 'Dario']) expect(text).not.toContain(other);
});

test('a manager reads of their reps by name, in no order of merit', async () => {
  const { text } = await there.visit(grace, '/dashboard/reps');
  const names = [...text.matchAll(/<th scope="row"><a[^>]*>([^<]+)</g)].map(([, name]) => name);
  expect(names).toEqual([...names].sort());
  expect(names).toHaveLength(3);
});

test('leads are named only to those who may see their story', async () => {
  const seen = async (person: string) => (await there.visit(person, '/dashboard/handoffs')).text;
  expect(await seen(grace)).toContain('Lead 1 · Northwind Robotics');
  expect(await seen(ada)).toContain('Lead 4 · Northwind Robotics');
  const forMarketing = await seen(mia);
  expect(forMarketing).not.toContain('Northwind Robotics');
  expect(forMarketing).not.toContain('Ada');
  expect(forMarketing).toContain('Name not yours to see');
  there.adopt(everyRole({ whoSees: { why: 'everybody' } }));
  expect(await seen(mia)).toContain('Lead 1 · Northwind Robotics');
  there.adopt(everyRole());
});

test('a hostile name is text on the page, and no formula in the file', async () => {
  await database.prisma.lead.update({
    where: { id: '90004' },
    data: {
      snapshot: JSON.parse(JSON.stringify(lead({ id: '90004', name: '=HYPERLINK("https://evil.example")' }))),
    },
  });
  const { text } = await there.visit(ada, '/dashboard/handoffs');
  expect(text).toContain('&lt;b onmouseover=&quot;alert(1)&quot;&gt;Robert&#39;)');
  expect(text).not.toContain('<b ');
  const file = await there.visit(ada, '/dashboard/handoffs.csv?table=leads');
  expect(file.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="handoffs-leads.csv"',
    'cache-control': 'no-store',
  });
  expect(file.text).toContain(`"'=HYPERLINK(""https://evil.example"")`);
});

test('a file has every row of a longer list, numbers as numbers and times in UTC', async () => {
  const { text } = await there.visit(
    grace,
    '/dashboard/handoffs.csv?table=leads&rep=ben.castillo%40example.com',
  );
  const [head, ...rows] = text.trim().split('\r\n');
  expect(head).toBe('Lead,Rep,Trigger,Source,Qualified,Answer,First touch,How it stands');
  expect(rows).toHaveLength(30);
  expect(rows[0]).toMatch(
    /^Lead 1 · Northwind Robotics,Ben Castillo,score_reached,Paid search,2026-[-\d]+T[\d:.]+Z,420,1260,/,
  );
  const whole = await there.visit(olga, '/dashboard/handoffs.csv?table=leads');
  expect(whole.text.trim().split('\r\n')).toHaveLength(121);
});

test('every table of every page is a file, and a number on a page opens as many leads as it says', async () => {
  const { text } = await there.visit(grace, '/dashboard');
  const paths = [...text.matchAll(/<a href="(\/dashboard\/[a-z]+)"/g)].map(([, path = '']) => path);
  for (const path of ['/dashboard', ...new Set(paths)]) {
    const page = await there.visit(grace, path);
    expect([path, page.status]).toEqual([path, 200]);
    for (const [, file = ''] of page.text.matchAll(/href="([^"]+\.csv\?[^"]+)"/g)) {
      const { status } = await there.visit(grace, file.replaceAll('&amp;', '&'));
      expect([file, status]).toEqual([file, 200]);
    }
  }
  const funnel = await there.visit(grace, '/dashboard/funnel');
  const counts = [
    ...funnel.text.matchAll(/<td[^>]*class="n"><a href="(\/dashboard\/handoffs\?[^"]+)">(\d+)<\/a>/g),
  ];
  expect(counts.length).toBeGreaterThan(5);
  for (const [, href = '', count = ''] of counts) {
    const list = await there.visit(grace, href.replaceAll('&amp;', '&'));
    expect([href, /<h2>[^<]*: (\d+)<\/h2>/.exec(list.text)?.[1]]).toEqual([href, count]);
  }
});

test('filters go on from page to page, and an hour shows its leads', async () => {
  const { text } = await there.visit(grace, '/dashboard/sla?period=90d&trigger=demo_request');
  expect(text).toContain('href="/dashboard/speed?period=90d&amp;trigger=demo_request"');
  const [, hour = ''] = /href="([^"]*hour=[^"]*)"/.exec(text) ?? [];
  expect(hour).toContain('period=90d');
  expect((await there.visit(grace, hour.replaceAll('&amp;', '&'))).text).toMatch(
    /Cards that came \w+ \d+ [AP]M: \d+/,
  );
});

test('days of one’s own are compared with as many before', async () => {
  const { text } = await there.visit(grace, '/dashboard?period=dates&from=2026-02-23&to=2026-03-01');
  expect(text).toContain('Feb 23 – Mar 1, against Feb 16 – 22');
  expect(text).toContain('value="2026-02-23"');
});

test('a lead’s story is asked for by name, and told as in chat', async () => {
  const { text } = await there.visit(grace, '/dashboard/decisions?lead=nobody%40example.com');
  expect(text).toContain('I know no lead &quot;nobody@example.com&quot;');
});

test('speed is set against outcome, with bounds, and with what that says', async () => {
  const { text } = await there.visit(olga, '/dashboard/outcome');
  expect(text).toContain('<h1>Speed and outcome</h1>');
  expect(text).toMatch(/of cases, later ones in|not met clearly more often|Too few cases to say anything/);
  expect(text).toMatch(/\d+% \(\d+% to \d+%\)/);
  const { text: file } = await there.visit(olga, '/dashboard/outcome.csv?table=outcome');
  expect(file.split('\r\n').filter(Boolean)).toHaveLength(8);
});
