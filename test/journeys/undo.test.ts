import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

describe.each(chats)('in $name, a rep who pressed the wrong button', ({ platform }) => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const contact = (lead: string) => world.hubspot.object('contacts', lead)?.properties ?? {};
  const task = (lead: string) => world.hubspot.objectsOf(lead, 'tasks')[0]?.properties ?? {};
  const later = (seconds: number) => world.moveTo(new Date(world.now().getTime() + seconds * 1000));
  const press = async (button: 'accept' | 'undo') => {
    await chat().press(ada, button);
    await world.settle();
  };
  const buttons = () => chat().card(ada).buttons;
  /** How long a job waits for its time, which a test does not. */
  const waitOf = async (job: string) => {
    const { rows } = await world.database.pool.query<{ seconds: number }>(
      `select extract(epoch from run_at - now())::float8 as seconds from job where task = $1`,
      [job],
    );
    return rows[0]?.seconds ?? 0;
  };

  test('takes back that they accepted, and the lead waits as it did', async () => {
    const lead = await demoRequest(world);
    const [before, dueBefore] = [buttons(), task(lead)['hs_timestamp']];
    await press('accept');
    expect(buttons()).toContain('undo');
    later(9);
    await press('undo');
    expect(buttons()).toEqual(before);
    expect(chat().told(ada).at(-1)).toBe('Ada Okafor took that back: not accepted yet.');
    expect(contact(lead)).toMatchObject({
      handoff_status: 'offered',
      hs_lead_status: 'NEW',
      lifecyclestage: 'lead',
    });
    expect(task(lead)).toMatchObject({ hs_task_status: 'NOT_STARTED', hs_timestamp: dueBefore });
    expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'accepted', 'undone']);
    await world.pass(16);
    expect(await happenedTo(world, lead)).toContain('breached');
  });

  test('takes back a touch, and HubSpot has it no more', async () => {
    const lead = await demoRequest(world);
    await press('accept');
    later(60);
    await chat().fill(ada, 'logTouch', { did: 'talked', note: 'the wrong lead' });
    await world.settle();
    expect(world.hubspot.objectsOf(lead, 'calls')).toHaveLength(1);
    await press('undo');
    expect(world.hubspot.objectsOf(lead, 'calls')).toEqual([]);
    expect(contact(lead)).toMatchObject({ handoff_status: 'accepted', hs_lead_status: 'OPEN' });
    expect(task(lead)['hs_task_status']).toBe('NOT_STARTED');
    expect(chat().told(ada).at(-1)).toBe('Ada Okafor took that back: the touch does not count.');
  });

  test('takes back that they disqualified, without asking their manager', async () => {
    const lead = await demoRequest(world);
    await press('accept');
    await chat().fill(ada, 'disqualify', { reason: 'no_budget' });
    await world.settle();
    expect(contact(lead)).toMatchObject({ hs_lead_status: 'UNQUALIFIED' });
    await press('undo');
    expect(buttons()).toContain('logTouch');
    expect(contact(lead)).toMatchObject({
      handoff_status: 'accepted',
      hs_lead_status: 'OPEN',
      lifecyclestage: 'salesqualifiedlead',
    });
    expect(contact(lead)).not.toHaveProperty('handoff_disqualify_reason');
  });

  test('has ten seconds; then the button goes, and on a card from before it is refused', async () => {
    const lead = await demoRequest(world);
    await press('accept');
    const card = chat().card(ada);
    await world.pass(1);
    expect(buttons()).not.toContain('undo');
    expect(await chat().press(ada, 'undo', { card })).toEqual({ answered: true });
    await world.settle();
    expect(chat().refusals(ada)).toEqual([
      'Undo works for 10 seconds, and they are over. Nothing was changed.',
    ]);
    expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'accepted']);
    // It went without a word.
    expect(chat().told(ada)).toHaveLength(1);
  });

  test('is the only one who can, and not after anything else has happened', async () => {
    const lead = await demoRequest(world);
    await press('accept');
    const card = chat().card(ada);
    await chat().pressForeign(grace, 'undo', card);
    await chat().fill(ada, 'snooze', { choice: '30min' });
    await chat().press(ada, 'undo', { card });
    await world.settle();
    expect(chat().refusals(ada)).toEqual(['There is nothing to undo any more. Nothing was changed.']);
    expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'accepted', 'snoozed']);
  });

  test('HubSpot, whose workflows act at once, hears of it when it is final', async () => {
    await demoRequest(world);
    await chat().press(ada, 'accept');
    const wait = await waitOf('write-back');
    expect(wait).toBeGreaterThan(5);
    expect(wait).toBeLessThanOrEqual(12);
  });
});
