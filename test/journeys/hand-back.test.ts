import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { goAway } from '../support/chats/go-away.ts';
import {
  ada,
  ben,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  startWorld,
  type World,
} from '../support/world.ts';

const dario = 'dario.rossi@example.com';
const elif = 'elif.demir@example.com';

describe.each(chats)('in $name, a lead that Ada hands back', ({ platform }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    const ladder = [
      { at: '0 min', do: 'tell manager' },
      { at: '5 min', do: { reassign: 'routing' } },
    ];
    world = await startWorld({ chats: platform, amend: { 'escalation.acknowledge': ladder } });
    lead = await demoRequest(world);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = () => world.hubspot.object('contacts', lead)?.properties ?? {};
  const handBack = async (person: string, values: Readonly<Record<string, string>>) => {
    const filled = await chat().fill(person, 'handBack', values);
    await world.settle();
    return filled;
  };

  test('goes to somebody else at once, with a new target, and HubSpot follows', async () => {
    expect(await handBack(ada, { reason: 'no_capacity' })).toEqual({ ok: true, errors: {} });
    expect(chat().card(ada).text).toContain('With Ben Castillo since 9:03 AM');
    expect(chat().card(ada).buttons).toEqual(['open']);
    expect(chat().told(ada)).toEqual([
      expect.stringContaining('Ada Okafor handed the lead back: No time for it'),
      expect.stringContaining('Ben Castillo has it now'),
    ]);
    expect(chat().card(ben).text).toContain('Accept by 9:18 AM');
    expect(chat().card(ben).buttons).toContain('accept');
    expect(contact()).toMatchObject({
      handoff_rep: ben,
      handoff_status: 'offered',
      hubspot_owner_id: ownerIdOf(world, ben),
    });
    expect(await happenedTo(world, lead)).toEqual([
      ...['offered', 'delivered', 'handedBack', 'reassigned', 'delivered'],
    ]);
  });

  test('for a reason that means nothing by itself needs a note, and stays until there is one', async () => {
    const bare = await handBack(ada, { reason: 'conflict' });
    expect(bare).toEqual({ ok: false, errors: { note: expect.any(String) } });
    expect(contact()['handoff_rep']).toBe(ada);
    await handBack(ada, { reason: 'conflict', note: 'Dana is my cousin' });
    expect(contact()['handoff_rep']).toBe(ben);
    expect(chat().told(ada)[0]).toContain('handed the lead back: Conflict of interest. "Dana is my cousin"');
  });

  test('after it was accepted is to be accepted anew', async () => {
    await chat().press(ada, 'accept');
    await world.settle();
    await handBack(ada, { reason: 'no_capacity' });
    expect(contact()).toMatchObject({ handoff_rep: ben, handoff_status: 'offered' });
    await chat().press(ben, 'accept');
    await world.settle();
    expect(contact()).toMatchObject({ handoff_rep: ben, handoff_status: 'accepted' });
  });

  test('comes to none who has had it, also when it comes round again', async () => {
    await handBack(ada, { reason: 'no_capacity' });
    await handBack(ben, { reason: 'no_capacity' });
    expect(contact()['handoff_rep']).toBe(dario);
    // The ladder gives it to somebody else once more.
    await world.pass(21);
    expect(contact()['handoff_rep']).toBe(elif);
    const had = await world.database.prisma.assignment.findMany({ orderBy: { seq: 'asc' } });
    expect(had.map(({ rep }) => rep)).toEqual([ada, ben, dario, elif]);
  });

  test.each([
    ['no_capacity', 'costs Ada the turn: the next lead is Ben’s', ben],
    ['wrong_territory', 'was none of hers, and the next lead is', ada],
  ])('as %s %s', async (reason, _what, next) => {
    await handBack(ada, { reason });
    const second = await demoRequest(world);
    expect(world.hubspot.object('contacts', second)?.properties['handoff_rep']).toBe(next);
  });

  test('and that nobody else could take stays, which the rep is told', async () => {
    for (const person of [ben, dario, elif]) await goAway(chat(), person);
    await world.pass(16);
    await chat().press(grace, 'takeIt');
    await world.settle();
    await chat().fill(grace, 'reassign', { to: ada });
    await world.settle();
    const filled = await handBack(ada, { reason: 'no_capacity' });
    expect(filled.ok).toBe(false);
    expect(filled.errors['reason']).toBe(
      'There is nobody else who could take this lead now, so it stays with you. Your manager can reassign it.',
    );
    expect(contact()['handoff_rep']).toBe(ada);
  });
});
