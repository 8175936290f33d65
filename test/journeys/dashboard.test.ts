import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { measuredPast } from '../support/measured-past.ts';
import { ada, demoRequest, grace, startWorld, type World } from '../support/world.ts';

describe.each(chats)('from $name into the dashboard', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const linkFor = async (person: string) => {
    await world.in(platform).ask(person, 'dashboard');
    return world.in(platform).link(person, 'Open the Dashboard');
  };
  const own = () => ({ origin: world.config.http.publicUrl });
  const enter = async (link: string) => fetch(link, { method: 'POST', redirect: 'manual', headers: own() });
  const cookieOf = (answer: Response) => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const page = async (path: string, cookie: string) => {
    const answer = await fetch(`${world.app.url}/dashboard${path}`, { headers: { cookie } });
    return { status: answer.status, text: await answer.text() };
  };

  test('a link lets somebody in once, and a look at it does not use it up', async () => {
    const link = await linkFor(ada);
    expect(await (await fetch(link)).text()).toContain('Sign In');
    const entered = await enter(link);
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/dashboard']);
    expect((await page('', cookieOf(entered))).text).toContain('Ada Okafor');
    const again = await enter(link);
    expect([again.status, cookieOf(again)]).toEqual([401, '']);
  });

  test('the demo request that Ada accepts stands there for her and her manager', async () => {
    await demoRequest(world);
    await world.pass(2);
    await world.in(platform).press(ada, 'accept');
    await world.settle();
    for (const person of [ada, grace]) {
      const cookie = cookieOf(await enter(await linkFor(person)));
      const { text } = await page('/live', cookie);
      expect(text).toContain('Dana Ortiz · Northwind Traders');
      expect(text).toContain('Accepted, waits for a touch');
      expect((await page('/speed', cookie)).text).toContain('2 min');
    }
  });

  test('every page opens, with numbers of a quarter and with none', async () => {
    const cookie = cookieOf(await enter(await linkFor(grace)));
    const { text } = await page('', cookie);
    const paths = [...text.matchAll(/href="\/dashboard(\/[a-z]+)"/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(12);
    for (const path of paths) expect([path, (await page(path, cookie)).status]).toEqual([path, 200]);
    await measuredPast(world.database, 300, world.now());
    for (const path of paths) expect([path, (await page(path, cookie)).status]).toEqual([path, 200]);
  });
});
