import type { Logger } from 'pino';
import type { Connection } from '../adapters/postgres/connection.ts';
import { type Jobs, postgresJobs } from '../adapters/postgres/queue/jobs.ts';
import type { Listener } from '../adapters/postgres/queue/session.ts';
import {
  alertLane,
  bulletinLane,
  deliverLane,
  eraseLane,
  eventsLane,
  findLeadsLane,
  homeLane,
  type IntakeLaneNeeds,
  intakeLane,
  introLane,
  reportLane,
  retractLane,
  summariseLane,
  summaryLane,
  timerLane,
  writeBackLane,
} from './lanes.ts';
import type { StepNeeds } from './step-needs.ts';

type QueueNeeds = StepNeeds &
  Pick<IntakeLaneNeeds, 'syncPeople' | 'awaitsChoices'> & { listener: Listener; log: Logger };

/** The queue with its lanes; nothing is worked on before it is started or drained. */
export function openQueue(connection: Connection, { log, listener, ...needs }: QueueNeeds): Jobs {
  /** The first card of a new handoff, by the process that opened it, which has everything in memory. */
  const show: Parameters<typeof intakeLane>[0]['show'] = ({ handoffId, asked, view }) => {
    if (asked !== null) jobs.handOver({ task: 'deliver', key: handoffId, asked }, view);
  };
  const jobs: Jobs = postgresJobs(connection, {
    log,
    listeners: [listener],
    onFailed: (task, became) => needs.observe({ what: 'jobFailed', task, became }),
    lanes: [
      intakeLane({ ...needs, show }),
      deliverLane(needs),
      writeBackLane(needs),
      timerLane(needs),
      introLane(needs),
      alertLane(needs),
      eventsLane(needs),
      findLeadsLane(needs),
      bulletinLane(needs),
      eraseLane(needs),
      retractLane(needs),
      reportLane(needs),
      summariseLane(needs),
      summaryLane(needs),
      homeLane(needs),
    ],
  });
  return jobs;
}
