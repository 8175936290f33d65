import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { email } from '../../sandbox/hubspot/engagements.ts';
import { chats } from '../support/chats/client.ts';
import { goAway } from '../support/chats/go-away.ts';
import {
  ada,
  ben,
  createLead,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

const dayMinutes = 24 * 60;

describe.each(chats)('in $name, a lead that is sent back', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
  const settle = <T>(done: T) => world.settle().then(() => done);
  const disqualify = async (person: string, values: Record<string, string>) =>
    settle(await chat().fill(person, 'disqualify', values));

  describe('because its time has not come', () => {
    const note = 'Budget opens in June';

    test('goes back to nurture for ninety days, and comes back to the same rep with what was said', async () => {
      const lead = await demoRequest(world);
      await chat().press(ada, 'accept');
      await world.settle();
      expect(contact(lead)).toMatchObject({ lifecyclestage: 'salesqualifiedlead' });
      await disqualify(ada, { reason: 'timing', note });
      expect(contact(lead)).toMatchObject({
        lifecyclestage: 'lead',
        hs_lead_status: 'BAD_TIMING',
        handoff_outcome: 'recycled',
        handoff_disqualify_reason: 'timing',
        handoff_disqualify_note: note,
        handoff_disqualified_by: ada,
        handoff_revisit_at: '2026-06-01T13:00:00Z',
        handoff_times_recycled: '1',
      });
      expect(chat().card(ada).text).toContain('Back to nurture by you 9:03 AM: Wrong timing');
      expect(await chat().ask(ada, 'recycled')).toContain(note);

      await world.pass(90 * dayMinutes);
      const { text, buttons } = chat().card(ada);
      expect(chat().cards(ada)).toHaveLength(1);
      await world.pass(dayMinutes);
      expect(chat().cards(ada)).toHaveLength(2);
      expect(text).not.toBe(chat().card(ada).text);
      expect(buttons).not.toContain('accept');
      const back = chat().card(ada);
      expect(back.text).toContain('back: the day set for it has come');
      expect(back.text).toContain('Dana Ortiz');
      expect(back.text).toContain(`you sent it back: Wrong timing, “${note}”`);
      expect(back.buttons).toContain('accept');
      expect(contact(lead)).toMatchObject({ handoff_status: 'offered' });
      expect(contact(lead)).not.toHaveProperty('handoff_disqualify_reason');
      expect(await chat().ask(ada, 'recycled')).toContain('Nobody sleeps');
    });

    test('comes back on a day of the rep’s own, and on no day of the past', async () => {
      const lead = await demoRequest(world);
      const past = { reason: 'timing', revisit: 'day', revisitOn: '2026-03-01' };
      expect(await disqualify(ada, past)).toMatchObject({
        ok: false,
        errors: { revisitOn: expect.any(String) },
      });
      expect(await disqualify(ada, { revisitOn: '2026-03-10' })).toMatchObject({ ok: true });
      expect(contact(lead)['handoff_revisit_at']).toBe('2026-03-10T13:00:00Z');
      await world.pass(8 * dayMinutes);
      expect(chat().card(ada).text).toContain('back: the day set for it has come');
      expect(chat().card(ada).text).toContain('Dana Ortiz');
    });

    test('is woken early by a look at the prices', async () => {
      const lead = await demoRequest(world);
      await disqualify(ada, { reason: 'timing', note });
      await world.pass(30 * dayMinutes);
      world.hubspot.setProperties(
        'contacts',
        lead,
        {
          hs_analytics_last_url: 'https://www.example.com/pricing',
          hs_analytics_num_page_views: '9',
          hs_analytics_num_visits: '4',
          hs_analytics_last_visit_timestamp: world.now().toISOString(),
        },
        { source: 'ANALYTICS' },
      );
      await world.settle();
      expect(chat().cards(ada)).toHaveLength(2);
      const { text } = chat().card(ada);
      expect(text).toContain('back: looked at Pricing');
      expect(text).toContain('Dana Ortiz');
      expect(text).toContain(note);
    });

    test('is woken early by a mail of theirs', async () => {
      const lead = await demoRequest(world);
      await disqualify(ada, { reason: 'timing', note });
      await world.pass(30 * dayMinutes);
      const { properties, ...mail } = email({
        from: 'lead',
        subject: 'Re: Budget',
        text: 'It is June already!',
      });
      const hs_timestamp = world.now().toISOString();
      world.hubspot.log({ ...mail, properties: { hs_timestamp, ...properties } }, { contactId: lead });
      await world.settle();
      expect(chat().card(ada).text).toContain('back: wrote to us');
      expect(chat().card(ada).text).toContain('Dana Ortiz');
    });

    test('goes to somebody else when its rep is away on that day', async () => {
      await demoRequest(world);
      await disqualify(ada, { reason: 'timing', revisit: '30' });
      await world.pass(29 * dayMinutes);
      await goAway(chat(), ada);
      await world.pass(dayMinutes);
      expect(chat().cards(ada)).toHaveLength(1);
      expect(chat().card(ben).text).toContain('back: the day set for it has come');
      expect(chat().card(ben).text).toContain('Dana Ortiz');
      expect(chat().card(ben).text).toContain('Ada Okafor sent it back');
    });

    test('after three times comes back by a stronger sign alone', async () => {
      const lead = await demoRequest(world);
      for (let times = 1; times <= 3; times += 1) {
        await disqualify(ada, { reason: 'timing', revisit: '30' });
        expect(contact(lead)['handoff_times_recycled']).toBe(String(times));
        await world.pass(30 * dayMinutes);
        for (let days = 0; days < 3 && chat().cards(ada).length === times; days += 1)
          await world.pass(dayMinutes);
        expect(chat().cards(ada)).toHaveLength(times + 1);
      }
      await disqualify(ada, { reason: 'timing', revisit: '30' });
      await world.pass(60 * dayMinutes);
      expect(chat().cards(ada)).toHaveLength(4);
      requestDemo(world, lead);
      await world.settle();
      expect(chat().cards(ada)).toHaveLength(5);
    });
  });

  test('because it is another territory’s is with somebody else within seconds, and the turn comes back', async () => {
    const lead = await demoRequest(world);
    await disqualify(ada, { reason: 'wrong_segment', note: 'They are in Seattle' });
    expect(await happenedTo(world, lead)).toEqual([
      'offered',
      'delivered',
      'handedBack',
      'reassigned',
      'delivered',
    ]);
    expect(chat().card(ben).text).toContain('Accept by 9:18 AM · filled in “Request a demo”');
    expect(chat().card(ben).text).toContain('Dana Ortiz');
    expect(contact(lead)['hubspot_owner_id']).toBe(ownerIdOf(world, ben));
    const second = await demoRequest(world, { email: 'second@northwind.example', firstname: 'Eve' });
    expect(await happenedTo(world, second)).toContain('offered');
    expect(chat().card(ada).text).toContain('Eve');
  });

  test('as a duplicate of another contact is linked with it in a note on both', async () => {
    const other = createLead(world, { email: 'd.ortiz@northwind.example', firstname: 'D.' });
    const lead = await demoRequest(world);
    const bare = await disqualify(ada, { reason: 'duplicate' });
    expect(bare).toMatchObject({ ok: false, errors: { other: expect.any(String) } });
    expect(await chat().search(ada, 'disqualify', 'other', 'd.ortiz')).toEqual([
      expect.stringContaining('d.ortiz@northwind.example'),
    ]);
    expect(await disqualify(ada, { other })).toMatchObject({ ok: true });
    for (const id of [lead, other]) {
      const bodies = world.hubspot.objectsOf(id, 'notes').map(({ properties }) => properties['hs_note_body']);
      expect(bodies).toEqual([expect.stringContaining('these two contacts are the same')]);
    }
    expect(contact(lead)).toMatchObject({ handoff_disqualify_reason: 'duplicate' });
    // The turn did not count: the next lead is Ada's again.
    await demoRequest(world, { email: 'next@northwind.example', firstname: 'Eve' });
    expect(chat().card(ada).text).toContain('Eve');
  });

  test('as unresponsive at two of six attempts is refused, with how many there were', async () => {
    const lead = await demoRequest(world);
    for (const did of ['noAnswer', 'voicemail']) {
      await settle(await chat().fill(ada, 'logTouch', { did }));
      await world.pass(1);
    }
    expect(await chat().choices(ada, 'disqualify')).toContain('Does not answer (2 of 6 attempts)');
    const early = await disqualify(ada, { reason: 'no_answer' });
    expect(early).toMatchObject({
      ok: false,
      errors: { reason: expect.stringContaining('2 of 6 attempts') },
    });
    expect(contact(lead)['handoff_status']).toBe('working');
  });

  test('does not come back seconds later by a weaker trigger', async () => {
    const lead = await demoRequest(world);
    await disqualify(ada, { reason: 'not_a_fit' });
    await world.pass(1);
    world.hubspot.setProperties('contacts', lead, { lead_score: '60' });
    await world.settle();
    expect(chat().cards(ada)).toHaveLength(1);
    expect(await chat().ask(grace, `why ${lead}`)).toContain('Not a fit: locked until');
  });

  test('goes on where it was when its manager overturns that', async () => {
    const lead = await demoRequest(world);
    await chat().press(ada, 'accept');
    await world.pass(10);
    await disqualify(ada, { reason: 'not_a_fit', note: 'Too small' });
    expect(await chat().ask(ada, `overturn ${lead}`)).toContain('Only Grace Whitfield can decide this');
    await world.pass(30);
    expect(await chat().ask(grace, `overturn ${lead}`)).toContain('goes on with it');
    await world.settle();
    expect(chat().card(ada).text).toContain('Yours. Reach out by 10:33 AM');
    expect(chat().notified(ada).at(-1)).toContain('Grace Whitfield thinks otherwise');
    expect(contact(lead)).toMatchObject({
      hs_lead_status: 'OPEN',
      handoff_status: 'accepted',
    });
    expect(contact(lead)).not.toHaveProperty('handoff_outcome');
    expect(contact(lead)).not.toHaveProperty('handoff_disqualify_reason');
  });

  test('is overturned on the manager’s card, if she has one', async () => {
    const lead = await demoRequest(world);
    await world.pass(16);
    await disqualify(ada, { reason: 'not_a_fit' });
    expect(chat().card(grace).buttons).toContain('overturn');
    await chat().press(grace, 'overturn');
    await world.settle();
    expect(contact(lead)).toMatchObject({ hs_lead_status: 'NEW', handoff_status: 'offered' });
    expect(chat().card(ada).buttons).toContain('accept');
  });
});
