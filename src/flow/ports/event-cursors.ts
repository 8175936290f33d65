import type { HandoffId } from '../../domain/handoff/handoff.ts';

/** A handoff, and a destination of the policy's events by its name. */
export type CursorOf = { handoffId: HandoffId; destination: string };

/** How far in the logs of handoffs other systems were told. */
export type EventCursors = {
  /** The last event that a destination was told; null: it is told nothing, or nothing more. */
  sent(of: CursorOf): Promise<number | null>;
  /** Notes that it was told all up to an event; never less than before. */
  advance(of: CursorOf, seq: number): Promise<void>;
  /** It wants to hear nothing more of this handoff. */
  stop(of: CursorOf): Promise<void>;
};

/** What the job is called that tells a destination of a handoff's events. */
export function eventsKey({ handoffId, destination }: CursorOf): string {
  return `${handoffId}:${destination}`;
}

/** The handoff and the destination of such a job. */
export function readEventsKey(key: string): CursorOf {
  const [handoffId = '', ...rest] = key.split(':');
  return { handoffId, destination: rest.join(':') };
}
