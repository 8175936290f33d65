import type { PersonId, Policy } from '../policy/policy.ts';
import type { Handoff, HandoffEvent, Logged } from './handoff.ts';
import { type Denial, denial } from './rights.ts';

/** So long a wrong click can be taken back: what it means for others waits until then. */
export const undoSeconds = 10;

/** Clocks of several machines differ a little, and nothing is done too soon. */
const marginSeconds = 2;

/** After so many seconds nobody takes it back any more. */
export const settledAfterSeconds = undoSeconds + marginSeconds;

/** From when on the last act stays as it is; null: nobody can take one back. */
export function settledAt({ undoable }: Handoff): Date | null {
  return undoable ? new Date(undoable.at.getTime() + settledAfterSeconds * 1000) : null;
}

/** The event after which all may still be taken back, and for how long; null: nothing may. */
export function unsettledFrom(handoff: Handoff, now: Date): { after: number; seconds: number } | null {
  const at = settledAt(handoff);
  if (!at || !handoff.undoable || at <= now) return null;
  return { after: handoff.undoable.before.version, seconds: (at.getTime() - now.getTime()) / 1000 };
}

/** Whether somebody may take back what was done last. */
export function mayUndo(handoff: Handoff, person: PersonId, policy: Policy, now: Date): boolean {
  const { undoable } = handoff;
  const isInTime = undoable !== undefined && now.getTime() - undoable.at.getTime() <= undoSeconds * 1000;
  return isInTime && denial('undo', person, handoff, policy) === null;
}

/** Why something is not taken back. */
export type CannotUndo = Denial | { refused: 'undoneTooLate' | 'elsewhere' };

/**
 * Takes back what somebody did a moment ago, while nothing else has happened.
 * @param isElsewhere another handoff of the lead is open
 */
export function undo(
  handoff: Handoff,
  { by, isElsewhere }: { by: PersonId; isElsewhere: boolean },
  policy: Policy,
  now: Date,
): HandoffEvent[] | CannotUndo {
  const refusal = denial('undo', by, handoff, policy);
  if (refusal) return refusal;
  const { undoable } = handoff;
  if (!undoable || !mayUndo(handoff, by, policy, now)) return { refused: 'undoneTooLate' };
  if (isElsewhere) return { refused: 'elsewhere' };
  const { by: _, at: since, before, ...undone } = undoable;
  return [{ type: 'undone', ...undone, after: before.version, since }];
}

/** A log without what was taken back; that it was is in it. */
export function withoutUndone(log: readonly Logged[]): readonly Logged[] {
  const undone = log.flatMap(({ seq: until, event }) =>
    event.type === 'undone' ? [{ after: event.after, until }] : [],
  );
  if (undone.length === 0) return log;
  return log.filter(({ seq }) => !undone.some(({ after, until }) => seq > after && seq < until));
}
