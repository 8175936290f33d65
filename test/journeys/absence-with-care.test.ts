import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, demoRequest, happenedTo, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, a rep who says that they are away', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const holder = (lead: string) => world.hubspot.object('contacts', lead)?.properties['handoff_rep'];
  const choose = async (label: string) => {
    await chat().choose(ada, label);
    await world.settle();
    return chat().answers(ada);
  };

  test('is asked first, goes by a button in the same place, and gets back by Undo what nobody has answered', async () => {
    const lead = await demoRequest(world);
    const question = await chat().ask(ada, 'ooo wednesday');
    expect(question).toContain('1 unanswered lead would go to somebody else: Dana Ortiz.');
    expect(question).toContain('2026-03-04T14:00:00Z');
    await world.settle();
    expect(holder(lead)).toBe(ada);

    const gone = await choose('Go Away');
    expect(gone.filter((one) => one.includes('Pause your leads?'))).toEqual([]);
    expect(gone.at(-1)).toContain('Dana Ortiz went to Ben Castillo');
    expect(holder(lead)).toBe(ben);

    const undone = await choose('Undo');
    expect(undone.at(-1)).toContain('Dana Ortiz is yours again.');
    expect(holder(lead)).toBe(ada);
    expect(chat().card(ada).buttons).toContain('accept');
    expect(await happenedTo(world, lead)).toEqual([
      ...['offered', 'delivered', 'reassigned', 'delivered', 'reassigned', 'delivered'],
    ]);
  });

  test('reads what stays with whoever has answered it meanwhile', async () => {
    const lead = await demoRequest(world);
    await chat().ask(ada, 'ooo wednesday');
    await choose('Go Away');
    await chat().press(ben, 'accept');
    await world.settle();
    const undone = await choose('Undo');
    expect(undone.at(-1)).toContain('Dana Ortiz stays with Ben Castillo, who has answered.');
    expect(holder(lead)).toBe(ben);
  });

  test('and cancels keeps everything, and what they are told is gone', async () => {
    const lead = await demoRequest(world);
    await chat().ask(ada, 'ooo');
    expect((await choose('Cancel')).at(-1)).toBe('Nothing changed You take leads as before.');
    expect(holder(lead)).toBe(ada);
  });

  test('and comes back by a button takes leads again', async () => {
    await chat().ask(ada, 'ooo');
    await choose('Go Away');
    expect(holder(await demoRequest(world))).not.toBe(ada);
    expect((await choose("I'm Back")).at(-1)).toContain("You're back in turn.");
    expect(holder(await demoRequest(world))).toBe(ada);
  });
});
