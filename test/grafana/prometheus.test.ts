import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { folderWith, needsPrometheus, projectFile, startPrometheus } from '../support/prometheus.ts';
import { ada, createLead, requestDemo, startWorld, type World } from '../support/world.ts';
import { alerts, panels } from './queries.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ chats: 'slack' });
});
afterEach(() => world.close());

/** A Prometheus that reads the running bot as in the example, every half second, and has read it by now. */
async function prometheus() {
  const config = parse(await projectFile('manifests/grafana/prometheus.yml'));
  const [bot] = config.scrape_configs;
  bot.scrape_interval = '500ms';
  bot.static_configs[0].targets = [new URL(world.app.metricsUrl ?? '').host];
  const folder = await folderWith({
    'alerts.yaml': await projectFile('manifests/grafana/alerts.yaml'),
    'prometheus.yml': stringify(config),
  });
  const url = await startPrometheus(folder);
  const ask = async (path: string) => {
    const answer = await fetch(`${url}/api/v1/${path}`);
    return (await answer.json()) as { status: string; data: Record<string, unknown[]>; error?: string };
  };
  const query = (expr: string) => ask(`query?${new URLSearchParams({ query: expr })}`);
  const value = async (expr: string) => {
    const [first] = (await query(expr)).data['result'] as { value: [number, string] }[];
    return first ? Number(first.value[1]) : null;
  };
  // Rates need two readings.
  await vi.waitFor(
    async () => expect(await value('count_over_time(handoff_database_up[1m])')).toBeGreaterThan(2),
    {
      timeout: 20_000,
      interval: 200,
    },
  );
  return { ask, query, value };
}

test('a real Prometheus reads what happened, answers every panel, and finds no alert where all is well', async (context) => {
  needsPrometheus(context);
  requestDemo(world, createLead(world));
  await world.settle();
  await world.in('slack').press(ada, 'accept');
  await world.settle();
  await world.app.reconcile();
  await world.app.sweep();
  const { ask, query, value } = await prometheus();

  expect(await value('up{job="lead-handoff-bot"}')).toBe(1);
  expect(await value('handoff_open_handoffs{status="accepted"}')).toBe(1);
  expect(await value('handoff_webhook_to_card_seconds_count{platform="slack"}')).toBe(1);
  expect(await value('sum(handoff_calls_total{platform="hubspot",outcome="done"})')).toBe(
    world.seen.filter((one) => one.what === 'called' && one.platform === 'hubspot' && one.outcome === 'done')
      .length,
  );
  for (const { title, expr } of await panels()) {
    const { status, error } = await query(expr);
    expect({ title, status, error }).toEqual({ title, status: 'success', error: undefined });
  }

  const { data } = await ask('rules');
  const groups = data['groups'] as { rules: { name: string; lastError?: string }[] }[];
  const rules = groups.flatMap(({ rules }) => rules);
  expect(rules.map(({ name }) => name)).toEqual((await alerts()).map(({ alert }) => alert));
  for (const { expr } of await alerts()) expect((await query(expr)).data['result']).toEqual([]);
});
