import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, grace, ownerIdOf, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, where a rep is set away after two cards in a row', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    const ladder = [{ at: '1 h', do: 'tell manager' }];
    const amend = { silent_after: 2, 'escalation.acknowledge': ladder };
    world = await startWorld({ chats: platform, amend });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const holder = (lead: string) => world.hubspot.object('contacts', lead)?.properties['handoff_rep'];
  /** A lead of Ada's own. */
  const forAda = () => demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });

  /** One after the other, each of which is due a quarter of an hour later. */
  async function letPass(count: number): Promise<string[]> {
    const leads: string[] = [];
    for (let passed = 0; passed < count; passed += 1) {
      leads.push(await forAda());
      await world.pass(16);
    }
    return leads;
  }

  test('a rep who lets them pass is set away, told so and how to come back, and the manager is told', async () => {
    await letPass(1);
    await forAda();
    await world.pass(14);
    expect(chat().bulletins(ada)).toEqual([]);
    await world.pass(1);
    const [told, ...more] = chat().bulletins(ada);
    expect(more).toEqual([]);
    expect(told?.text).toContain('Your leads are paused');
    expect(told?.text).toContain('You did not answer the last 2 cards');
    expect(
      chat()
        .bulletins(grace)
        .map(({ text }) => text),
    ).toEqual([expect.stringContaining('The leads of Ada Okafor are paused')]);
  });

  test('what they have not answered goes to others, what they have accepted stays, and no new leads come', async () => {
    const accepted = await forAda();
    await chat().press(ada, 'accept');
    await world.settle();
    const passed = [...(await letPass(1)), await forAda()];
    await world.pass(10);
    const waiting = await forAda();
    expect(holder(waiting)).toBe(ada);
    await world.pass(5);
    expect(holder(accepted)).toBe(ada);
    for (const lead of [...passed, waiting]) expect(holder(lead)).not.toBe(ada);
    expect(chat().card(ada).text).toMatch(/With .+ since/);
    expect(chat().card(ada).buttons).toEqual(['open']);
    expect(holder(await forAda())).not.toBe(ada);
    expect(holder(await demoRequest(world))).not.toBe(ada);
  });

  test('back they take leads again, and the count begins anew', async () => {
    await letPass(2);
    await chat().choose(ada, "I'm Back");
    await world.settle();
    expect(chat().answers(ada).at(-1)).toContain("You're back in turn");
    expect(chat().bulletins(ada).at(-1)?.text).toContain('Your leads are paused');
    const [lead = ''] = await letPass(1);
    expect(holder(lead)).toBe(ada);
    expect(chat().bulletins(ada)).toHaveLength(1);
  });
});
