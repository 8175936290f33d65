import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLead, requestDemo, startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const get = (path: string) => fetch(`${world.app.url}${path}`);

describe('an operator', () => {
  test('sees that the bot is alive and ready', async () => {
    expect((await get('/healthz')).status).toBe(200);
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', why: 'database and clock are running' },
    ]);
  });

  test('reads in the measures what came in, what became of it and what is in trouble', async () => {
    requestDemo(world, createLead(world));
    world.slack.failNext({ method: 'chat.postMessage', status: 503 });
    await world.settle();
    const measures = await (await get('/metrics')).text();
    expect(measures).toContain('handoff_events_decided_total{decision="handoff"} ');
    expect(measures).toContain('handoff_jobs_retrying 1');
    expect(measures).toContain('handoff_jobs_exhausted 0');

    await world.retryNow();
    const later = await (await get('/metrics')).text();
    expect(later).toContain('handoff_qualified_to_card_seconds_count{platform="slack"} 1');
    expect(later).toContain('handoff_jobs_retrying 0');
  });

  test('gets 404 for what there is not', async () => {
    const response = await get('/nothing-here');
    expect([response.status, await response.json()]).toEqual([404, { message: 'not found' }]);
  });
});
