import { type Logged, madeAt, type Touch } from './handoff.ts';

/** The touch of a log that was made last, and when; null: there is none. */
export function lastTouchIn(log: readonly Logged[]): { touch: Touch; at: Date } | null {
  const touches = log.flatMap(({ at, event }) =>
    event.type === 'touched' ? [{ touch: event.touch, at: madeAt(event, at) }] : [],
  );
  return touches.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1) ?? null;
}

/** When the meeting takes place that was booked last, as far as that is known. */
export function meetingStartIn(log: readonly Logged[]): Date | null {
  const starts = log.map(({ event }) => {
    if (event.type === 'meetingBooked') return event.startsAt;
    return event.type === 'touched' ? event.touch.startsAt : undefined;
  });
  return starts.findLast((at) => at !== undefined) ?? null;
}
