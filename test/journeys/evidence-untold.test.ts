import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call } from '../../sandbox/hubspot/engagements.ts';
import { chats } from '../support/chats/client.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import {
  ada,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  reconciled,
  startWorld,
  untold,
  type World,
} from '../support/world.ts';

describe.each(chats)('in $name, what Ada does in HubSpot alone, and no webhook tells of,', ({ platform }) => {
  let world: World;
  let lead: string;
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
    lead = await demoRequest(world);
  });
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const accepted = async () => {
    await chat().press(ada, 'accept');
    await world.settle();
  };
  const handoff = () => storedHandoff(world.database);
  const calls = () =>
    untold(world, () => world.hubspot.log(call({ ownerId: ownerIdOf(world, ada) }), { contactId: lead }));

  test('is found by the reconcile poll, with its own time', async () => {
    await accepted();
    await world.pass(20);
    calls();
    await world.pass(5);
    expect((await handoff()).firstTouchAt).toBeNull();
    await reconciled(world);
    expect((await handoff()).firstTouchAt).toEqual(new Date('2026-03-02T14:23:00Z'));
    expect(chat().card(ada).text).toContain('You are on it · last touch 9:23 AM · 1 of 6');
    expect(world.seen).toContainEqual(expect.objectContaining({ what: 'foundByReconciling', leadId: lead }));
  });

  test('in time, and found after the target, takes the breach back', async () => {
    await accepted();
    await world.pass(50);
    calls();
    await world.pass(12);
    expect((await handoff()).touchBreachedAt).toEqual(new Date('2026-03-02T15:03:00Z'));
    expect(chat().card(grace).text).toContain('Ada Okafor accepted but has not reached out');
    await reconciled(world);
    expect(await handoff()).toMatchObject({
      touchBreachedAt: null,
      firstTouchAt: new Date('2026-03-02T14:53:00Z'),
    });
    expect(chat().card(grace).text).toContain('Ada Okafor is on it');
  });

  test('in time, though she never answered, takes back that she had not', async () => {
    await world.pass(10);
    calls();
    await world.pass(7);
    expect((await handoff()).ackBreachedAt).toEqual(new Date('2026-03-02T14:18:00Z'));
    expect(chat().card(grace).text).toContain('Ada Okafor has not answered');
    await reconciled(world);
    expect(await handoff()).toMatchObject({
      status: 'working',
      ackBreachedAt: null,
      acknowledgedAt: new Date('2026-03-02T14:13:00Z'),
      firstTouchAt: new Date('2026-03-02T14:13:00Z'),
    });
    expect(chat().card(grace).text).toContain('Ada Okafor is on it');
  });

  test('and what she logs on the card is not found a second time', async () => {
    await accepted();
    await chat().fill(ada, 'logTouch', { did: 'noAnswer' });
    await world.settle();
    await world.pass(5);
    await reconciled(world);
    expect((await happenedTo(world, lead)).filter((type) => type === 'touched')).toHaveLength(1);
    expect(chat().card(ada).text).toContain('Try again by Wed 9:03 AM · 1 of 6');
  });
});
