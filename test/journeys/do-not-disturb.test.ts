import { afterEach, expect, test } from 'vitest';
import { ada, ben, demoRequest, happenedTo, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const slack = () => world.in('slack');
const at = (clock: string) => new Date(`2026-03-02T${clock}:00Z`);
const reminders = async (lead: string) =>
  (await happenedTo(world, lead)).filter((type) => type === 'reminded');

/** A demo request of 14:03, due 14:18; its rep is on Do Not Disturb from 14:00 on. */
async function started(until: Date, amend: Record<string, unknown> = { do_not_disturb: 'respect' }) {
  const ladder = [
    { at: '-9 min', do: 'remind' },
    { at: '2 min', do: 'message' },
    { at: '20 min', do: 'tell manager' },
  ];
  world = await startWorld({ chats: 'slack', amend: { 'escalation.acknowledge': ladder, ...amend } });
  slack().server.changeUser(ada, { doNotDisturb: { start: at('14:00'), end: until } });
  return demoRequest(world);
}

test('the first card comes all the same, and a reminder when Do Not Disturb is over', async () => {
  const lead = await started(at('14:12'));
  expect(slack().cards(ada)).toHaveLength(1);
  await world.pass(8);
  expect(await reminders(lead)).toEqual([]);
  await world.pass(1);
  expect(await reminders(lead)).toEqual(['reminded']);
  expect(slack().notified(ada)).toHaveLength(1);
});

test('what the target would overtake is not said, and the next step comes at its time', async () => {
  const lead = await started(at('14:30'));
  await world.pass(26);
  expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'breached']);
  await world.pass(1);
  expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'breached', 'reminded']);
  await world.pass(11);
  expect((await happenedTo(world, lead)).at(-1)).toBe('escalated');
});

test('what a later step would overtake is not said either', async () => {
  const lead = await started(at('16:00'));
  await world.pass(40);
  expect(await happenedTo(world, lead)).toEqual(['offered', 'delivered', 'breached', 'escalated']);
});

test('where the policy does not ask for it, nobody is asked', async () => {
  const lead = await started(at('16:00'), {});
  await world.pass(6);
  expect(await reminders(lead)).toEqual(['reminded']);
  expect(slack().server.requests.some(({ method }) => method === 'dnd.info')).toBe(false);
});

test('a reminder comes in time when Slack does not tell', async () => {
  const lead = await started(at('16:00'));
  slack().server.failNext({ method: 'dnd.info', error: 'missing_scope' });
  await world.pass(6);
  expect(await reminders(lead)).toEqual(['reminded']);
});

test('somebody else’s Do Not Disturb keeps nothing back', async () => {
  const lead = await started(at('14:01'));
  slack().server.changeUser(ben, { doNotDisturb: { start: at('14:00'), end: at('16:00') } });
  await world.pass(6);
  expect(await reminders(lead)).toEqual(['reminded']);
});
