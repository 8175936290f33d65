import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import {
  ada,
  createLead,
  happenedTo,
  outOfOffice,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

// It is three past nine in New York; ten is 15:00 UTC, and four hours later 19:00.
describe.each(chats)('in $name, where leads with a score come at ten', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform, amend: { 'triggers.4.deliver': 'digest at 10:00' } });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
  const taskOf = (id: string) => world.hubspot.objectsOf(id, 'tasks').map(({ properties }) => properties);
  /** A lead of Ada's whose score reaches sixty. */
  const scored = async (firstname: string) => {
    const lead = createLead(world, { firstname, hubspot_owner_id: ownerIdOf(world, ada) });
    world.hubspot.setProperties('contacts', lead, { lead_score: '60' });
    await world.settle();
    return lead;
  };
  const untilTen = () => world.pass(57);

  test('they are assigned at once and come in one message, and their target counts from it', async () => {
    const dana = await scored('Dana');
    await world.pass(1);
    const leads = [dana, await scored('Kim')];
    await world.pass(55);
    expect([chat().cards(ada), chat().bulletins(ada)]).toEqual([[], []]);
    for (const lead of leads) {
      expect(contact(lead)).toMatchObject({ handoff_rep: ada, hs_lead_status: 'NEW' });
      expect(taskOf(lead)).toMatchObject([{ hs_timestamp: '2026-03-02T19:00:00Z' }]);
    }
    await world.pass(1);
    const [digest, ...others] = chat().bulletins(ada);
    expect(others).toEqual([]);
    expect(digest?.text).toContain('2 leads for you');
    expect(digest?.text).toContain('Score reached · accept by 2026-03-02T19:00:00Z');
    expect(digest?.text).toMatch(/Dana Ortiz · Northwind Traders.*Kim Ortiz · Northwind Traders/);
    expect(chat().cards(ada)).toEqual([]);
    for (const lead of leads) expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered']);
  });

  test('a card is there for whoever wants it, and with the first reminder', async () => {
    await scored('Dana');
    await world.pass(1);
    const kim = await scored('Kim');
    await world.pass(56);
    await chat().choose(ada, 'Show Card');
    await world.settle();
    expect(chat().cards(ada)).toHaveLength(1);
    expect(chat().card(ada).text).toContain('Dana Ortiz');
    await chat().press(ada, 'accept');
    await world.pass(4 * 60 - 4);
    expect(chat().cards(ada)).toHaveLength(2);
    expect(chat().card(ada).text).toContain('Kim Ortiz');
    expect(await happenedTo(world, kim)).toEqual(['offered', 'delivered', 'reminded']);
  });

  test('one is accepted where it is listed: it is the rep’s, and its card says what is next', async () => {
    const dana = await scored('Dana');
    await untilTen();
    await chat().choose(ada, 'Accept');
    await world.settle();
    expect(await happenedTo(world, dana)).toEqual(['offered', 'delivered', 'accepted']);
    expect(chat().cards(ada)).toHaveLength(1);
    expect(chat().card(ada).buttons).toContain('logTouch');
    expect(chat().bulletins(ada)).toHaveLength(1);
  });

  test('one that asks for a demo meanwhile comes at once, and is not told again', async () => {
    const dana = await scored('Dana');
    await scored('Kim');
    await world.pass(10);
    requestDemo(world, dana);
    await world.settle();
    expect(chat().card(ada).text).toContain('Dana Ortiz');
    expect(chat().card(ada).text).toContain('Accept by 9:28 AM');
    expect(taskOf(dana)).toMatchObject([{ hs_timestamp: '2026-03-02T14:28:00Z' }]);
    await world.pass(47);
    const [digest, ...others] = chat().bulletins(ada);
    expect(others).toEqual([]);
    expect(digest?.text).toContain('1 lead for you');
    expect(digest?.text).toContain('Kim Ortiz');
    expect(digest?.text).not.toContain('Dana Ortiz');
  });

  test('those of somebody who is away by then come to whoever gets them', async () => {
    const lead = await scored('Dana');
    await outOfOffice(world, ada, new Date('2026-03-04T14:00:00Z'));
    const holder = contact(lead)['handoff_rep'] ?? '';
    expect(holder).not.toBe(ada);
    expect(chat().bulletins(holder)).toEqual([]);
    await untilTen();
    expect(chat().bulletins(ada)).toEqual([]);
    expect(chat().bulletins(holder)).toMatchObject([
      { text: expect.stringContaining('Dana Ortiz · Northwind Traders') },
    ]);
  });

  test('they come once though the bot stops right before and after', async () => {
    await scored('Dana');
    await world.restart();
    await untilTen();
    await world.restart();
    await world.app.sweep();
    await world.settle();
    expect(chat().bulletins(ada)).toHaveLength(1);
  });
});
