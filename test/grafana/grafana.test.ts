import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { alerts, namedIn, panels } from './queries.ts';
import { seriesIn, servedText } from './served.ts';

/** What Prometheus itself writes on each series, and of a histogram the bot. */
const ofPrometheus = new Set(['instance', 'job']);

let served: ReadonlyMap<string, ReadonlySet<string>>;
beforeAll(async () => {
  served = seriesIn(await servedText());
});

/** What a query asks for and `/metrics` does not serve. */
function unknownIn(expr: string): string[] {
  const { series, grouped } = namedIn(expr);
  const known = new Set(series.flatMap(({ name }) => [...(served.get(name) ?? [])]));
  const isKnown = (label: string, of: ReadonlySet<string>) => of.has(label) || ofPrometheus.has(label);
  return [
    ...series.flatMap(({ name, labels }) => {
      const own = served.get(name);
      if (!own) return [name];
      return labels.filter((label) => !isKnown(label, own)).map((label) => `${name}{${label}}`);
    }),
    ...grouped.filter((label) => !isKnown(label, known)).map((label) => `by (${label})`),
  ];
}

test('a query of what nobody serves is noticed', () => {
  expect(unknownIn('max by (task) (handoff_jobs_due)')).toEqual([]);
  expect(unknownIn('max by (kind) (handoff_jobs_due{status="x"}) + handoff_jobs')).toEqual([
    'handoff_jobs_due{status}',
    'handoff_jobs',
    'by (kind)',
  ]);
});

test('every alert asks for what /metrics serves', async () => {
  for (const { alert, expr } of await alerts()) {
    expect({ alert, unknown: unknownIn(expr) }).toEqual({ alert, unknown: [] });
    expect(namedIn(expr).series.length).toBeGreaterThan(0);
  }
});

test('every panel asks for what /metrics serves, and its legend for what it groups by', async () => {
  const asked = await panels();
  expect(asked.length).toBeGreaterThan(30);
  for (const { title, expr, legend } of asked) {
    expect({ title, unknown: unknownIn(expr) }).toEqual({ title, unknown: [] });
    const { grouped } = namedIn(expr);
    const shown = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
    const isGrouped = (label: string) => grouped.includes(label) || label === 'instance';
    expect({ title, notGrouped: shown.filter((label) => !isGrouped(label)) }).toEqual({
      title,
      notGrouped: [],
    });
  }
});

test('every alert and no other has a section in the runbook: how bad, what to look at, what to do, when it is over', async () => {
  const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  const [, ...sections] = runbook.split(/^## /m);
  const byTitle = new Map(sections.map((section) => [section.split('\n', 1)[0], section]));
  const all = await alerts();
  expect([...byTitle.keys()]).toEqual(all.map(({ annotations }) => annotations.summary));
  for (const { annotations, labels } of all) {
    const section = byTitle.get(annotations.summary) ?? '';
    const severity = labels.severity === 'critical' ? '**Critical.**' : '**Warning.**';
    for (const part of [severity, '**Look at**', '**Do**', '**It is over']) expect(section).toContain(part);
    const anchor = annotations.summary.toLowerCase().replaceAll(' ', '-');
    expect(annotations.runbook).toBe(`docs/runbook.md#${anchor}`);
  }
});

describe('what the runbook sends people to look at', () => {
  test('is on the dashboard', async () => {
    const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const { panels: all } = JSON.parse(
      await readFile(new URL('../../manifests/grafana/dashboard.json', import.meta.url), 'utf8'),
    ) as { panels: { title: string }[] };
    const named = [...runbook.matchAll(/(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)/g)].map(([, title = '']) => title);
    const known = all.map(({ title }) => title);
    const elsewhere = ['Critical', 'Warning', 'Connected Apps'];
    const isKnown = (title: string) =>
      known.some((one) => one.startsWith(title)) || elsewhere.includes(title);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((title) => !isKnown(title))).toEqual([]);
  });
});
