import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { folderWith, needsPrometheus, projectFile, promtool } from '../support/prometheus.ts';
import { alerts } from './queries.ts';
import { servedText } from './served.ts';

const content = { ok: true, said: expect.any(String) };

test('promtool takes the alert rules, and the example of how to scrape', async (context) => {
  needsPrometheus(context);
  const folder = await folderWith({
    'alerts.yaml': await projectFile('manifests/grafana/alerts.yaml'),
    'prometheus.yml': await projectFile('manifests/grafana/prometheus.yml'),
  });
  expect(await promtool(folder, ['check', 'rules', '--lint=all', '--lint-fatal', 'alerts.yaml'])).toEqual(
    content,
  );
  expect(await promtool(folder, ['check', 'config', '--lint=all', 'prometheus.yml'])).toEqual(content);
});

test('promtool takes what /metrics serves, by name, type and words', async (context) => {
  needsPrometheus(context);
  const folder = await folderWith({});
  expect(await promtool(folder, ['check', 'metrics'], await servedText())).toEqual({ ok: true, said: '' });
});

test('each alert comes when people are in trouble, and goes when they are not', async (context) => {
  needsPrometheus(context);
  const rules = parse(await projectFile('manifests/grafana/alerts.yaml'));
  for (const rule of rules.groups.flatMap(({ rules }: { rules: object[] }) => rules)) delete rule.annotations;
  const folder = await folderWith({
    'alerts.yaml': stringify(rules),
    'tests.yaml': await projectFile('test/grafana/alerts.promtool.yaml'),
  });
  const { ok, said } = await promtool(folder, ['test', 'rules', 'tests.yaml']);
  expect(ok, said).toBe(true);
});

test('of each alert it is shown when it comes and when it does not', async () => {
  const { tests } = parse(await projectFile('test/grafana/alerts.promtool.yaml')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[];
  };
  const cases = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  const shown = (comes: boolean) =>
    new Set(cases.filter((one) => Boolean(one.exp_alerts) === comes).map(({ alertname }) => alertname));
  const names = (await alerts()).map(({ alert }) => alert).toSorted();
  expect([...shown(true)].toSorted()).toEqual(names);
  expect([...shown(false)].toSorted()).toEqual(names);
});
