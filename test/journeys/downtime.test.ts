import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, grace, happenedTo, ownerIdOf, startWorld, type World } from '../support/world.ts';

const henrik = 'henrik.lund@example.com';

describe.each(chats)('in $name, the bot is down from 14:04 to 20:03', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform, amend: { admins: [henrik] } });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);

  /** Demo requests of 14:03 for Ada, each of which was due 14:18. */
  async function offered(count: number): Promise<string[]> {
    const leads: string[] = [];
    for (const name of ['Dana', 'Eric'].slice(0, count)) {
      leads.push(await demoRequest(world, { firstname: name, hubspot_owner_id: ownerIdOf(world, ada) }));
    }
    await world.pass(1);
    return leads;
  }

  /** @returns the messages that came meanwhile */
  async function down(people: readonly string[]): Promise<string[][]> {
    const before = people.map((person) => chat().conversation(person).length);
    await world.app.stop();
    world.moveTo(new Date('2026-03-02T20:03:00Z'));
    await world.restart();
    await world.app.sweep();
    await world.settle();
    return people.map((person, index) => chat().conversation(person).slice(before[index]));
  }

  const titles = ['Dana', 'Eric'].map((name) => `Demo request: ${name} Ortiz · Northwind Traders`);

  test('of one lead that was missed the rep is reminded of the card, and the manager gets it', async () => {
    const [lead = ''] = await offered(1);
    const { id } = chat().card(ada);
    const [toAda, toGrace] = await down([ada, grace]);
    // The delay was the bot's: she has a little time from now on.
    expect(chat().card(ada).text).toContain('Accept by 3:18 PM');
    // In Teams, where no link leads to it, the card itself comes anew.
    expect(chat().cards(ada)).toHaveLength(1);
    expect([chat().card(ada).id === id, toAda?.length]).toEqual(
      { slack: [true, 1], teams: [false, 0] }[platform],
    );
    expect(chat().card(grace).text).toContain('Ada Okafor has until 3:18 PM');
    expect(toGrace).toEqual([expect.any(String)]);
    expect(chat().bulletins(ada)).toEqual([]);
    // A reminder of what is past helps nobody.
    expect(await happenedTo(world, lead)).not.toContain('reminded');
  });

  test('of several each person gets one message that lists them, and nothing else', async () => {
    const leads = await offered(2);
    const [toAda, toGrace] = await down([ada, grace]);
    for (const messages of [toAda, toGrace]) expect(messages).toHaveLength(1);
    for (const person of [ada, grace]) {
      const [bulletin, ...others] = chat().bulletins(person);
      expect(others).toEqual([]);
      expect(bulletin?.text).toContain('2 leads passed their target while the bot was down');
      expect(bulletin?.items.toSorted()).toEqual(titles);
    }
    expect(chat().cards(grace)).toEqual([]);
    for (const lead of leads) {
      expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'breached', 'resumed']);
    }
  });

  test('what a message lists can be shown, one card at a time', async () => {
    await offered(2);
    await down([]);
    expect(await chat().show(grace, titles[1] ?? '')).toEqual({ answered: true });
    await world.settle();
    expect(chat().cards(grace)).toHaveLength(1);
    expect(chat().card(grace).text).toContain('Eric Ortiz · Northwind Traders');
    expect(chat().card(grace).buttons).toEqual(['reassign', 'takeIt', 'giveGrace', 'ping', 'update', 'open']);
    await chat().press(grace, 'takeIt');
    await world.settle();
    expect(chat().card(grace).buttons).toContain('logTouch');
  });

  test('the ladder begins anew afterwards, at its first rung', async () => {
    const [lead = ''] = await offered(2);
    await down([]);
    await world.pass(9);
    expect((await happenedTo(world, lead)).at(-1)).toBe('resumed');
    await world.pass(7);
    expect(await happenedTo(world, lead)).toEqual([
      ...['offered', 'delivered', 'breached', 'resumed', 'reminded', 'breached', 'escalated'],
    ]);
    expect(
      chat()
        .bulletins(ada)
        .map(({ text }) => text),
    ).toEqual([
      expect.stringContaining('2 leads passed their target while the bot was down'),
      expect.stringContaining('2 leads wait for you'),
    ]);
    expect(chat().cards(grace)).toHaveLength(2);
  });

  test('who has answered a lead is told nothing of it', async () => {
    const [lead = ''] = await offered(1);
    await chat().fill(ada, 'logTouch', { did: 'talked' });
    await world.settle();
    const before = await happenedTo(world, lead);
    expect(await down([ada, grace])).toEqual([[], []]);
    expect(await happenedTo(world, lead)).toEqual(before);
  });

  test('the admins are told once for how long the clock stood, though nothing was missed', async () => {
    // In Teams his client tells its zone with whatever he does.
    await chat().ask(henrik, 'help');
    await world.pass(1);
    const [toHenrik] = await down([henrik]);
    expect(toHenrik).toHaveLength(1);
    const [bulletin] = chat().bulletins(henrik);
    expect(bulletin?.text).toContain('The clock stood still');
    expect(bulletin?.text).toContain('From 2026-03-02T14:04:00Z to 2026-03-02T20:03:00Z (5 hr, 59 min)');
    await world.pass(10);
    expect(chat().bulletins(henrik)).toHaveLength(1);
  });
});
