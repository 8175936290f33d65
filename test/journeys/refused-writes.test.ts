import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, createLead, requestDemo, startWorld, type World } from '../support/world.ts';

describe.each(chats)('what HubSpot refuses until something is filled in, in $name', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    // The older API has no such rules.
    world = await startWorld({ chats: platform, apiVersion: '2026-09' });
    const whenQualified = { property: 'lifecyclestage', value: 'salesqualifiedlead' };
    const whenLost = { property: 'hs_lead_status', value: 'UNQUALIFIED' };
    world.hubspot.demand({ type: 'contacts', required: 'budget', when: whenQualified });
    world.hubspot.demand({ type: 'contacts', required: 'timeline', when: whenQualified });
    world.hubspot.demand({ type: 'contacts', required: 'lost_reason_detail', when: whenLost });
  });
  afterEach(() => world.close());

  async function offered(): Promise<string> {
    const lead = createLead(world);
    requestDemo(world, lead);
    await world.settle();
    return lead;
  }

  const chat = () => world.in(platform);
  const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
  /** What the card asks for, without what happened. */
  const asked = () => chat().card(ada).text.split('What happened')[0];
  const patches = () => world.hubspot.requests.filter(({ method }) => method === 'PATCH').length;

  test('an acceptance is asked for at once, exactly, and goes on; the clock ran all the time', async () => {
    const lead = await offered();
    await chat().press(ada, 'accept');
    await world.settle();
    expect(contact(lead)).toMatchObject({ hs_lead_status: 'OPEN', handoff_status: 'accepted' });
    expect(contact(lead)['lifecyclestage']).not.toBe('salesqualifiedlead');
    const { text, buttons } = chat().card(ada);
    expect(text).toContain('HubSpot wants Budget and Timeline before it takes the stage.');
    expect(text).toContain('Yours. Reach out by 10:03 AM');
    expect(buttons).toEqual(['fillIn', 'logTouch', 'disqualify', 'snooze', 'handBack', 'update', 'open']);

    expect(chat().hasOpen(ada, 'fillIn')).toBe(true);
    const filled = await chat().fill(ada, 'fillIn', { budget: '50000', timeline: 'this_year' });
    expect(filled).toEqual({ ok: true, errors: {} });
    await world.settle();
    expect(contact(lead)).toMatchObject({
      budget: '50000',
      timeline: 'this_year',
      lifecyclestage: 'salesqualifiedlead',
    });
    expect(asked()).not.toContain('HubSpot wants');
    expect(chat().card(ada).buttons).not.toContain('fillIn');
    expect(chat().told(ada)).toContain('Ada Okafor set Budget to 50,000 and Timeline to This year.');
    expect(chat().hasOpen(ada, 'fillIn')).toBe(false);
  });

  test('a value that HubSpot refuses is said at its field, and what was typed stays', async () => {
    const lead = await offered();
    await chat().press(ada, 'accept');
    await world.settle();
    const values = { budget: '7', timeline: 'later' };
    expect(await chat().fill(ada, 'fillIn', values)).toEqual({
      ok: false,
      errors: { budget: 'HubSpot: Budget must be between 1,000 and 10,000,000.' },
    });
    expect(contact(lead)).not.toHaveProperty('timeline');
    expect(chat().hasOpen(ada, 'fillIn')).toBe(true);
    expect(await chat().fill(ada, 'fillIn', { budget: '7000' })).toEqual({ ok: true, errors: {} });
    await world.settle();
    expect(contact(lead)).toMatchObject({ budget: '7000', timeline: 'later' });
    expect(contact(lead)['lifecyclestage']).toBe('salesqualifiedlead');
  });

  test('a disqualification likewise, although the handoff is over', async () => {
    const lead = await offered();
    await chat().fill(ada, 'disqualify', { reason: 'no_budget' });
    await world.settle();
    expect(contact(lead)).toMatchObject({
      handoff_status: 'closed',
      handoff_disqualify_reason: 'no_budget',
    });
    expect(contact(lead)['hs_lead_status']).not.toBe('UNQUALIFIED');
    expect(chat().card(ada).text).toContain('HubSpot wants Lost reason before it takes the lead status.');
    expect(chat().hasOpen(ada, 'fillIn')).toBe(true);
    const filled = await chat().fill(ada, 'fillIn', { lost_reason_detail: 'Spent it all on the move' });
    expect(filled.ok).toBe(true);
    await world.settle();
    expect(contact(lead)).toMatchObject({
      hs_lead_status: 'UNQUALIFIED',
      lost_reason_detail: 'Spent it all on the move',
    });
  });

  test('whoever has gone on is told in a message that cannot be overlooked, and finds the form on the card', async () => {
    const lead = await offered();
    await chat().press(ada, 'accept');
    world.moveTo(new Date(world.now().getTime() + 2 * 60_000));
    await world.settle();
    expect(chat().hasOpen(ada, 'fillIn')).toBe(false);
    expect(chat().notified(ada)).toEqual([
      expect.stringContaining(
        '(Demo request, 240 people): HubSpot wants Budget and Timeline before it takes the stage. Fill In Show Card',
      ),
    ]);
    expect((await chat().fill(ada, 'fillIn', { budget: '9000', timeline: 'later' })).ok).toBe(true);
    await world.settle();
    expect(contact(lead)['lifecyclestage']).toBe('salesqualifiedlead');
  });

  test('what somebody has filled in in HubSpot meanwhile stands in the form already', async () => {
    const lead = await offered();
    await chat().press(ada, 'accept');
    world.moveTo(new Date(world.now().getTime() + 2 * 60_000));
    await world.settle();
    world.hubspot.setProperties('contacts', lead, { budget: '9000', timeline: 'later' });
    await world.settle();
    expect((await chat().fill(ada, 'fillIn', {})).ok).toBe(true);
    await world.settle();
    expect(contact(lead)['lifecyclestage']).toBe('salesqualifiedlead');
    expect(asked()).not.toContain('HubSpot wants');
  });

  test('HubSpot that is away takes nothing, and says so in the form', async () => {
    await offered();
    await chat().press(ada, 'accept');
    await world.settle();
    world.hubspot.failNext({ method: 'PATCH', status: 503 });
    const filled = await chat().fill(ada, 'fillIn', { budget: '9000', timeline: 'later' });
    expect(filled.ok).toBe(false);
    expect((await chat().fill(ada, 'fillIn', { budget: '9000', timeline: 'later' })).ok).toBe(true);
  });

  test('and an acceptance of which nothing is refused costs no call more', async () => {
    const lead = await offered();
    world.hubspot.setProperties('contacts', lead, { budget: '9000', timeline: 'later' });
    await world.settle();
    const before = patches();
    await chat().press(ada, 'accept');
    await world.settle();
    expect(patches() - before).toBe(2);
    expect(chat().hasOpen(ada, 'fillIn')).toBe(false);
  });

  describe('what the policy lets people set', () => {
    test('is set from the card, with what HubSpot has in it, and stands there', async () => {
      const lead = await offered();
      world.hubspot.setProperties('contacts', lead, { budget: '9000' });
      await chat().press(ada, 'accept');
      await world.settle();
      const filled = await chat().fill(ada, 'update', {
        timeline: 'this_quarter',
        next_review: '2026-03-31',
      });
      expect(filled).toEqual({ ok: true, errors: {} });
      await world.settle();
      expect(contact(lead)).toMatchObject({
        budget: '9000',
        timeline: 'this_quarter',
        next_review: '2026-03-31',
        // What HubSpot had wanted is there now.
        lifecyclestage: 'salesqualifiedlead',
      });
      const { text } = chat().card(ada);
      expect(text).toMatch(/Timeline\W+This quarter/);
      expect(text).toMatch(/Next review\W+2026-03-31/);
      expect(chat().told(ada)).toContain(
        'Ada Okafor set Timeline to This quarter and Next review to 2026-03-31.',
      );
    });

    test('and that HubSpot will not have is said at its field', async () => {
      const lead = await offered();
      expect(await chat().fill(ada, 'update', { budget: '7' })).toEqual({
        ok: false,
        errors: { budget: 'HubSpot: Budget must be between 1,000 and 10,000,000.' },
      });
      expect(contact(lead)).not.toHaveProperty('budget');
    });
  });
});
