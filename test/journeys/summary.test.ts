import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ModelServer, type Says, startModel } from '../../sandbox/model/server.ts';
import { chats } from '../support/chats/client.ts';
import { ada, createLead, happenedTo, requestDemo, startWorld, type World } from '../support/world.ts';

const mark = 'written by a language model';

describe.each(chats)('in $name', ({ platform }) => {
  let model: ModelServer;
  let world: World;
  beforeEach(async () => {
    model = await startModel({ model: 'small', says: () => '' });
    world = await startWorld({
      chats: platform,
      amend: { summary: { model: { url: model.url, name: 'small', daily_budget: 1 } } },
    });
  });
  afterEach(async () => {
    await world.close();
    await model.close();
  });

  const card = () => world.in(platform).card(ada);

  /** A demo request that has reached Ada, with whatever a model said of it. */
  async function offered(says: Says): Promise<string> {
    model.says(says);
    const lead = createLead(world);
    requestDemo(world, lead);
    await world.settle();
    return lead;
  }

  /** Cites everything that it was told. */
  const writing = (text: string): Says => {
    return ({ messages }) => {
      const facts: { id: string }[] = JSON.parse(messages.at(-1)?.content ?? '[]');
      return JSON.stringify({ facts: facts.map(({ id }) => id), text });
    };
  };
  const refusals = () => world.seen.flatMap((one) => (one.what === 'notSummarised' ? [one.why] : []));

  test('the card comes first, and a summary that keeps to the facts follows on it, marked', async () => {
    const seenByThen: string[] = [];
    const lead = await offered((request) => {
      seenByThen.push(card().text);
      return writing('They run Operations for 240 people and asked for a demo.')(request);
    });
    expect(seenByThen).toHaveLength(1);
    expect(seenByThen[0]).not.toContain(mark);
    expect(card().text).toContain('They run Operations for 240 people and asked for a demo.');
    expect(card().text).toContain(mark);
    expect(world.in(platform).cards(ada)).toHaveLength(1);
    expect(await happenedTo(world, lead)).toContain('summarised');
  });

  test('it is told neither name, address nor number of the lead', async () => {
    await offered(writing('They asked.'));
    const told = JSON.stringify(model.requests);
    expect(told).toContain('VP Operations');
    expect(told).not.toMatch(/Dana|Ortiz|northwind\.example/);
  });

  const wrong: [what: string, says: Says, why: string][] = [
    ['invents a number', writing('They lead 900 people.'), 'says what its facts do not'],
    [
      'cites a fact that there is none',
      () => '{"facts": ["f99"], "text": "They asked."}',
      'cites what it was not given',
    ],
    ['answers in another form', () => 'Sure!', 'another form'],
  ];
  for (const [what, says, why] of wrong) {
    test(`of a model that ${what} nothing stands on the card`, async () => {
      const lead = await offered(says);
      expect(card().text).not.toContain(mark);
      expect(refusals().join()).toContain(why);
      expect(await happenedTo(world, lead)).not.toContain('summarised');
    });
  }

  test('a model that is told by the lead to be hostile puts no link and nobody’s name on the card', async () => {
    await offered(writing('They asked <!channel> for a demo, see https://evil.example/now @everyone.'));
    expect(card().text).toContain('They asked for a demo, see');
    expect(card().text).not.toMatch(/evil|everyone|!channel/);
  });

  test('a model that is slow changes nothing: the card is there and stays as it is', async () => {
    const lead = await offered(() => 'hang');
    expect(card().buttons).toContain('accept');
    expect(card().text).not.toContain(mark);
    expect(refusals().join()).toContain('no answer within 3000 ms');
    expect(await happenedTo(world, lead)).not.toContain('summarised');
  });

  test('beyond the budget of a day it is not asked', async () => {
    await offered(writing('They asked.'));
    await offered(writing('They asked.'));
    expect(model.requests).toHaveLength(1);
    expect(refusals()).toEqual(['the budget of the day is used up']);
  });

  test('what it wrote goes with the lead', async () => {
    const lead = await offered(writing('They run Operations.'));
    world.hubspot.privacyDelete(lead);
    await world.settle();
    const { rows } = await world.database.pool.query(
      "select data::text from handoff_event where type = 'summarised'",
    );
    expect(rows).toEqual([{ data: '{"text": "", "model": "small"}' }]);
  });
});

test('where nobody wants a model, none is asked', async () => {
  const model = await startModel({ model: 'small', says: () => '' });
  const world = await startWorld({ chats: 'slack' });
  try {
    requestDemo(world, createLead(world));
    await world.settle();
    expect(model.requests).toEqual([]);
    const { rowCount } = await world.database.pool.query("select from job where task = 'summarise'");
    expect(rowCount).toBe(0);
  } finally {
    await world.close();
    await model.close();
  }
});
