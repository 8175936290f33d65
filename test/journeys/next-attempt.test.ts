import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, happenedTo, startWorld, type World } from '../support/world.ts';

// A Monday in New York, where Ada works from nine to half past five.
describe.each(chats)('in $name, a rep who means to try again', ({ platform }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
    lead = await demoRequest(world);
    await world.pass(1);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const tried = (next: string) => chat().fill(ada, 'logTouch', { did: 'noAnswer', next });
  const reminders = () =>
    chat()
      .notified(ada)
      .filter((text) => text.includes('Time for the next try'));
  const at = async (time: string) => {
    await world.moveTo(new Date(time));
    await world.app.sweep();
    await world.settle();
  };

  test('is reminded once at that time of a working day, in the right words, and not before', async () => {
    expect(await tried('1')).toEqual({ ok: true, errors: {} });
    await world.settle();
    expect(chat().card(ada).text).toContain('Try again by Tue 9:04 AM');
    await at('2026-03-03T13:55:00Z');
    expect(reminders()).toEqual([]);
    await at('2026-03-03T14:10:00Z');
    expect(reminders()).toEqual([
      expect.stringMatching(/^Time for the next try: Dana Ortiz · .*\. Log a Touch Show Card$/),
    ]);
    await at('2026-03-03T14:30:00Z');
    await at('2026-03-04T14:30:00Z');
    expect(reminders()).toHaveLength(1);
    expect((await happenedTo(world, lead)).filter((type) => type === 'attemptDue')).toHaveLength(1);
  });

  test('on a Friday comes to nobody’s weekend', async () => {
    await at('2026-03-06T20:00:00Z');
    await tried('1');
    await world.settle();
    await at('2026-03-07T20:30:00Z');
    await at('2026-03-08T20:30:00Z');
    expect(reminders()).toEqual([]);
    await at('2026-03-09T20:30:00Z');
    expect(reminders()).toHaveLength(1);
  });

  test('and has tried before is reminded of the next time alone, or not at all without one', async () => {
    await tried('1');
    await world.pass(30);
    await tried('2');
    await at('2026-03-03T15:00:00Z');
    expect(reminders()).toEqual([]);
    await at('2026-03-04T15:00:00Z');
    expect(reminders()).toHaveLength(1);
    await tried('none');
    await at('2026-03-06T15:00:00Z');
    // The one before asks for nothing any more.
    expect(reminders()).toEqual([]);
  });
});
