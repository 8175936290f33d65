import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waysIn } from '../support/chats/client.ts';
import { ada, ben, createLead, demoRequest, grace, startWorld, type World } from '../support/world.ts';

describe.each(waysIn)('in $name, a form that changes with an answer', ({ platform, socketMode }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    world = await startWorld({
      chats: platform,
      socketMode,
      amend: { 'escalation.acknowledge': [{ at: '0 min', do: 'tell manager' }] },
    });
    lead = await demoRequest(world);
    await world.pass(1);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = () => world.hubspot.object('contacts', lead)?.properties ?? {};

  test('asks for a note as soon as it has a reason that needs one', async () => {
    expect(await chat().asks(ada, 'disqualify')).toEqual({ reason: true, note: false });
    const bare = await chat().fill(ada, 'disqualify', { reason: 'other' });
    expect(bare).toEqual({ ok: false, errors: { note: expect.any(String) } });
    expect(await chat().asks(ada, 'disqualify')).toEqual({ reason: true, note: true });

    await chat().fill(ada, 'disqualify', { note: 'Contract runs until May' });
    await world.settle();
    expect(contact()).toMatchObject({
      handoff_disqualify_reason: 'other',
      handoff_disqualify_note: 'Contract runs until May',
    });
  });

  test('asks what belongs to the reason alone, and keeps what was typed from one to the next', async () => {
    const early = await chat().fill(ada, 'disqualify', { reason: 'no_answer', note: 'Called twice' });
    expect(early).toEqual({ ok: false, errors: { reason: expect.stringContaining('attempts') } });
    expect(await chat().asks(ada, 'disqualify')).toEqual({ reason: true, note: false });

    const unnamed = await chat().fill(ada, 'disqualify', { reason: 'duplicate' });
    expect(unnamed).toEqual({ ok: false, errors: { other: expect.any(String) } });
    expect(await chat().asks(ada, 'disqualify')).toEqual({ reason: true, other: true, note: false });

    const other = await chat().fill(ada, 'disqualify', { reason: 'other' });
    expect(other).toEqual({ ok: true, errors: {} });
    await world.settle();
    expect(contact()).toMatchObject({
      handoff_disqualify_reason: 'other',
      handoff_disqualify_note: 'Called twice',
    });
  });

  test('takes a day of one’s own for a lead whose time has not come', async () => {
    const answers = { reason: 'timing', revisit: 'day', revisitOn: '2026-06-01', note: 'Budget in June' };
    expect(await chat().fill(ada, 'disqualify', answers)).toEqual({ ok: true, errors: {} });
    await world.settle();
    expect(contact()).toMatchObject({ handoff_status: 'closed', handoff_disqualify_reason: 'timing' });
    const [recycled] = await world.database.prisma.handoffEvent.findMany({ where: { type: 'recycled' } });
    expect(JSON.stringify(recycled?.data)).toContain('2026-06-01');
  });

  test('finds the contact of which the lead is a duplicate by what is typed', async () => {
    const maya = createLead(world, {
      firstname: 'Maya',
      lastname: 'Chen',
      email: 'maya.chen@brightwater.example',
    });
    await world.settle();
    await chat().fill(ada, 'disqualify', { reason: 'duplicate' });
    expect(await chat().search(ada, 'disqualify', 'other', 'maya')).toEqual([
      expect.stringMatching(/^Maya Chen · .*maya.chen@brightwater.example$/),
    ]);
    expect(await chat().fill(ada, 'disqualify', { other: maya })).toEqual({ ok: true, errors: {} });
    await world.settle();
    expect(contact()).toMatchObject({ handoff_disqualify_reason: 'duplicate' });
  });

  test('that was open while the lead went to somebody else says so, and gives back what was typed', async () => {
    await world.pass(16);
    expect(await chat().asks(ada, 'disqualify')).toEqual({ reason: true, note: false });
    await chat().fill(grace, 'reassign', { to: ben });
    const late = await chat().fill(ada, 'disqualify', { reason: 'other', note: 'Not before May' });
    expect(late.ok).toBe(false);
    const told = [...chat().refusals(ada), ...chat().conversation(ada)].join(' ');
    expect(told).toContain('Ben Castillo holds this lead now.');
    expect(told).toContain('Not before May');
    await world.settle();
    expect(contact()).toMatchObject({ handoff_status: 'offered', handoff_rep: ben });
  });
});
