import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, chloe, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, Grace has the card of a lead that Ada let pass at 14:18', ({ platform }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    world = await startWorld({
      chats: platform,
      amend: { 'escalation.acknowledge': [{ at: '0 min', do: 'tell manager' }] },
    });
    lead = await demoRequest(world);
    await world.pass(16);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const pings = async () => (await happenedTo(world, lead)).filter((type) => type === 'pinged');
  const ping = 'Grace Whitfield nudges you';

  test('a nudge asks the rep to look, so that it is noticed, and leaves the lead where it is', async () => {
    await chat().press(grace, 'ping');
    await world.settle();
    expect(chat().notified(ada).at(-1)).toContain(ping);
    expect(chat().card(grace).text).toContain('a nudge');
    expect(world.hubspot.object('contacts', lead)?.properties['handoff_rep']).toBe(ada);
  });

  test('pinging twice at once, as on two devices, has one effect', async () => {
    const card = chat().card(grace);
    const presses = [chat().press(grace, 'ping', { card }), chat().press(grace, 'ping', { card })];
    expect(await Promise.all(presses)).toEqual([{ answered: true }, { answered: true }]);
    await world.settle();
    expect(await pings()).toHaveLength(1);
    expect(
      chat()
        .notified(ada)
        .filter((text) => text.includes(ping)),
    ).toHaveLength(1);
  });

  test('pinging again within a minute is refused kindly, and later it works', async () => {
    await chat().press(grace, 'ping');
    await world.settle();
    await chat().press(grace, 'ping');
    await world.settle();
    expect(chat().refusals(grace)).toEqual([
      'They were nudged 2026-03-02T14:19:00Z. Give them a minute, reassign it, or take it.',
    ]);
    await world.pass(1);
    await chat().press(grace, 'ping');
    await world.settle();
    expect(await pings()).toHaveLength(2);
  });

  test('nobody but the manager decides', async () => {
    const before = await happenedTo(world, lead);
    await chat().pressForeign(chloe, 'takeIt', chat().card(grace));
    await chat().pressForeign(ada, 'ping', chat().card(grace));
    await world.settle();
    expect(await happenedTo(world, lead)).toEqual(before);
  });
});
