import { afterEach, describe, expect, test } from 'vitest';
import { ada, ben, createLead, requestDemo, startWorld, textOf, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

async function demoRequest(): Promise<string> {
  const lead = createLead(world);
  await world.settle();
  requestDemo(world, lead);
  return lead;
}

const cardOf = (person: string) => world.slack.messages(person).at(-1);
const ts = (person: string) => cardOf(person)?.ts ?? '';

describe('Slack', () => {
  test('that is down delays the card; the clock starts when it arrives, and nobody is blamed', async () => {
    world = await startWorld();
    await demoRequest();
    world.slack.failNext({ method: 'chat.postMessage', status: 503, times: 1 });
    await world.settle();
    expect(world.slack.messages(ada)).toEqual([]);

    await world.pass(6);
    await world.retryNow();
    expect(world.slack.messages(ada)).toHaveLength(1);
    const handoff = await world.database.prisma.handoff.findFirstOrThrow();
    expect(handoff.respondBy).toEqual(new Date('2026-03-02T14:24:00Z'));
    expect(handoff.ackBreachedAt).toBeNull();
    expect(JSON.stringify(cardOf(ada)?.blocks)).toContain(String(Date.parse('2026-03-02T14:24:00Z') / 1000));
  });

  test('that takes a card and breaks off before it says so has the card once', async () => {
    world = await startWorld();
    await demoRequest();
    world.slack.failNext({ method: 'chat.postMessage', dropAfterEffect: true, times: 1 });
    await world.settle();
    expect(world.slack.messages(ada)).toHaveLength(1);
    await world.retryNow();
    expect(world.slack.messages(ada)).toHaveLength(1);

    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept' });
    await world.settle();
    expect(textOf(cardOf(ada))).toContain('Accepted');
  });

  test('that takes a line and breaks off has the line once', async () => {
    world = await startWorld();
    await demoRequest();
    await world.settle();
    world.slack.failNext({ method: 'chat.postMessage', dropAfterEffect: true, times: 1 });
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.accept' });
    await world.settle();
    await world.retryNow();
    expect(cardOf(ada)?.replies).toHaveLength(1);
  });
});

describe('HubSpot', () => {
  test('that is down when the lead is read loses nothing', async () => {
    world = await startWorld();
    const lead = await demoRequest();
    world.hubspot.failNext({ method: 'GET', path: /contacts/, status: 502, times: 2 });
    await world.settle();
    expect(world.slack.messages(ada)).toEqual([]);
    await world.retryNow();
    await world.retryNow();
    expect(world.slack.messages(ada)).toHaveLength(1);
    expect(world.hubspot.object('contacts', lead)?.properties['hs_lead_status']).toBe('NEW');
  });

  test('that creates a task and breaks off before it says so has the task once', async () => {
    world = await startWorld();
    const lead = await demoRequest();
    world.hubspot.failNext({ method: 'POST', path: /tasks|0-27/, connection: 'drop-after-effect' });
    await world.settle();
    await world.retryNow();
    expect(world.hubspot.objectsOf(lead, 'tasks')).toHaveLength(1);
  });

  test('whose portal lacks one of our properties gets the others, and the log names it', async () => {
    world = await startWorld();
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
      world.log.some((line) => line.includes('propertiesMissing') && line.includes('handoff_trigger')),
    ).toBe(true);
    const handoff = await world.database.prisma.handoff.findFirstOrThrow();
    const contact = world.hubspot.object('contacts', handoff.leadId)?.properties;
    expect(contact).toMatchObject({ handoff_rep: ada, hs_lead_status: 'NEW' });
    expect(contact?.['handoff_trigger'] ?? null).toBeNull();
  });
});

describe('the log', () => {
  test('tells every step by id and never a name, an email, a note or a token', async () => {
    world = await startWorld();
    await demoRequest();
    await world.settle();
    await world.slack.click(ada, { ts: ts(ada), actionId: 'handoff.form.logTouch' });
    await world.slack.submitView(ada, {
      kind: { value: 'call' },
      outcome: { value: 'connected' },
      note: { value: 'secret-word-of-the-note' },
    });
    await world.settle();
    await world.pass(2);
    const log = world.log.join('\n');
    expect(log).toContain('"msg":"delivered"');
    for (const word of [
      'Dana',
      'Ortiz',
      '@',
      'secret-word-of-the-note',
      'xoxb',
      'pat-test',
      'client-secret',
    ]) {
      expect(log).not.toContain(word);
    }
    expect(world.slack.messages(ben)).toEqual([]);
  });
});
