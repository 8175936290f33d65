import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { wordsIn } from '../../../../src/domain/words/words.ts';
import { dashboard } from '../../../../src/flow/answer/dashboard.ts';
import { everyRole, openDashboard } from '../../../support/dashboard.ts';
import { emptyTables, type TestDatabase, testDatabase } from '../../../support/database.ts';
import { ada, americas, at, grace, henrik, member } from '../../../support/examples.ts';

let database: TestDatabase;
let there: Awaited<ReturnType<typeof openDashboard>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await emptyTables(database.pool);
  there = await openDashboard(database, { now: at('15:00') });
});
afterEach(() => there.close());

const page = (cookie: string, url = '/dashboard') => there.server.inject({ url, headers: { cookie } });

test('a look at a link tells nothing, and leaves it good', async () => {
  const path = await there.pathTo(ada);
  const [real, unknown] = await Promise.all(
    [path, '/dashboard/enter/made-up'].map((url) => there.server.inject({ url })),
  );
  expect(real?.body.replaceAll(path, '')).toBe(unknown?.body.replaceAll('/dashboard/enter/made-up', ''));
  expect((await there.post(path)).statusCode).toBe(303);
});

test('the session is a cookie that scripts, other sites and unencrypted lines do not get', async () => {
  const { headers } = await there.post(await there.pathTo(ada));
  expect(headers['set-cookie']).toMatch(
    /^__Host-handoff=[\w.-]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure$/,
  );
});

test('a link that was used, is over, was made up or is of another kind is answered alike', async () => {
  const used = await there.pathTo(ada);
  const cookie = there.cookieOf(await there.post(used));
  const late = await there.pathTo(ada);
  there.passMinutes(10);
  const session = `/dashboard/enter/${cookie.split('=')[1]}`;
  const madeUp = `${late.split('.')[0]}.${'a'.repeat(43)}`;
  const answers = await Promise.all(
    [used, late, session, madeUp, '/dashboard/enter/x'].map((url) => there.post(url)),
  );
  expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
  expect(answers[0]?.statusCode).toBe(401);
});

test('of several who press at the same time one comes in', async () => {
  const path = await there.pathTo(ada);
  const answers = await Promise.all(Array.from({ length: 4 }, () => there.post(path)));
  expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
});

test('of tokens nothing but a hash is kept', async () => {
  const path = await there.pathTo(ada);
  const cookie = there.cookieOf(await there.post(path));
  const { rows } = await database.pool.query<{ all: string }>(
    'select string_agg(pass::text, $1) as all from pass',
    ['\n'],
  );
  for (const token of [path, cookie]) expect(rows[0]?.all).not.toContain(token.split('.').at(-1));
});

test('a session ends after twelve hours, and with the sign-out', async () => {
  const [one, other] = [await there.signIn(ada), await there.signIn(ada)];
  expect((await page(one)).statusCode).toBe(200);
  await there.post('/dashboard/sign-out', { headers: { cookie: one } });
  expect((await page(one)).statusCode).toBe(401);
  there.passMinutes(719);
  expect((await page(other)).statusCode).toBe(200);
  there.passMinutes(1);
  expect((await page(other)).statusCode).toBe(401);
});

test('who leaves the policy, is switched off there or in HubSpot, or has another role is out at the next request', async () => {
  const cookie = await there.signIn(ada);
  const without = (team = americas) => everyRole({ teams: [team, ...everyRole().teams.slice(1)] });
  const others = americas.members.filter(({ id }) => id !== ada);
  for (const changed of [
    without({ ...americas, members: others }),
    without({ ...americas, members: [member({ active: false }), ...others] }),
    everyRole({ admins: [ada] }),
  ]) {
    there.adopt(changed);
    expect((await page(cookie)).statusCode).toBe(401);
    there.adopt(everyRole());
    expect((await page(cookie)).statusCode).toBe(200);
  }
  const people = await there.needs.directory.people();
  await there.needs.directory.savePeople(
    people.map((person) => ({ ...person, active: person.id !== ada })),
    at('15:01'),
  );
  expect((await page(cookie)).statusCode).toBe(401);
});

test('who takes no leads and reads of none gets no link', async () => {
  const reply = await dashboard('stranger@example.com', wordsIn('en'), there.needs);
  expect(reply.actions).toEqual([]);
});

test('a post from another site changes nothing', async () => {
  const path = await there.pathTo(ada);
  const cookie = await there.signIn(grace);
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ];
  for (const headers of foreign) {
    expect((await there.post(path, { headers })).statusCode).toBe(403);
    const form = { team: 'Americas', days: '30' };
    expect(
      (await there.post('/dashboard/boards', { form, headers: { cookie, ...headers } })).statusCode,
    ).toBe(403);
  }
  const older = (origin?: string) =>
    there.server.inject({ method: 'POST', url: path, ...(origin && { headers: { origin } }) });
  expect((await older()).statusCode).toBe(403);
  expect((await older('https://evil.example')).statusCode).toBe(403);
  expect((await older('https://handoff.example.com')).statusCode).toBe(303);
});

test('sixty tokens that are none close the door until the next minute, for the good ones as well', async () => {
  const good = await there.pathTo(ada);
  for (let count = 0; count < 60; count += 1) await there.post('/dashboard/enter/made-up');
  expect((await there.post(good)).statusCode).toBe(429);
  there.passMinutes(1);
  expect((await there.post(good)).statusCode).toBe(303);
});

test('nothing that is shown is kept, framed, indexed, or told of elsewhere', async () => {
  for (const answer of [
    await page(await there.signIn(ada)),
    await page(''),
    await there.server.inject({ url: await there.pathTo(ada) }),
    await page(await there.signIn(grace), '/dashboard/speed?period=never'),
  ]) {
    expect(answer.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'; style-src 'self';"),
      'referrer-policy': 'strict-origin',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  }
});

test('the stylesheet is kept for ever under the name of what is in it', async () => {
  const [, href = ''] = /rel="stylesheet" href="([^"]+)"/.exec((await page('')).body) ?? [];
  const { statusCode, headers } = await there.server.inject({ url: href });
  expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  expect((await there.server.inject({ url: '/dashboard/style/other.css' })).statusCode).toBe(404);
});

test('a stranger reads in the language of their browser', async () => {
  const inGerman = await there.server.inject({
    url: '/dashboard',
    headers: { 'accept-language': 'fr, de-AT;q=0.8' },
  });
  expect(inGerman.body).toContain('lang="de"');
  expect(inGerman.statusCode).toBe(401);
});

test('a board tells of its team without names or a way further, until it is revoked', async () => {
  const cookie = await there.signIn(grace);
  const form = { team: 'Americas', days: '30' };
  const made = await there.post('/dashboard/boards', { form, headers: { cookie } });
  const [, url = ''] =
    /value="https:\/\/handoff\.example\.com(\/dashboard\/board\/[^"]+)"/.exec(made.body) ?? [];
  const board = await there.server.inject({ url });
  expect([board.statusCode, board.body]).toEqual([200, expect.stringContaining('Americas')]);
  expect(board.body).not.toMatch(/<a href="(?!\?)|download/);
  expect(board.headers['refresh']).toBe('120');
  expect((await there.server.inject({ url: `${url}?still=1` })).headers['refresh']).toBeUndefined();
  expect((await there.server.inject({ url: url.replace('/board/', '/board.csv/') })).statusCode).toBe(404);

  const listed = await page(cookie, '/dashboard/boards');
  const [, revoke = ''] = /action="([^"]+\/revoke)"/.exec(listed.body) ?? [];
  await there.post(revoke, { headers: { cookie: await there.signIn(henrik) } });
  expect((await there.server.inject({ url })).statusCode).toBe(200);
  await there.post(revoke, { headers: { cookie } });
  expect((await there.server.inject({ url })).statusCode).toBe(401);
});

test('nobody makes a board of more than they may read, and it goes with whoever made it', async () => {
  const make = async (person: string, team: string) =>
    there.post('/dashboard/boards', {
      form: { team, days: '7' },
      headers: { cookie: await there.signIn(person) },
    });
  expect((await make(ada, 'Americas')).statusCode).toBe(403);
  expect((await make(grace, 'International')).statusCode).toBe(403);
  expect((await make(grace, '')).statusCode).toBe(403);
  const made = await make(grace, 'Americas');
  const [, url = ''] = /value="https:\/\/handoff\.example\.com([^"]+)"/.exec(made.body) ?? [];
  expect((await there.server.inject({ url })).statusCode).toBe(200);
  there.adopt(everyRole({ teams: everyRole().teams.map((team) => ({ ...team, manager: henrik })) }));
  expect((await there.server.inject({ url })).statusCode).toBe(401);
});
