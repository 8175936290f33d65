import type { Handoff, HandoffEvent } from '../domain/handoff/handoff.ts';
import type { Observation } from './ports/observe.ts';

/**
 * How long it took until the card had its first answer, and until the lead was first contacted, where that has just
 * happened: in seconds of the clock on the wall, from when the card reached somebody.
 */
export function responsesIn(
  { handoff, events }: { handoff: Handoff; events: readonly HandoffEvent[] },
  now: Date,
): Observation[] {
  const { id: handoffId, deliveredAt, acknowledgedAt, firstTouchAt, attempts } = handoff;
  if (!deliveredAt) return [];
  const took = (how: 'answer' | 'touch', at: Date): Observation => {
    const secondsFromCard = Math.max(0, (at.getTime() - deliveredAt.getTime()) / 1000);
    return { what: 'responded', handoffId, how, secondsFromCard };
  };
  const isAnswer = acknowledgedAt?.getTime() === now.getTime();
  const isFirstTouch = attempts.length === 1 && events.some(({ type }) => type === 'touched');
  return [
    ...(acknowledgedAt && isAnswer ? [took('answer', acknowledgedAt)] : []),
    ...(firstTouchAt && isFirstTouch ? [took('touch', firstTouchAt)] : []),
  ];
}
