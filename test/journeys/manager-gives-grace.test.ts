import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

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
  const contact = () => world.hubspot.object('contacts', lead)?.properties ?? {};
  const done = { ok: true, errors: {} };

  test('giving grace offers what the policy names, each with the time that it comes to', async () => {
    await chat().look(grace);
    expect(await chat().choices(grace, 'giveGrace')).toEqual([
      '15 minutes (until 9:34 AM)',
      '1 hour (until 10:19 AM)',
      'Until tomorrow morning (Tue 10:00 AM)',
    ]);
  });

  test('grace of a quarter of an hour moves the target, and the ladder starts again from there', async () => {
    expect(await chat().fill(grace, 'giveGrace', { grace: '15' })).toEqual(done);
    await world.settle();
    expect(chat().card(ada).text).toContain('Accept by 9:34 AM');
    expect(chat().told(ada).at(-1)).toBe('Grace Whitfield allowed more time, until 9:34 AM.');
    expect(contact()).toMatchObject({ handoff_rep: ada, handoff_status: 'offered' });

    await world.pass(16);
    expect((await happenedTo(world, lead)).slice(4)).toEqual([...['graceGiven', 'breached', 'escalated']]);
    // A manager who has the card is told of the second time by a line below it.
    expect(chat().cards(grace)).toHaveLength(1);
    expect(chat().notified(grace)).toEqual([expect.stringContaining('Grace Whitfield was asked to decide')]);
  });

  test('grace is taken back within seconds, as if it had not been given', async () => {
    expect(await chat().fill(grace, 'giveGrace', { grace: '60' })).toEqual(done);
    await world.settle();
    expect(chat().card(ada).text).toContain('Accept by 10:19 AM');
    await chat().press(grace, 'undo');
    await world.settle();
    expect(chat().card(ada).text).toContain('Late since 9:18 AM');
    expect(chat().card(grace).text).toContain('Decide now: Ada Okafor has not answered');
    expect(contact()).toMatchObject({ handoff_rep: ada, handoff_status: 'offered' });
  });

  test('time that was asked for is allowed by one press', async () => {
    await chat().fill(ada, 'snooze', { choice: 'tomorrow' });
    await world.settle();
    const [allow = ''] = /Allow Until Tue 9:00 AM/.exec(chat().card(grace).text) ?? [];
    await chat().chooseOnCard(grace, allow);
    await world.settle();
    expect(chat().card(ada).text).toContain('Back at Tue 9:00 AM');
  });

  test('grace until the next morning leaves everybody alone until the rep has had an hour of it', async () => {
    expect(await chat().fill(grace, 'giveGrace', { grace: 'untilMorning' })).toEqual(done);
    await world.settle();
    expect(chat().card(ada).text).toContain('Accept by Tue 10:00 AM');
    const before = await happenedTo(world, lead);
    await world.pass(24 * 60);
    expect(world.now()).toEqual(new Date('2026-03-03T14:19:00Z'));
    expect(await happenedTo(world, lead)).toEqual(before);
    await world.pass(42);
    expect((await happenedTo(world, lead)).slice(before.length)).toEqual(['breached', 'escalated']);
  });

  test('grace that would change nothing is not offered', async () => {
    await chat().fill(grace, 'giveGrace', { grace: 'untilMorning' });
    await world.settle();
    await chat().look(grace);
    expect(await chat().choices(grace, 'giveGrace')).toEqual([
      '15 minutes (until Tue 10:15 AM)',
      '1 hour (until Tue 11:00 AM)',
    ]);
  });
});
