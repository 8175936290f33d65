import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, while a lead is due 14:18 a clock', ({ platform }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    const ladder = [
      { at: '-5 min', do: 'remind' },
      { at: '0 min', do: 'tell manager' },
      { at: '10 min', do: 'message' },
    ];
    world = await startWorld({ chats: platform, amend: { 'escalation.acknowledge': ladder } });
    lead = await demoRequest(world);
    await world.pass(2);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const at = (time: string) => new Date(`2026-03-02T${time}:00Z`);
  const inTime = ['offered', 'delivered', 'reminded', 'breached', 'escalated', 'reminded'];

  test('that runs ahead for one sweep and is set right takes nothing away: each timer acts at its time', async () => {
    world.moveTo(at('16:05'));
    await world.app.sweep();
    world.moveTo(at('14:06'));
    await world.settle();
    expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered']);
    await world.pass(6);
    expect(chat().notified(ada)).toEqual([]);
    await world.pass(17);
    expect(await happenedTo(world, lead)).toEqual(inTime);
    expect(chat().cards(grace)).toHaveLength(1);
  });

  test('that runs ahead for a while and is set right has every timer act once, as after a pause', async () => {
    world.moveTo(at('14:40'));
    await world.app.sweep();
    await world.settle();
    const resumed = await happenedTo(world, lead);
    expect(resumed).toEqual(['offered', 'delivered', 'breached', 'resumed', 'shown']);
    world.moveTo(at('14:06'));
    await world.pass(43);
    expect(await happenedTo(world, lead)).toEqual(resumed);
    await world.pass(17);
    expect((await happenedTo(world, lead)).slice(resumed.length)).toEqual([
      ...['reminded', 'breached', 'escalated', 'reminded'],
    ]);
  });

  test('that is set back an hour delays nothing for good', async () => {
    world.moveTo(at('13:05'));
    await world.pass(60);
    expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered']);
    await world.pass(24);
    expect(await happenedTo(world, lead)).toEqual(inTime);
  });
});
