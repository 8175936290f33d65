import { isDeepStrictEqual } from 'node:util';
import type { Hold, Holds } from '../../../src/flow/ports/inbox.ts';
import { storeEvent } from './inbox.ts';
import type { Kept } from './kept.ts';

export function memoryHolds(kept: Kept): Holds {
  const wake = (now: Date, isDue: (hold: Hold) => boolean): number => {
    const due = [...kept.holds.values()].filter(isDue);
    for (const hold of due) {
      const { leadId, until } = hold;
      kept.holds.set(leadId, { ...hold, until: until && new Date(now.getTime() + 3_600_000) });
      const dedupeKey = `hold.over:${leadId}:${kept.events.length}`;
      const event = { dedupeKey, leadId, record: null, type: 'hold.over', payload: {}, ignored: null };
      storeEvent(kept, { ...event, occurredAt: until ?? now }, now);
    }
    return due.length;
  };
  return {
    of: async (leadId) => kept.holds.get(leadId) ?? null,
    markTold: async (told) => {
      for (const { leadId, because } of told) {
        const hold = kept.holds.get(leadId);
        if (hold && isDeepStrictEqual(hold.because, because)) kept.holds.set(leadId, { ...hold, told: true });
      }
    },
    list: async () =>
      [...kept.holds.values()]
        .sort((a, b) => +a.since - +b.since || (a.leadId < b.leadId ? -1 : 1))
        .map(({ told: _, ...hold }) => hold),
    wakeDue: async (now) => wake(now, ({ until }) => until !== null && until <= now),
    wakeAll: async (now) => wake(now, () => true),
  };
}

export function keepHold(kept: Kept, hold: Hold): void {
  const before = kept.holds.get(hold.leadId);
  const told = before !== undefined && isDeepStrictEqual(before.because, hold.because) && before.told;
  kept.holds.set(hold.leadId, { ...hold, since: before?.since ?? hold.since, told });
}
