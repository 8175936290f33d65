import type { TaskName } from './jobs.ts';
import type { Routine } from './time.ts';

/** How things stand in the store, for all processes together. */
export type Standing = {
  /** Jobs by kind, of which there are any. */
  jobs: readonly {
    task: TaskName;
    /** They could begin, and nobody has taken them. */
    due: number;
    /** For how long the one has been due that waits longest. */
    oldestSeconds: number;
    /** Failed so far, and to be tried again. */
    retrying: number;
    /** Gave up. */
    exhausted: number;
  }[];
  /** Handoffs that are open, by where they stand. */
  handoffs: readonly { status: string; count: number }[];
  /** Leads that qualify and wait. */
  held: number;
  /** Messages about erased leads that are still to be taken back. */
  retractions: number;
  /** For how long the timer has been due that nobody has fired and that waits longest. */
  timersLateSeconds: number;
  /** How long ago each of what is done again and again was done last. */
  routines: readonly { routine: Routine; secondsAgo: number }[];
  /** Each table with its indexes, and about how many rows it has. */
  tables: readonly { table: string; bytes: number; rows: number }[];
};
