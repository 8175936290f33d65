import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const rulesFile = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(['critical', 'warning']) }).strict(),
          annotations: z
            .object({ summary: z.string(), description: z.string(), runbook: z.string() })
            .strict(),
        }),
      ),
    }),
  ),
});

export type Alert = z.infer<typeof rulesFile>['groups'][number]['rules'][number];

export async function alerts(): Promise<Alert[]> {
  return rulesFile
    .parse(parse(await read('manifests/grafana/alerts.yaml')))
    .groups.flatMap(({ rules }) => rules);
}

const target = z.object({ expr: z.string(), legendFormat: z.string() });
const dashboardFile = z.object({
  panels: z.array(z.object({ title: z.string(), type: z.string(), targets: z.array(target).default([]) })),
  annotations: z.object({ list: z.array(z.object({ expr: z.string() })) }),
});

/** What each panel of the dashboard asks, in ranges that Grafana would fill in. */
export async function panels(): Promise<{ title: string; expr: string; legend: string }[]> {
  const dashboard = dashboardFile.parse(JSON.parse(await read('manifests/grafana/dashboard.json')));
  return dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({ title, expr: filledIn(expr), legend: legendFormat })),
  );
}

function filledIn(expr: string): string {
  return expr.replaceAll('$__rate_interval', '1m').replaceAll('$__range', '6h').replaceAll('$instance', '.*');
}

/** What a query names: series with the labels that it picks them by, and the labels by which it groups. */
export type Named = { series: { name: string; labels: string[] }[]; grouped: string[] };

/** Reads what a query names, as far as the bot's own queries go; whether it is one is for Prometheus to say. */
export function namedIn(expr: string): Named {
  const matched = expr.matchAll(/\b((?:handoff|process|nodejs)_\w+)(?:\{([^}]*)\})?/g);
  const groups = expr.matchAll(/\bby \(([^)]*)\)/g);
  return {
    series: [...matched].map(([, name = '', matchers = '']) => ({
      name,
      labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    })),
    grouped: [...groups].flatMap(([, labels = '']) => labels.split(',').map((label) => label.trim())),
  };
}
