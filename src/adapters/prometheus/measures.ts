import { collectDefaultMetrics, Registry, register } from '@prometheus-io/client';
import type { Observation } from '../../flow/ports/observe.ts';
import { countEvents } from './events.ts';
import { type Looked, showStanding } from './standing.ts';

/** What Prometheus reads at `/metrics`. */
export type Measures = {
  count(observation: Observation): void;
  /** Looks how things stand, and tells everything in Prometheus' text format. */
  read(): Promise<{ contentType: string; text: string }>;
};

/** Of the library's measures those whose names Prometheus' own conventions forbid; what they tell stands beside them. */
const misnamed = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
  'nodejs_eventloop_utilization_histogram',
  'nodejs_eventloop_utilization_summary',
];

/** Of the process there is one, however many bots run in it. */
function ofProcess(): Registry {
  if (register.getMetricsAsArray().length === 0) {
    // The last two would be worked out ten times a second.
    collectDefaultMetrics({ register, eventLoopUtilizationTimeout: 3_600_000 });
    for (const name of misnamed) register.removeSingleMetric(name);
  }
  return register;
}

/**
 * @param look how things stand; asked for each time that somebody reads
 * @param tasks the kinds of jobs there are
 */
export function measures(look: () => Promise<Looked>, tasks: readonly string[]): Measures {
  const registry = new Registry();
  const count = countEvents(registry);
  const show = showStanding(registry, tasks);
  const all = Registry.merge([registry, ofProcess()]);
  return {
    count,
    read: async () => {
      show(await look());
      return { contentType: all.contentType, text: await all.metrics() };
    },
  };
}
