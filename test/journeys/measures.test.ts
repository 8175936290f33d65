import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { measuredIn } from '../support/measured.ts';
import { ada, ben, demoRequest, startWorld, type World } from '../support/world.ts';

describe('a demo request that Ada lets pass and Ben answers', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ chats: 'slack' });
  });
  afterEach(() => world.close());

  test('is late for her and in time for him', async () => {
    await demoRequest(world);
    await world.pass(61);
    expect(world.in('slack').card(ben).text).toContain('Dana Ortiz');
    await world.pass(7);
    await world.in('slack').press(ben, 'accept');
    await world.settle();

    const { count, tallies: reps } = await measuredIn(world, 'rep');
    expect(count).toBe(1);
    expect(reps.get(ada)).toMatchObject({
      ...{ assignments: 1, acknowledge: { late: 1, inTime: 0, open: 0 }, movedOn: 1, answered: 0 },
      ...{ toAcknowledge: { wall: null }, handoffs: 0 },
    });
    expect(reps.get(ben)).toMatchObject({
      ...{ assignments: 1, acknowledge: { late: 0, inTime: 1, open: 0 }, rescues: 1, acceptances: 1 },
      ...{ toAcknowledge: { wall: { count: 1 } }, touch: { late: 0, inTime: 0, open: 1 }, handoffs: 1 },
    });
    expect((await measuredIn(world)).tallies.get(null)).toMatchObject({
      assignments: 2,
      handoffs: 1,
      rescued: 1,
      open: 1,
      accepted: { count: 1, of: 1 },
    });
    expect((await measuredIn(world)).count).toBe(0);
  });
});
