import { openTo, running } from '../../../../src/domain/handoff/handoff.ts';
import type { LadderStep, Policy } from '../../../../src/domain/policy/policy.ts';
import type { History, Step } from '../history.ts';

export type FiredTimer = {
  id: string;
  clock: string;
  action: string;
  /** The rung's place in its ladder, from 1; 0 for what is none. */
  step: number;
  run: number;
  dueAt: Date;
};

/** What fires so long after its time no longer reminds anybody of what is to come. */
const lateAfterMs = 10 * 60_000;

/**
 * Whether it was right to do nothing for a timer: its clock had stopped or begun anew, the breach was noted before, or
 * the rung would have said less than what had come by then.
 * @param doneAt when its job was done, at the latest
 * @param others all timers of the handoff
 */
export function isOvertaken(
  timer: FiredTimer,
  doneAt: Date,
  others: readonly FiredTimer[],
  { steps }: History,
  policy: Policy,
): boolean {
  const before = steps.filter(({ at }) => at <= doneAt);
  if (before.some(({ after }) => after.clockRun > timer.run)) return true;
  if (timer.action === 'breach') return isBreached(timer, before);

  const states = before.map(({ after }) => after).filter(({ clockRun }) => clockRun === timer.run);
  const worseCame = others.some(
    ({ run, action, dueAt }) =>
      run === timer.run && action === 'climb' && dueAt > timer.dueAt && dueAt <= doneAt,
  );
  const rung = rungOf(timer, policy);
  switch (rung?.action.do) {
    case 'remind':
    case 'message': {
      const isLate = doneAt.getTime() - timer.dueAt.getTime() > lateAfterMs;
      const isPast = states.some((handoff) => (running(handoff)?.due ?? doneAt) <= doneAt);
      return worseCame || (rung.offsetMinutes < 0 && (isLate || isPast));
    }
    case 'offerToTeam':
      return worseCame || states.some((handoff) => openTo(handoff).length > 0);
    case 'tellManager':
      // Nobody is above the fallback.
      return states.some(({ assignment }) => assignment.rep === policy.routing.fallback);
    default:
      return false;
  }
}

/** The rung of a ladder that a timer climbs. */
export function rungOf({ clock, step }: FiredTimer, { ladders }: Policy): LadderStep | undefined {
  return (clock === 'touch' ? ladders.touch : ladders.acknowledge)[step - 1];
}

/** Whether the rep of now had let this or a later time pass before, under an earlier run of the same clock. */
function isBreached({ clock, dueAt }: FiredTimer, before: readonly Step[]): boolean {
  const assigned = before.findLastIndex(({ event }) => event.type === 'reassigned');
  return before
    .slice(assigned + 1)
    .some(({ event }) => event.type === 'breached' && event.clock === clock && event.due >= dueAt);
}
