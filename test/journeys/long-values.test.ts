import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, ownerIdOf, startWorld, type World } from '../support/world.ts';

/** As much as a property of HubSpot's holds. */
const longest = 65_536;
const long = (word: string) => `${word} `.repeat(longest).slice(0, longest);

describe.each(chats)('in $name, a lead whose fields are as long as HubSpot lets them be', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  test('gets a card, a task and its touches in HubSpot, at lengths that people read', async () => {
    const chat = world.in(platform);
    const lead = await demoRequest(world, {
      hubspot_owner_id: ownerIdOf(world, ada),
      ...{ firstname: long('Dana'), lastname: long('<&">'), jobtitle: long('VP'), country: long('Far') },
      ...{
        company: long('Northwind'),
        phone: long('555'),
        hs_analytics_last_url: `https://x.example/${long('p')}`.slice(0, longest),
      },
    });
    expect(chat.cards(ada)).toHaveLength(1);
    await chat.fill(ada, 'logTouch', { did: 'noAnswer', note: '<&"> '.repeat(400) });
    await world.settle();
    const [task, ...others] = world.hubspot.objectsOf(lead, 'tasks');
    expect(others).toEqual([]);
    expect(task?.properties['hs_task_subject']).toMatch(/^Follow up: Dana Dana .{100,200}$/);
    expect(task?.properties['hs_task_body']?.length).toBeLessThan(10_000);
    const [call] = world.hubspot.objectsOf(lead, 'calls');
    expect(call?.properties['hs_call_body']).toContain('&lt;&amp;&quot;&gt;');
    expect(world.hubspot.object('contacts', lead)?.properties).toMatchObject({ handoff_status: 'working' });
    const failed = await world.database.prisma.job.findMany({ where: { lastError: { not: null } } });
    expect(failed).toEqual([]);
  });
});
