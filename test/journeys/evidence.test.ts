import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call, email, meeting, message } from '../../sandbox/hubspot/engagements.ts';
import { chats } from '../support/chats/client.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import {
  ada,
  ben,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  reconciled,
  startWorld,
  type World,
} from '../support/world.ts';

describe.each(chats)('in $name, what Ada does in HubSpot alone', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
  const handoff = () => storedHandoff(world.database);
  const owner = (person: string) => ownerIdOf(world, person);

  async function accepted(): Promise<string> {
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.settle();
    return lead;
  }

  const touches = {
    call: (ownerId: string) => call({ ownerId, result: 'voicemail' }),
    email: (ownerId: string) => email({ ownerId }),
    message: (ownerId: string) => message({ ownerId }),
    meeting: (ownerId: string) => meeting({ ownerId, startsAt: new Date('2026-03-04T15:00:00Z') }),
  };

  const touchedAt = 'You are on it · last touch 9:23 AM · 1 of 6';
  const statuses = {
    call: touchedAt,
    email: touchedAt,
    message: touchedAt,
    meeting: 'Meeting Wed 10:00 AM · nothing is due',
  };

  test.each(Object.keys(touches) as (keyof typeof touches)[])(
    'a webhook tells of her %s: the clock stops, the card says so, and it is logged once',
    async (kind) => {
      const lead = await accepted();
      await world.pass(20);
      const activity = touches[kind](owner(ada));
      world.hubspot.log(activity, { contactId: lead });
      await world.settle();
      expect((await handoff()).firstTouchAt).toEqual(new Date('2026-03-02T14:23:00Z'));
      expect(chat().card(ada).text).toContain(statuses[kind]);
      expect(chat().told(ada).at(-1)).toContain('found in HubSpot');
      expect(contact(lead)).toMatchObject({ handoff_status: 'working' });
      expect(world.hubspot.objectsOf(lead, activity.type)).toHaveLength(1);

      await world.pass(60);
      expect(chat().notified(ada)).toEqual([]);
      expect(chat().cards(grace)).toEqual([]);
    },
  );

  test('counts as her answer as well, though she never touched the card', async () => {
    const lead = await demoRequest(world);
    await world.pass(5);
    world.hubspot.log(call({ ownerId: owner(ada), result: 'connected' }), { contactId: lead });
    await world.settle();
    expect(await handoff()).toMatchObject({
      status: 'working',
      acknowledgedAt: new Date('2026-03-02T14:08:00Z'),
      firstTouchAt: new Date('2026-03-02T14:08:00Z'),
    });
    expect(contact(lead)).toMatchObject({
      hs_lead_status: 'CONNECTED',
      lifecyclestage: 'salesqualifiedlead',
    });
    await world.pass(30);
    expect(chat().cards(grace)).toEqual([]);
  });

  test('too late leaves the breach', async () => {
    const lead = await accepted();
    await world.pass(65);
    world.hubspot.log(call({ ownerId: owner(ada) }), { contactId: lead });
    await world.settle();
    expect(await handoff()).toMatchObject({
      status: 'working',
      touchBreachedAt: new Date('2026-03-02T15:03:00Z'),
      firstTouchAt: new Date('2026-03-02T15:08:00Z'),
    });
  });

  test('is not hers when it is automated, from the lead, somebody else’s, or a note', async () => {
    const lead = await accepted();
    await world.pass(10);
    const [hers, his] = [owner(ada), owner(ben)];
    for (const activity of [
      email({ ownerId: hers, from: 'workflow' }),
      email({ ownerId: hers, from: 'sequence' }),
      email({ ownerId: hers, from: 'lead' }),
      email({ ownerId: hers, status: 'SCHEDULED' }),
      call({ ownerId: hers, direction: 'INBOUND' }),
      call({ ownerId: his, result: 'connected' }),
      call(),
      message({ ownerId: his }),
    ]) {
      world.hubspot.log(activity, { contactId: lead });
    }
    world.hubspot.logEngagement(
      'notes',
      { hs_note_body: 'Ask for her boss', hubspot_owner_id: hers },
      { contactId: lead },
    );
    await world.settle();
    await reconciled(world);
    expect(await handoff()).toMatchObject({ status: 'accepted', firstTouchAt: null });
    expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'accepted']);
  });

  test('is not marketing’s mail, nor that the lead opens it', async () => {
    const lead = await accepted();
    const { segments, mails } = world.hubspot;
    const segment = (name: string) => segments.create({ name, processingType: 'MANUAL' });
    const [invited, nobody] = [segment('Invited'), segment('Nobody')];
    segments.write(invited, { add: [lead] });
    await world.pass(10);
    mails.sendCampaign(mails.create('Invitation'), { to: invited, butNotTo: nobody });
    await world.pass(10);
    mails.open(lead);
    mails.reply(lead);
    await world.settle();
    await reconciled(world);
    expect(contact(lead)).toMatchObject({ hs_email_delivered: '1', hs_email_open: '1' });
    expect(await handoff()).toMatchObject({ status: 'accepted', firstTouchAt: null });
    expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'accepted']);
  });

  test('before the lead was hers does not count', async () => {
    const before = new Date(world.now().getTime() + 600_000);
    const lead = world.hubspot.createContact({ email: 'kim@northwind.example', lifecyclestage: 'lead' });
    world.hubspot.log(call({ ownerId: owner(ada), result: 'connected' }), { contactId: lead });
    await world.settle();
    world.moveTo(before);
    world.hubspot.setProperties('contacts', lead, {
      recent_conversion_event_name: 'Website: Request a demo',
      recent_conversion_date: String(before.getTime()),
    });
    await world.settle();
    await reconciled(world);
    expect(await handoff()).toMatchObject({ leadId: lead, status: 'offered', firstTouchAt: null });
  });
});
