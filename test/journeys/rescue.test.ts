import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, chloe, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, a lead that Ada lets pass is offered to Ben and Chloe', ({ platform }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    world = await startWorld({
      chats: platform,
      amend: { 'escalation.acknowledge': [{ at: '1 min', do: 'offer to team' }] },
    });
    // Noon in New York, nine in Los Angeles.
    world.moveTo(new Date('2026-03-02T17:00:00Z'));
    lead = await demoRequest(world);
    await world.pass(16);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = () => world.hubspot.object('contacts', lead)?.properties ?? {};
  const count = async (type: string) =>
    (await happenedTo(world, lead)).filter((happened) => happened === type).length;

  test('with all they need to know, and one button; until somebody claims it, it is Ada’s', async () => {
    for (const person of [ben, chloe]) {
      const { text, buttons } = chat().card(person);
      expect(text).toContain('Take it first · Ada Okafor has not answered');
      expect(text).toContain('VP Operations');
      expect(buttons).toEqual(['takeIt', 'open']);
    }
    expect(chat().notified(ada).at(-1)).toContain('Ben Castillo and Chloe Nguyen may claim it now');
    expect(chat().card(ada).buttons).toContain('accept');
    expect(contact()).toMatchObject({ handoff_rep: ada, handoff_status: 'offered' });
    expect(chat().cards(grace)).toEqual([]);
  });

  test('raced by two: the first click wins, and the other is told kindly who has it', async () => {
    const cards = { ben: chat().card(ben), chloe: chat().card(chloe) };
    const claims = await Promise.all([
      chat().press(ben, 'takeIt', { card: cards.ben }),
      chat().press(chloe, 'takeIt', { card: cards.chloe }),
    ]);
    expect(claims).toEqual([{ answered: true }, { answered: true }]);
    await world.settle();

    const winner = String(contact()['handoff_rep']);
    const loser = winner === ben ? chloe : ben;
    expect([ben, chloe]).toContain(winner);
    const name = winner === ben ? 'Ben Castillo' : 'Chloe Nguyen';
    expect(chat().refusals(loser)).toEqual([`${name} holds this lead now. Nothing was changed.`]);
    expect(chat().refusals(winner)).toEqual([]);
    expect([await count('accepted'), await count('reassigned')]).toEqual([1, 1]);
    expect(chat().card(winner).text).toContain('Yours. Reach out by 1:16 PM');
    for (const person of [ada, loser]) {
      expect(chat().card(person).text).toContain(`With ${name} since 12:16 PM`);
      expect(chat().card(person).buttons).toEqual(['open']);
    }
    expect(contact()).toMatchObject({ handoff_status: 'accepted', lifecyclestage: 'salesqualifiedlead' });
  });

  test('and the rep accepts after all: it stays theirs, and nobody can claim it any more', async () => {
    const card = chat().card(ben);
    await chat().press(ada, 'accept');
    await world.settle();
    expect(chat().card(ada).text).toContain('Yours. Reach out by 1:16 PM');
    for (const person of [ben, chloe]) expect(chat().card(person).buttons).toEqual(['open']);
    await chat().press(ben, 'takeIt', { card });
    await world.settle();
    expect(chat().refusals(ben)).toEqual(['Ada Okafor holds this lead now. Nothing was changed.']);
    expect(contact()).toMatchObject({ handoff_rep: ada, handoff_status: 'accepted' });
  });

  test('raced by the rep and a team mate: one of them has it, accepted once by whoever it is', async () => {
    const cards = { ada: chat().card(ada), ben: chat().card(ben) };
    await Promise.all([
      chat().press(ada, 'accept', { card: cards.ada }),
      chat().press(ben, 'takeIt', { card: cards.ben }),
    ]);
    await world.settle();
    expect(await count('accepted')).toBe(1);
    const winner = String(contact()['handoff_rep']);
    const loser = winner === ada ? ben : ada;
    expect(chat().refusals(loser)).toEqual([expect.stringContaining('holds this lead now')]);
    expect(chat().card(winner).buttons).toContain('logTouch');
    expect(chat().card(loser).buttons).toEqual(['open']);
  });
});
