import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, happenedTo, ownerIdOf, startWorld, type World } from '../support/world.ts';

describe.each(chats)('a reminder in $name', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform, amend: { thread: 'important' } });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);

  /** Demo requests for Ada, of which she is reminded at the same time. */
  async function reminded(...firstNames: string[]): Promise<string[]> {
    const leads: string[] = [];
    for (const firstname of firstNames) {
      leads.push(await demoRequest(world, { firstname, hubspot_owner_id: ownerIdOf(world, ada) }));
    }
    await world.pass(11);
    return leads;
  }

  test('takes the answer itself, and is one line afterwards', async () => {
    const [lead = ''] = await reminded('Dana');
    const offer = '5 min left to accept Dana Ortiz · Northwind Traders (Demo request, 240 people).';
    expect(chat().notified(ada)).toEqual([`${offer} Accept Hand Back Show Card`]);
    expect(await chat().choose(ada, 'Accept')).toEqual({ answered: true });
    await world.settle();
    expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'reminded', 'accepted']);
    expect(chat().card(ada).text).toContain('Yours. Reach out by');
    expect(chat().notified(ada)).toEqual(['Dana Ortiz · Northwind Traders: accepted 9:14 AM.']);
  });

  test('opens the form to hand the lead back', async () => {
    const [lead = ''] = await reminded('Dana');
    await chat().choose(ada, 'Hand Back');
    expect(chat().hasOpen(ada, 'handBack')).toBe(true);
    expect(await chat().fill(ada, 'handBack', { reason: 'wrong_territory' })).toEqual({
      ok: true,
      errors: {},
    });
    await world.settle();
    expect(await happenedTo(world, lead)).toContain('handedBack');
    expect(chat().notified(ada).join()).not.toContain('Accept');
  });

  test('is a line, too, once the answer was given on the card', async () => {
    await reminded('Dana');
    await chat().press(ada, 'accept');
    await world.settle();
    expect(chat().notified(ada)).toEqual(['Dana Ortiz · Northwind Traders: accepted 9:14 AM.']);
  });

  test('of several leads is one message, in which each is answered by itself', async () => {
    await reminded('Dana', 'Eric');
    const said = () =>
      chat()
        .bulletins(ada)
        .map(({ text }) => text);
    const offer = (name: string) =>
      `5 min left to accept ${name} Ortiz · Northwind Traders (Demo request, 240 people).`;
    const [first, second] =
      said().join().indexOf('Dana') < said().join().indexOf('Eric') ? ['Dana', 'Eric'] : ['Eric', 'Dana'];
    const buttons = 'Accept Hand Back Show Card';
    expect(said()).toEqual([`2 leads wait for you ${offer(first)} ${buttons} ${offer(second)} ${buttons}`]);
    await chat().choose(ada, 'Accept');
    await world.settle();
    expect(said()).toEqual([
      `2 leads wait for you ${first} Ortiz · Northwind Traders: accepted 9:14 AM. ${offer(second)} ${buttons}`,
    ]);
    await chat().choose(ada, 'Accept');
    await world.settle();
    expect(said().join()).not.toContain('Accept');
    expect(said().join()).toContain(`${second} Ortiz · Northwind Traders: accepted 9:14 AM.`);
  });
});
