import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, behind the menu of her card Ada', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
    await demoRequest(world);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const asks = async (label: string) => {
    const before = chat().card(ada).text;
    await chat().chooseOnCard(ada, label);
    await world.settle();
    expect(chat().card(ada).text).toBe(before);
    return chat().answers(ada).at(-1);
  };

  test('asks why she has the lead, and reads what is said to the word, she alone', async () => {
    const typed = await chat().ask(ada, 'why Dana Ortiz');
    expect(typed).toContain('Ada Okafor has Dana Ortiz since');
    expect(await asks('Why Me?')).toBe(typed);
  });

  test('has a first sentence to copy', async () => {
    const said = await asks('Copy Opener');
    expect(said).toContain('Opener: Dana Ortiz · Northwind Traders');
    expect(said).toContain('To write');
    expect(said).toContain('Hi Dana,');
  });
});
