/** What there is to do, each about one subject: a lead, a handoff, a record, a person, an event, or what is told of a time, and to whom. */
export const taskNames = [
  'intake',
  'deliver',
  'write-back',
  'timer',
  'intro',
  'alert',
  'events',
  'find-leads',
  'tell',
  'erase',
  'retract',
  'report',
  'summary',
  'summarise',
  'home',
] as const;
export type TaskName = (typeof taskNames)[number];

/** A job that this process has, to be ended by the change that does it. */
export type JobRef = { task: TaskName; key: string; asked: number };

/**
 * What becomes of a job that failed: tried again later, or when a platform said; given up; asked for anew meanwhile; or
 * somebody else's by then, as its process was cut off.
 */
export type Failed = 'failed' | 'postponed' | 'exhausted' | 'replaced' | 'lost';
