import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { createLead, requestDemo, startWorld, type World } from '../support/world.ts';

describe.each(chats)('an operator of the bot in $name', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const get = (path: string) => fetch(`${world.app.url}${path}`);
  const watch = (path: string) => fetch(`${world.app.metricsUrl}${path}`);
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
    const runs = performance.now.bind(performance);
    const later = vi.spyOn(performance, 'now').mockImplementation(() => runs() + 46_000);
    onTestFinished(() => later.mockRestore());
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
    const measures = await (await watch('/metrics')).text();
    expect(measures).toContain('handoff_events_decided_total{decision="handoff"} ');
    expect(measures).toContain('handoff_jobs_retrying 1');
    expect(measures).toContain('handoff_jobs_exhausted 0');

    await world.retryNow();
    const runs = performance.now.bind(performance);
    const seconds = vi.spyOn(performance, 'now').mockImplementation(() => runs() + 5_000);
    onTestFinished(() => seconds.mockRestore());
    const later = await (await watch('/metrics')).text();
    expect(later).toContain(`handoff_qualified_to_card_seconds_count{platform="${platform}"} 1`);
    expect(later).toContain('handoff_jobs_retrying 0');
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
