import { type EventCursors, eventsKey } from '../../../src/flow/ports/event-cursors.ts';
import type { Kept } from './kept.ts';

export function memoryEventCursors({ cursors }: Kept): EventCursors {
  return {
    sent: async (of) => {
      const cursor = cursors.get(eventsKey(of));
      return cursor && !cursor.gone ? cursor.seq : null;
    },
    advance: async (of, seq) => {
      const cursor = cursors.get(eventsKey(of));
      if (cursor) cursor.seq = Math.max(cursor.seq, seq);
    },
    stop: async (of) => {
      const cursor = cursors.get(eventsKey(of));
      if (cursor) cursor.gone = true;
    },
  };
}

/** Has destinations hear of what happens from here on, unless they hear of it already. */
export function haveHeard(kept: Kept, handoffId: string, seq: number, heardBy: readonly string[]): void {
  for (const destination of heardBy) {
    const key = eventsKey({ handoffId, destination });
    if (!kept.cursors.has(key)) kept.cursors.set(key, { seq, gone: false });
    kept.jobs.add('events', key);
  }
}
