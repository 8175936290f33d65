import { beforeEach, describe, expect, test } from 'vitest';
import type { CursorOf } from '../../../src/flow/ports/event-cursors.ts';
import { accepted, change, lead, minute, opening } from './given.ts';
import { open } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

/** What every store of how far other systems were told does. */
export function eventCursorsContract(make: MakeStores): void {
  let stores: Stores;
  const { handoff, ...begun } = opening();
  const of = (destination: string): CursorOf => ({ handoffId: handoff.id, destination });
  const crm = of('crm');
  beforeEach(async () => {
    stores = await make();
    await stores.handoffs.saveLead(lead, minute(0));
    await open(stores, [lead.id], [], null, minute(0), () => ({ handoff, ...begun, heardBy: ['crm'] }));
  });
  const accept = (heardBy: readonly string[]) =>
    stores.handoffs.change(handoff.id, { by: null, at: minute(10), commandId: null }, (current) => ({
      ...change(current, minute(10), [accepted]),
      heardBy,
    }));

  describe('a destination', () => {
    test('that hears of a handoff from its beginning was told nothing yet, and has a job', async () => {
      expect(await stores.eventCursors.sent(crm)).toBe(0);
      expect(await stores.jobKeys()).toContain(`events:${handoff.id}:crm`);
    });

    test('that is new begins with the change that it hears of first, and others stay where they are', async () => {
      await stores.eventCursors.advance(crm, 1);
      await accept(['crm', 'https://new.example']);
      expect(await stores.eventCursors.sent(of('https://new.example'))).toBe(1);
      expect(await stores.eventCursors.sent(crm)).toBe(1);
      expect(await stores.jobKeys()).toContain(`events:${handoff.id}:https://new.example`);
    });

    test('that is to hear of nothing is not asked for', async () => {
      await stores.forgetJobs();
      await accept([]);
      expect(await stores.eventCursors.sent(of('none'))).toBeNull();
      expect((await stores.jobKeys()).filter((key) => key.startsWith('events:'))).toEqual([]);
    });

    test('never falls back', async () => {
      await stores.eventCursors.advance(crm, 5);
      await stores.eventCursors.advance(crm, 3);
      expect(await stores.eventCursors.sent(crm)).toBe(5);
    });

    test('that wants to hear nothing more hears nothing more, also of what comes later', async () => {
      await stores.eventCursors.stop(crm);
      await accept(['crm']);
      expect(await stores.eventCursors.sent(crm)).toBeNull();
    });
  });
}
