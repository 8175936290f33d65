/** What there is to do, each about one subject: a lead, a handoff, a record, a person, an event, or a week and who reads of it. */
export type TaskName =
  | 'intake'
  | 'deliver'
  | 'write-back'
  | 'timer'
  | 'intro'
  | 'alert'
  | 'find-leads'
  | 'tell'
  | 'erase'
  | 'retract'
  | 'report'
  | 'summarise'
  | 'home';

/** A job that this process has, to be ended by the change that does it. */
export type JobRef = { task: TaskName; key: string; asked: number };
