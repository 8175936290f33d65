import { afterEach, describe, expect, test } from 'vitest';
import { email, meeting } from '../../sandbox/hubspot/engagements.ts';
import { chats } from '../support/chats/client.ts';
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

const onAccept = {
  when: 'accept',
  sequence: 'Hello',
  opted_in: { property: { sales_mail: ['yes'] } },
};
const agreed = { sales_mail: 'yes', country: 'United States', state: 'New York' };

let world: World;
afterEach(() => world.close());

describe.each(chats)('in $name, a lead that Ada accepts', ({ platform }) => {
  const chat = () => world.in(platform);

  /** Everybody has a seat, a connected mailbox and a sequence of their own. */
  async function start({ intro = onAccept as object, equipped = true } = {}): Promise<void> {
    world = await startWorld({ chats: platform, amend: { intro: [intro] } });
    const { hubspot } = world;
    hubspot.defineProperty('contacts', {
      name: 'sales_mail',
      label: 'Sales mail',
      type: 'string',
      fieldType: 'text',
    });
    if (!equipped) return;
    for (const person of [ada, ben, grace]) {
      const ownerId = ownerIdOf(world, person);
      hubspot.sequences.equip(ownerId);
      hubspot.sequences.create({ ownerId, name: 'Hello', subject: 'Glad you asked', text: 'Hi!' });
    }
  }

  async function accepted(properties: Record<string, string> = agreed): Promise<string> {
    const lead = await demoRequest(world, properties);
    await chat().press(ada, 'accept');
    await world.settle();
    return lead;
  }

  /** Minutes go by, and HubSpot sends what it has to send. */
  async function pass(minutes: number): Promise<void> {
    await world.pass(minutes);
    world.hubspot.catchUp();
    await world.settle();
  }

  const enrolled = () =>
    world.hubspot.sequences.enrolled.map(({ contactId, senderEmail }) => [contactId, senderEmail]);
  const askedOfSequences = () =>
    world.hubspot.requests.filter(({ path }) => path.startsWith('/automation/')).length;
  const intros = async (lead: string) =>
    (await happenedTo(world, lead)).filter((type) => type.startsWith('intro'));

  test('is greeted from her mailbox, once, and her card and its thread say so', async () => {
    await start();
    const lead = await accepted();
    await pass(1);
    expect(enrolled()).toEqual([[lead, ada]]);
    expect(chat().card(ada).text).toContain('Sent from your mailbox, 9:04 AM');
    expect(chat().told(ada).at(-1)).toBe('An intro was sent from the mailbox of Ada Okafor.');
    expect(chat().notified(ada)).toEqual([]);

    // The rep's sequences are looked through, and the lead is enrolled.
    expect(askedOfSequences()).toBe(2);
    await pass(30);
    expect(enrolled()).toHaveLength(1);
    expect(askedOfSequences()).toBe(2);
    const [mail, ...others] = world.hubspot.objectsOf(lead, 'emails');
    expect(others).toEqual([]);
    expect(mail?.properties['hs_email_headers']).toContain(ada);
  });

  test('is not touched by that: the clock runs on, and the first touch is still asked for', async () => {
    await start();
    const lead = await accepted();
    await pass(61);
    expect(world.hubspot.objectsOf(lead, 'emails')).toHaveLength(1);
    expect(await happenedTo(world, lead)).not.toContain('touched');
    expect(chat().told(ada)).toContain('Ada Okafor accepted, but had not reached out by 10:03 AM.');
  });

  test.each<[string, Record<string, string>, string]>([
    ['has not agreed to it', { ...agreed, sales_mail: 'no' }, 'the lead has not agreed to get mail'],
    ['has opted out', { ...agreed, hs_email_optout: 'true' }, 'the lead has opted out of mail'],
  ])('is not greeted when it %s, and the card says why, once', async (_, properties, why) => {
    await start();
    const lead = await accepted(properties);
    await pass(30);
    expect(enrolled()).toEqual([]);
    expect(askedOfSequences()).toBe(0);
    expect(chat().card(ada).text).toContain(`Not sent: ${why}`);
    expect(
      chat()
        .told(ada)
        .filter((line) => line === `No intro was sent: ${why}.`),
    ).toHaveLength(1);
    expect(await intros(lead)).toEqual(['introNotSent']);
  });

  test('is not greeted while it is in another sequence', async () => {
    await start();
    const lead = await demoRequest(world, agreed);
    world.hubspot.sequences.enrolByHand(ownerIdOf(world, ben), lead);
    await chat().press(ada, 'accept');
    await pass(30);
    expect(enrolled()).toEqual([[lead, ben]]);
    expect(chat().card(ada).text).toContain('Not sent: the lead is in a sequence already');
  });

  test('is greeted in its own morning', async () => {
    await start();
    const lead = await accepted({ ...agreed, state: 'Illinois' });
    await pass(56);
    expect(enrolled()).toEqual([]);
    await pass(1);
    expect(world.hubspot.sequences.enrolled).toMatchObject([
      { contactId: lead, senderEmail: ada, at: new Date('2026-03-02T15:00:00Z') },
    ]);
  });

  test.each<[string, (lead: string) => unknown]>([
    ['has answered', (lead) => world.hubspot.log(email({ from: 'lead' }), { contactId: lead })],
    [
      'has booked a meeting',
      (lead) =>
        world.hubspot.log(
          meeting({ startsAt: new Date('2026-03-04T15:00:00Z'), ownerId: ownerIdOf(world, ada) }),
          { contactId: lead },
        ),
    ],
    ['was called', () => chat().fill(ada, 'logTouch', { did: 'talked', note: '' })],
  ])('is not greeted any more in its morning when it %s before', async (_, happens) => {
    await start();
    const lead = await accepted({ ...agreed, state: 'Illinois' });
    await pass(20);
    await happens(lead);
    await world.settle();
    await pass(60);
    expect(enrolled()).toEqual([]);
  });

  test('is greeted once, although the answer to it is lost', async () => {
    await start();
    const lead = await accepted();
    world.hubspot.failNext({ method: 'POST', path: /enrollments$/, connection: 'drop-after-effect' });
    await pass(1);
    expect(await intros(lead)).toEqual([]);
    await pass(2);
    await world.retryNow();
    expect(enrolled()).toEqual([[lead, ada]]);
    expect(await intros(lead)).toEqual(['introSent']);
    expect(chat().card(ada).text).toContain('Sent from your mailbox, 9:04 AM');
  });

  test('is greeted as soon as she has it, where the policy says so', async () => {
    await start({ intro: { ...onAccept, when: 'offer' } });
    const lead = await demoRequest(world, agreed);
    await pass(1);
    expect(enrolled()).toEqual([[lead, ada]]);
    await chat().press(ada, 'accept');
    await pass(5);
    expect(enrolled()).toHaveLength(1);
  });

  test('is not greeted again by another handoff within ninety days', async () => {
    await start();
    const lead = await accepted();
    await pass(1);
    await chat().fill(ada, 'disqualify', { reason: 'other', note: 'Asks again later' });
    // The enrolment is over by then, so that HubSpot itself would not refuse.
    await pass(2 * 1440);
    world.hubspot.setProperties(
      'contacts',
      lead,
      {
        recent_conversion_event_name: 'Website: Contact sales',
        recent_conversion_date: String(world.now().getTime()),
      },
      { source: 'FORM' },
    );
    await world.settle();
    await chat().press(ada, 'accept');
    await pass(1);
    expect(enrolled()).toHaveLength(1);
    expect(chat().card(ada).text).toContain('Not sent: the lead got one Mon 9:04 AM');
  });

  test('is not greeted by somebody without a seat, which the admins hear of once', async () => {
    await start({ equipped: false });
    const lead = await accepted();
    await pass(1);
    expect(chat().card(ada).text).toContain('Not sent: the rep may not use sequences in HubSpot');
    expect(await intros(lead)).toEqual(['introNotSent']);
    await pass(1);
    const bulletins = chat()
      .bulletins(grace)
      .filter(({ text }) => text.includes('No intro goes out for Ada Okafor'));
    expect(bulletins).toHaveLength(1);
  });
});

test('without intros in the policy HubSpot is asked nothing about sequences', async () => {
  world = await startWorld({ chats: 'slack' });
  const lead = await demoRequest(world);
  await world.in('slack').press(ada, 'accept');
  await world.pass(30);
  expect(world.hubspot.requests.filter(({ path }) => path.startsWith('/automation/'))).toEqual([]);
  expect(await happenedTo(world, lead)).not.toContain('introNotSent');
});
