import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, createLead, requestDemo, startWorld, type World } from '../support/world.ts';

describe.each(chats)('an operator of the bot in $name', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const get = (path: string) => fetch(`${world.app.url}${path}`);
  const watch = (path: string) => fetch(`${world.app.metricsUrl}${path}`);
  const measures = async () => (await watch('/metrics')).text();
  /** The value of a metric of the bot's; null where there is none. */
  const read = async (metric: string): Promise<number | null> => {
    const lines = (await measures()).split('\n');
    const line = lines.find((one) => one.startsWith(`handoff_${metric} `));
    return line === undefined ? null : Number(line.slice(line.lastIndexOf(' ')));
  };
  /** How things stand is asked of the database every five seconds at most. */
  const laterBy = (seconds: number) => {
    const runs = performance.now.bind(performance);
    const later = vi.spyOn(performance, 'now').mockImplementation(() => runs() + seconds * 1000);
    onTestFinished(() => later.mockRestore());
  };
  const answered = async (answer: Response) => [answer.status, await answer.json()];

  test('sees that the bot is alive and ready', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect(await answered(await watch('/readyz'))).toEqual([
      200,
      { status: 'ready', why: 'database and clock are running' },
    ]);
    expect(await answered(await get('/readyz'))).toEqual([200, { status: 'ready' }]);
  });

  test('sees within a minute that the clock stands, and that it runs again', async () => {
    await world.app.sweep();
    laterBy(46);
    expect(await answered(await watch('/readyz'))).toEqual([
      503,
      { status: 'not ready', why: expect.stringMatching(/^no sweep for 4[67] s, expected every 15 s$/) },
    ]);
    // Nobody on the internet is told why.
    expect(await answered(await get('/readyz'))).toEqual([503, { status: 'not ready' }]);
    await world.app.sweep();
    expect((await get('/readyz')).status).toBe(200);
  });

  test('reads in the measures what came in, what became of it and what is in trouble', async () => {
    requestDemo(world, createLead(world));
    world.in(platform).fail('post', 'down');
    await world.settle();
    expect(await read('events_decided_total{decision="handoff"}')).toBeGreaterThan(0);
    expect(await read('jobs_retrying{task="deliver"}')).toBe(1);
    expect(await read('jobs_exhausted{task="deliver"}')).toBe(0);
    expect(await read('job_failures_total{task="deliver",became="failed"}')).toBe(1);

    await world.retryNow();
    laterBy(5);
    expect(await read(`qualified_to_card_seconds_count{platform="${platform}"}`)).toBe(1);
    expect(await read('jobs_retrying{task="deliver"}')).toBe(0);
  });

  test('reads that a lead was handed over: the webhook, the calls, the card, and who answered it how fast', async () => {
    const calls = () => world.seen.flatMap((seen) => (seen.what === 'called' ? [seen] : []));
    requestDemo(world, createLead(world));
    await world.settle();
    expect(await read('open_handoffs{status="offered"}')).toBe(1);
    expect(await read(`webhook_to_card_seconds_count{platform="${platform}"}`)).toBe(1);
    expect(await read(`webhook_to_card_seconds_bucket{le="10",platform="${platform}"}`)).toBe(1);
    expect(await read('response_seconds_count{route="hubspot",status="200"}')).toBeGreaterThan(0);
    const asked = calls().filter((call) => call.platform === platform);
    expect(asked.length).toBeGreaterThan(0);
    const post = { slack: 'chat.postMessage', teams: 'POST /v3/conversations/{id}/activities' }[platform];
    const status = { slack: 200, teams: 201 }[platform];
    const labels = `platform="${platform}",method="${post}",status="${status}",outcome="done"`;
    expect(await read(`calls_total{${labels}}`)).toBe(
      asked.filter(({ method, outcome }) => method === post && outcome === 'done').length,
    );

    await world.pass(4);
    await world.in(platform).press(ada, 'accept');
    await world.settle();
    laterBy(5);
    expect(await read('open_handoffs{status="offered"}')).toBe(0);
    expect(await read('open_handoffs{status="accepted"}')).toBe(1);
    expect(await read('card_to_answer_seconds_sum')).toBe(4 * 60);
    expect(await read('card_to_answer_seconds_count')).toBe(1);
  });

  test('reads no lead and nobody in the measures', async () => {
    const lead = createLead(world, { email: 'dana.ortiz@northwind.test' });
    requestDemo(world, lead);
    await world.settle();
    await world.in(platform).press(ada, 'accept');
    await world.settle();
    const text = await measures();
    const rows = await world.database.pool.query('select id::text from handoff');
    const ids = [lead, ...rows.rows.map(({ id }) => id)];
    for (const told of [...ids, ada, 'dana', 'Dana', 'Ortiz', 'northwind', '@'])
      expect(text).not.toContain(told);
  });

  test('gets 404 for what there is not, also where the other chat would be heard', async () => {
    const otherChat = { slack: '/api/messages', teams: '/slack/events' }[platform];
    for (const answer of [
      await get('/nothing-here'),
      await get('/metrics'),
      await fetch(world.app.url + otherChat, { method: 'POST' }),
    ]) {
      expect([answer.status, await answer.json()]).toEqual([404, { message: 'not found' }]);
    }
  });
});
