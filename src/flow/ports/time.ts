import type { Handoff, HandoffId } from '../../domain/handoff/handoff.ts';
import type { Platform, Policy, TargetName } from '../../domain/policy/policy.ts';
import type { TimerAction } from '../../domain/time/sla.ts';
import type { JobRef } from './jobs.ts';

export type Clock = () => Date;

/** What a handoff goes by: the rules of the policy under which it began, and today's people. */
export type PolicyOf = (handoff: Pick<Handoff, 'policyVersion'>) => Policy;

/** A fired timer, to be acted on unless the handoff has moved on. That may happen again: the same id has one effect. */
export type DueTimer = {
  id: string;
  handoffId: HandoffId;
  clock: TargetName;
  action: TimerAction;
  step: number;
  run: number;
  dueAt: Date;
};

/** A timer that fired for an intro. */
export type DueIntroTimer = { id: string; run: number };

export type Timers = {
  /** Fires every due timer, once, whoever else is sweeping, and has its handoff act on it. @returns how many. */
  fireDue(now: Date): Promise<number>;
  /** The timers of a handoff that have fired and were not acted on, in the order in which they were due. */
  fired(handoffId: HandoffId): Promise<DueTimer[]>;
  /** Those of its intros, which a job of their own acts on: they may have to wait for HubSpot, and targets must not. */
  firedIntros(handoffId: HandoffId): Promise<DueIntroTimer[]>;
  /** Notes that a fired timer was acted on; one that waits again is left alone. */
  done(id: string, at: Date): Promise<void>;
  /** Lets a timer that was fired before its time, by a clock that ran ahead, wait again. */
  putBack(id: string): Promise<void>;
  /** Lets a fired timer wait until another time. */
  postpone(id: string, until: Date): Promise<void>;
};

/** What is done again and again, in whichever process. */
export type Routine =
  | 'sweep'
  /** When the bot first ran on this database. */
  | 'began'
  | 'reconcile'
  | 'retain'
  | 'report in person'
  | 'measure'
  | 'report'
  | `summary ${string}`
  | 'pauses'
  | 'pauses repaired'
  | `obstacle in ${Platform}`
  | 'obstacle of intros'
  | `no lead records under ${string}`;

/** When each routine last ran, whichever process ran it. */
export type Runs = {
  last(routine: Routine): Promise<Date | null>;
  /** Notes a run. @returns the run before; null when there was none, or one later than this is noted already. */
  note(routine: Routine, at: Date): Promise<Date | null>;
  /** Moves what was noted back to an earlier time; what is noted as earlier stays. */
  moveBack(routine: Routine, to: Date): Promise<void>;
  /**
   * Notes a run and asks for the jobs that do it, both or neither; not when this run, or a later one, is noted already. Of
   * several who do it at the same time one is heard.
   */
  begin(routine: Routine, at: Date, jobs: readonly Pick<JobRef, 'task' | 'key'>[]): Promise<void>;
};
