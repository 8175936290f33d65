import { afterEach, describe, expect, test } from 'vitest';
import type { Platform } from '../../src/domain/policy/policy.ts';
import {
  ada,
  chloe,
  demoRequest,
  grace,
  happenedTo,
  ownerIdOf,
  startWorld,
  type World,
} from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const both: readonly Platform[] = ['slack', 'teams'];
const inBoth = () => both.map((platform) => world.in(platform));
const ways = [
  { here: 'slack', there: 'teams' },
  { here: 'teams', there: 'slack' },
] as const;

/** Noon in New York, nine in Los Angeles. */
async function started(amend: Readonly<Record<string, unknown>>): Promise<void> {
  world = await startWorld({ chats: 'both', amend });
  world.moveTo(new Date('2026-03-02T17:00:00Z'));
  // Her client tells its zone with whatever she does.
  await world.in('teams').ask(chloe, 'help');
}

const offeredTo = (rep: string) => demoRequest(world, { hubspot_owner_id: ownerIdOf(world, rep) });

describe.each(ways)('somebody who reads in both chats', ({ here, there }) => {
  test(`snoozes in ${here}: both cards say so, and one of the chats calls back`, async () => {
    await started({ 'triggers.0.targets': { acknowledge: '4 h', touch: '24 h' } });
    await offeredTo(chloe);
    await world.in(here).fill(chloe, 'snooze', { choice: '30min' });
    await world.settle();
    for (const chat of inBoth()) {
      expect(chat.card(chloe).text).toContain('Back at 12:30 PM');
    }
    await world.pass(30);
    for (const chat of inBoth()) expect(chat.card(chloe).text).toContain('Accept by 4:00 PM');
    expect(inBoth().flatMap((chat) => chat.notified(chloe))).toEqual([
      expect.stringContaining('Your snooze is over'),
    ]);
  });

  test(`claims a lead in ${here}: it is theirs in both, and the button is gone in ${there}`, async () => {
    await started({ 'escalation.acknowledge': [{ at: '1 min', do: 'offer to team' }] });
    const lead = await offeredTo(ada);
    await world.pass(16);
    for (const chat of inBoth()) expect(chat.card(chloe).buttons).toEqual(['takeIt', 'open']);
    const card = world.in(there).card(chloe);
    await world.in(here).press(chloe, 'takeIt');
    await world.settle();
    for (const chat of inBoth()) expect(chat.card(chloe).buttons).toContain('logTouch');
    await world.in(there).press(chloe, 'takeIt', { card });
    await world.settle();
    expect(world.in(there).refusals(chloe)).toEqual([
      expect.stringContaining('Chloe Nguyen holds this lead'),
    ]);
    expect((await happenedTo(world, lead)).filter((type) => type === 'accepted')).toHaveLength(1);
  });

  test(`hands a lead back in ${here}: both cards say whose it is now`, async () => {
    await started({});
    await offeredTo(chloe);
    await world.in(here).fill(chloe, 'handBack', { reason: 'no_capacity' });
    await world.settle();
    for (const chat of inBoth()) {
      expect(chat.card(chloe).text).toContain('With Ada Okafor since 12:00 PM');
      expect(chat.card(chloe).buttons).toEqual(['open']);
    }
  });
});

describe('somebody who reads in both chats', () => {
  test('sees in both how a lead goes up the ladder; the manager, who reads in one, has one card', async () => {
    await started({
      'escalation.acknowledge': [
        { at: '-5 min', do: 'remind' },
        { at: '0 min', do: 'tell manager' },
        { at: '5 min', do: 'message' },
      ],
    });
    await offeredTo(chloe);
    await world.pass(21);
    const [slack, teams] = inBoth().map((chat) => chat.told(chloe));
    expect(slack).toEqual(teams);
    expect(slack).toHaveLength(4);
    for (const chat of inBoth()) expect(chat.card(chloe).text).toContain('Late since 12:15 PM');
    expect(inBoth().flatMap((chat) => chat.notified(chloe))).toHaveLength(2);
    expect(inBoth().map((chat) => chat.cards(grace).length)).toEqual([1, 0]);
  });

  test('is told once what was missed while the bot was down, and shows each card from there', async () => {
    await started({ 'escalation.acknowledge': [{ at: '0 min', do: 'tell manager' }] });
    await offeredTo(chloe);
    await offeredTo(chloe);
    world.moveTo(new Date('2026-03-02T23:00:00Z'));
    await world.restart();
    await world.app.sweep();
    await world.settle();
    const bulletins = inBoth().flatMap((chat) => chat.bulletins(chloe));
    expect(bulletins).toHaveLength(1);
    expect(bulletins[0]?.items).toHaveLength(2);
    expect(inBoth().map((chat) => chat.cards(chloe).length)).toEqual([2, 2]);
  });
});
