import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { storedHandoffs } from '../support/stored-handoffs.ts';
import {
  ada,
  createLead,
  demoRequest,
  happenedTo,
  reconciled,
  requestDemo,
  startWorld,
  untold,
  type World,
} from '../support/world.ts';

describe.each(chats)('in $name, the watchman', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
  const handoffs = () => storedHandoffs(world.database);
  const found = async () => {
    const measures = await (await fetch(`${world.app.metricsUrl}/metrics`)).text();
    const lines = measures
      .split('\n')
      .filter((line) => line.startsWith('handoff_found_by_reconciling_total'));
    return lines.filter((line) => !line.endsWith(' 0'));
  };

  test('finds a lead that qualifies and no webhook brought, once', async () => {
    const lead = createLead(world);
    await world.settle();
    untold(world, () => requestDemo(world, lead));
    await world.pass(4);
    expect(chat().cards(ada)).toEqual([]);
    await reconciled(world);
    expect(chat().card(ada).text).toContain('filled in “Request a demo”');
    expect(chat().card(ada).text).toContain('Dana Ortiz · Northwind Traders');
    // The time that was lost is not the rep's.
    expect(chat().card(ada).text).toContain('Accept by 9:22 AM');
    expect(contact(lead)).toMatchObject({ handoff_rep: ada, handoff_status: 'offered' });
    expect(await found()).toEqual(['handoff_found_by_reconciling_total{what="lead"} 1']);

    await world.pass(5);
    await reconciled(world);
    expect(await handoffs()).toHaveLength(1);
    expect(chat().cards(ada)).toHaveLength(1);
  });

  test('finds nothing where every webhook arrived', async () => {
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    const before = await happenedTo(world, lead);
    await world.pass(5);
    await reconciled(world);
    await world.pass(5);
    await reconciled(world);
    expect(await happenedTo(world, lead)).toEqual(before);
    expect(await found()).toEqual([]);
  });
});
