import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';

type Labels<Label extends string> = readonly Label[];

/** Makes metrics of a registry, under the bot's name. */
export function metricsOf(registry: Registry) {
  const about = <Label extends string>(name: string, help: string, labels: Labels<Label>) => ({
    name: `handoff_${name}`,
    help,
    labelNames: labels,
    registers: [registry],
  });
  return {
    counter: <Label extends string>(name: string, help: string, labels: Labels<Label> = []) =>
      new Counter<Label>(about(name, help, labels)),
    gauge: <Label extends string>(name: string, help: string, labels: Labels<Label> = []) =>
      new Gauge<Label>(about(name, help, labels)),
    histogram: <Label extends string>(
      name: string,
      help: string,
      { labels = [], buckets }: { labels?: Labels<Label>; buckets: number[] },
    ) => new Histogram<Label>({ ...about(name, help, labels), buckets }),
  };
}
