import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, ben, demoRequest, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, words that are not exact', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const choose = async (label: string) => {
    await chat().choose(ada, label);
    await world.settle();
    return chat().answers(ada).at(-1) ?? '';
  };

  test('are answered with a button for what was meant, which does it', async () => {
    expect(await chat().ask(ada, 'vacation tomorrow')).toContain('Did you mean one of these?');
    expect(await choose('Ooo tomorrow')).toContain('Pause your leads?');
  });

  test('for a lead lead to it, by its company and with a typing error, and to nobody else’s', async () => {
    await demoRequest(world);
    expect(await chat().ask(ada, 'why northwnd')).toContain('Did you mean:');
    expect(await choose('Dana Ortiz · Northwind Traders')).toContain('Ada Okafor has Dana Ortiz since');
    expect(await choose('All Rules')).toContain('Demo request');
    expect(await chat().ask(ben, 'why northwnd')).not.toContain('Dana');
  });

  test('of a greeting are greeted, also written as a message', async () => {
    await chat().write(ada, 'Hi!');
    await world.settle();
    expect(chat().conversation(ada).at(-1)).toContain('Hi Ada!');
    await chat().write(ada, 'why Dana & Co <none@nowhere.example>');
    await world.settle();
    expect(chat().conversation(ada).at(-1)).toContain('I know no lead');
  });

  test('help shows examples that work, by a button each', async () => {
    await demoRequest(world);
    expect(await chat().ask(ada, 'help')).toContain('why Dana Ortiz');
    expect(await choose('All Words')).toContain('recycled');
  });
});
