import { readEventsKey } from '../../../flow/ports/event-cursors.ts';
import type { Failed, TaskName } from '../../../flow/ports/jobs.ts';

/** A job that this process works on; nobody else works on one of this task and key meanwhile. */
export type TakenJob<Item = unknown> = {
  task: TaskName;
  /** What it is about: a lead, a handoff, a record, a person. */
  key: string;
  /** The request that it answers. */
  asked: number;
  /** Counted from 1; requests begin it anew. */
  attempt: number;
  /** Whether it gives up when this attempt fails. */
  last: boolean;
  /** Whether an earlier attempt broke off, and may have had effects. */
  again: boolean;
  /** What the job is about, already in memory when this process had it handed over. */
  item?: Item;
};

/** What became of a job: done, ended by the statement that kept what came of it, or failed and tried again later. */
export type JobResult = { outcome: 'done' } | { outcome: 'ended' } | { outcome: 'failed'; error: unknown };

/** How the jobs of one task are worked on. */
export type Lane<Item = unknown> = {
  task: TaskName;
  /** How many jobs are worked on together, at most; a lone one waits for nobody. */
  lot: number;
  /** How many lots at the same time. */
  atOnce: number;
  /** How many places of those are kept for urgent jobs. */
  reserve?: number;
  /** So long a job waits for others, so that more of them are in a lot; not at all where it is left out. */
  gatherMs?: number;
  /** False: after a crash of the database's machine a job may look as if nobody had begun it. */
  durable?: boolean;
  /** Returns a result for each job, by place; what it throws, all have failed with. */
  work(lot: readonly TakenJob<Item>[]): Promise<readonly JobResult[]>;
};

/** Where the queue reports to; pino's logger fits. */
export type JobLog = Record<'debug' | 'warn' | 'error', (facts: object, message: string) => void>;

/** Hears what became of a job that failed. */
export type OnFailed = (task: TaskName, became: Failed) => void;

/** How a lane works on a lot whose jobs have nothing in common. */
export function eachAlone<Item>(work: (job: TakenJob<Item>) => Promise<void>): Lane<Item>['work'] {
  return (lot) =>
    Promise.all(
      lot.map((job) =>
        work(job).then(
          () => ({ outcome: 'done' as const }),
          (error: unknown) => ({ outcome: 'failed' as const, error }),
        ),
      ),
    );
}

/** What a log may say of a job. People are named by their email, which no log holds. */
export function factsOf({ task, key, attempt }: Pick<TakenJob, 'task' | 'key' | 'attempt'>): object {
  return { task, ...aboutOf(task, key), attempt };
}

function aboutOf(task: TaskName, key: string): object {
  switch (task) {
    case 'intake':
    case 'erase':
    case 'retract':
      return { leadId: key };
    case 'deliver':
    case 'write-back':
    case 'timer':
    case 'intro':
    case 'summarise':
      return { handoffId: key };
    case 'alert':
      return { handoffId: key.split(':', 1)[0] };
    case 'events':
      return readEventsKey(key);
    case 'find-leads':
      return { record: key };
    case 'tell':
    case 'report':
    case 'summary':
    case 'home':
      return {};
    default:
      return task satisfies never;
  }
}
