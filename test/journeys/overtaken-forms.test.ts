import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call } from '../../sandbox/hubspot/engagements.ts';
import { chats } from '../support/chats/client.ts';
import { ada, ben, demoRequest, grace, ownerIdOf, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, a form that was overtaken while it was filled in', ({ platform }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    world = await startWorld({
      chats: platform,
      amend: { 'escalation.acknowledge': [{ at: '0 min', do: 'tell manager' }] },
    });
    lead = await demoRequest(world);
    await world.pass(16);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const notes = () => world.hubspot.objectsOf(lead, 'notes').map(({ properties }) => properties);
  /** A deal was made in HubSpot for a lead that Ada had called. */
  const ends = async () => {
    world.hubspot.log(call({ ownerId: ownerIdOf(world, ada), result: 'connected' }), { contactId: lead });
    await world.settle();
    world.hubspot.createDeal({ dealname: 'A deal', dealstage: 'contractsent' }, { contactId: lead });
    await world.settle();
  };
  /** All that Ada reads of it. */
  const told = () => [...chat().refusals(ada), ...chat().conversation(ada)].join(' ');

  test('by another rep: what was told of a touch is a note of hers on the lead, and she reads it again', async () => {
    await chat().asks(ada, 'logTouch');
    await chat().fill(grace, 'reassign', { to: ben });
    const late = await chat().fill(ada, 'logTouch', { did: 'talked', note: 'They decide in May <b>' });
    expect(late.ok).toBe(false);
    expect(told()).toContain('Ben Castillo holds this lead now.');
    expect(told()).toContain('What you wrote is a note on the lead in HubSpot now.');
    expect(told()).toContain('They decide in May');
    await world.settle();
    expect(notes()).toMatchObject([
      {
        hubspot_owner_id: ownerIdOf(world, ada),
        hs_note_body: expect.stringContaining(
          'Ada Okafor wrote this after the lead had gone to Ben Castillo:<br>Called: talked<br>They decide in May &lt;b&gt;<br>',
        ),
      },
    ]);
    expect(world.hubspot.objectsOf(lead, 'calls')).toEqual([]);
    // The note is no touch of anybody's: Ben still has to answer.
    expect(world.hubspot.object('contacts', lead)?.properties).toMatchObject({
      handoff_status: 'offered',
      handoff_rep: ben,
    });
  });

  test('by its end: why she would have sent it back is a note, and the end stays as it was', async () => {
    await chat().asks(ada, 'disqualify');
    await ends();
    await chat().fill(ada, 'disqualify', { reason: 'other', note: 'Contract runs until May' });
    expect(told()).toContain('What you wrote is a note on the lead in HubSpot now.');
    await world.settle();
    expect(notes().map((note) => note['hs_note_body'])).toEqual([
      expect.stringContaining(
        'Ada Okafor wrote this after the handoff had ended:<br>Contract runs until May',
      ),
    ]);
    expect(world.hubspot.object('contacts', lead)?.properties).toMatchObject({
      handoff_outcome: 'converted',
    });
  });

  test('while HubSpot is away: she is told that it is not saved, and reads it again', async () => {
    await chat().asks(ada, 'logTouch');
    await chat().fill(grace, 'reassign', { to: ben });
    await world.settle();
    for (const _ of [1, 2]) world.hubspot.failNext({ method: 'POST', path: /notes/, status: 503 });
    await chat().fill(ada, 'logTouch', { did: 'talked', note: 'They decide in May' });
    expect(told()).toContain('HubSpot has not taken what you wrote');
    expect(told()).toContain('They decide in May');
    expect(notes()).toEqual([]);
  });

  test('with values for HubSpot: nothing is written, and she reads them again', async () => {
    await chat().asks(ada, 'update');
    await ends();
    const late = await chat().fill(ada, 'update', { budget: '50000' });
    expect(late.ok).toBe(false);
    expect([...Object.values(late.errors), told()].join(' ')).toContain('This lead has become a deal');
    // The form stays as it is, or gives way to what was typed into it.
    expect(chat().hasOpen(ada, 'update') || told().includes('budget: 50000')).toBe(true);
    await world.settle();
    expect(world.hubspot.object('contacts', lead)?.properties['budget'] ?? '').toBe('');
  });
});
