import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import {
  ada,
  ben,
  createLead,
  grace,
  hubspotSecrets,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

let world: World;
afterEach(() => world.close());

async function demoRequest(): Promise<string> {
  const lead = createLead(world);
  await world.settle();
  requestDemo(world, lead);
  return lead;
}

describe.each(chats)('$name', ({ platform }) => {
  const chat = () => world.in(platform);

  test('that is down delays the card; the clock starts when it arrives, and nobody is blamed', async () => {
    world = await startWorld({ chats: platform });
    await demoRequest();
    chat().fail('post', 'down');
    await world.settle();
    expect(chat().cards(ada)).toEqual([]);

    await world.pass(6);
    await world.retryNow();
    expect(chat().cards(ada)).toHaveLength(1);
    const handoff = await storedHandoff(world.database);
    expect(handoff.respondBy).toEqual(new Date('2026-03-02T14:24:00Z'));
    expect(handoff.ackBreachedAt).toBeNull();
    expect(chat().card(ada).text).toContain('Accept by 9:24 AM');
  });

  test('that is down when the cards should change shows the change when it is back', async () => {
    world = await startWorld({ chats: platform });
    await demoRequest();
    await world.settle();
    await world.pass(16);
    chat().fail('update', 'down');
    chat().fail('update', 'down');
    await chat().press(grace, 'takeIt');
    await world.settle();
    expect(chat().card(ada).text).toContain('Late since 9:18 AM');

    await world.retryNow();
    expect(chat().card(ada).text).toContain('With Grace Whitfield since');
    expect(chat().card(grace).buttons).toEqual([
      'logTouch',
      'disqualify',
      'snooze',
      'reassign',
      'update',
      'open',
    ]);
  });

  test('that takes a card and breaks off before it says so has the card once', async () => {
    world = await startWorld({ chats: platform });
    await demoRequest();
    chat().fail('post', 'dropAfterEffect');
    await world.settle();
    expect(chat().cards(ada)).toHaveLength(1);
    await world.retryNow();
    // Slack finds the message by its mark. In Teams nobody can search, so a second card comes, and the first goes when
    // Ada opens the conversation.
    expect(chat().cards(ada)).toHaveLength({ slack: 1, teams: 2 }[platform]);
    await chat().look(ada);
    await world.settle();
    expect(chat().cards(ada)).toHaveLength(1);

    await chat().press(ada, 'accept');
    await world.settle();
    expect(chat().card(ada).text).toContain('Yours. Reach out by');
  });

  test('that takes a reminder and breaks off before it says so', async () => {
    world = await startWorld({ chats: platform });
    await demoRequest();
    await world.settle();
    await world.pass(9);
    chat().fail('post', 'dropAfterEffect');
    await world.pass(2);
    expect(chat().notified(ada)).toHaveLength(1);
    await world.retryNow();
    expect(chat().told(ada)).toEqual(['Ada Okafor was reminded to answer by 9:18 AM.']);
    // Where nobody can look whether it arrived, once too often is better than never.
    expect(chat().notified(ada)).toHaveLength({ slack: 1, teams: 2 }[platform]);
  });
});

describe('HubSpot', () => {
  const chat = () => world.in('slack');

  test('that is down when the lead is read loses nothing', async () => {
    world = await startWorld({ chats: 'slack' });
    const lead = await demoRequest();
    world.hubspot.failNext({ method: 'GET', path: /contacts/, status: 502, times: 2 });
    await world.settle();
    expect(chat().cards(ada)).toEqual([]);
    await world.retryNow();
    await world.retryNow();
    expect(chat().cards(ada)).toHaveLength(1);
    expect(world.hubspot.object('contacts', lead)?.properties['hs_lead_status']).toBe('NEW');
  });

  test.each([400, 403, 404])('behind a proxy that answers %i for a while loses no lead', async (status) => {
    world = await startWorld({ chats: 'slack' });
    const blocked = { method: 'GET', path: /contacts/, status, body: '<h1>Blocked</h1>' };
    const lead = await demoRequest();
    world.hubspot.failNext(blocked);
    await world.settle();
    expect(chat().cards(ada)).toEqual([]);
    await world.retryNow();
    expect(chat().cards(ada)).toHaveLength(1);

    world.hubspot.failNext(blocked);
    world.hubspot.setProperties('contacts', lead, { jobtitle: 'Head of Sales' });
    await world.settle();
    await world.retryNow();
    expect((await storedHandoff(world.database)).status).toBe('offered');
  });

  test('that creates a task and breaks off before it says so has the task once', async () => {
    world = await startWorld({ chats: 'slack' });
    const lead = await demoRequest();
    world.hubspot.failNext({ method: 'POST', path: /tasks|0-27/, connection: 'drop-after-effect' });
    await world.settle();
    await world.retryNow();
    expect(world.hubspot.objectsOf(lead, 'tasks')).toHaveLength(1);
  });

  test('whose portal lacks one of our properties gets the others, and the log names it', async () => {
    world = await startWorld({ chats: 'slack' });
    await demoRequest();
    const answer = JSON.stringify([{ error: 'PROPERTY_DOESNT_EXIST', name: 'handoff_trigger' }]);
    world.hubspot.failNext({
      method: 'PATCH',
      status: 400,
      body: {
        status: 'error',
        category: 'VALIDATION_ERROR',
        message: `Property values were not valid: ${answer}`,
      },
    });
    await world.settle();
    expect(
      world.log.some((line) => line.includes('propertiesRefused') && line.includes('handoff_trigger')),
    ).toBe(true);
    const handoff = await storedHandoff(world.database);
    const contact = world.hubspot.object('contacts', handoff.leadId)?.properties;
    expect(contact).toMatchObject({ handoff_rep: ada, hs_lead_status: 'NEW' });
    expect(contact?.['handoff_trigger'] ?? null).toBeNull();
  });
});

describe('a rule of the admin of the portal', () => {
  test('that stands against the status costs neither owner nor task, and the log names handoff and property', async () => {
    // Of the older API it binds nobody.
    world = await startWorld({ chats: 'slack', apiVersion: '2026-09' });
    const when = { property: 'hs_lead_status', value: 'NEW' };
    world.hubspot.demand({ type: 'contacts', required: 'country', when });
    await demoRequest();
    await world.settle();
    const handoff = await storedHandoff(world.database);
    expect(world.hubspot.object('contacts', handoff.leadId)?.properties).toMatchObject({
      handoff_rep: ada,
      hubspot_owner_id: ownerIdOf(world, ada),
    });
    expect(world.hubspot.objectsOf(handoff.leadId, 'tasks')).toHaveLength(1);
    const refused = world.log.filter((line) => line.includes('propertiesRefused'));
    expect(refused).toHaveLength(1);
    expect(JSON.parse(refused[0] ?? '')).toMatchObject({
      handoffId: handoff.id,
      properties: ['hs_lead_status'],
    });
    const told = await world.in('slack').ask(ada, `why ${handoff.leadId}`);
    expect(JSON.stringify(told)).toContain('hs_lead_status');
  });
});

describe.each(chats)('the log of the bot in $name', ({ platform }) => {
  test('tells every step by id and never a name, an email, a note or a token', async () => {
    world = await startWorld({ chats: platform });
    const chat = world.in(platform);
    await demoRequest();
    await world.settle();
    await chat.fill(ada, 'logTouch', {
      did: 'talked',
      note: 'secret-word-of-the-note',
    });
    await chat.ask(ada, 'secret-word-of-the-question');
    await world.settle();
    await world.pass(2);
    const log = world.log.join('\n');
    expect(log).toContain('"msg":"delivered"');
    const { slack, teams } = world.secrets;
    const secrets = [
      ...Object.values(hubspotSecrets),
      slack?.botToken,
      slack?.signingSecret,
      teams?.appPassword,
    ];
    for (const word of [
      ...secrets.filter((secret) => typeof secret === 'string'),
      'Dana',
      'Ortiz',
      '@',
      'Okafor',
      'secret-word',
      // What every JSON Web Token begins with.
      'eyJ',
    ]) {
      expect(log).not.toContain(word);
    }
    expect(chat.cards(ben)).toEqual([]);
  });
});
