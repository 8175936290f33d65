import { afterEach, expect, test } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import { ada, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

let world: World;
let second: App | null = null;
afterEach(async () => {
  await second?.stop();
  second = null;
  await world.close();
});

const slack = () => world.in('slack');

/** A second process of the bot on the same database. */
async function startSecond(): Promise<void> {
  const { config, secrets, now, paceTime, database } = world;
  const elsewhere = { ...config, http: { ...config.http, port: 0 } };
  second = await startApp(elsewhere, secrets, {
    clock: now,
    paceTime,
    connection: database,
    runsByItself: false,
    logTo: { write: () => undefined },
  });
  await world.connected(2);
}

test('two processes share what people do, and everything happens once', async () => {
  world = await startWorld({ chats: 'slack', socketMode: true });
  await startSecond();
  const lead = await demoRequest(world);
  await slack().press(ada, 'accept');
  await world.settle();
  await slack().fill(ada, 'logTouch', { did: 'talked', note: 'Wants a quote' });
  await world.settle();
  expect(await slack().ask(ada, 'stats me')).toContain('Your leads');
  await slack().fill(ada, 'disqualify', { reason: 'no_budget', note: 'Next year' });
  await world.settle();
  const happened = await happenedTo(world, lead);
  expect(happened.filter((type) => ['accepted', 'touched', 'disqualified'].includes(type))).toEqual([
    'accepted',
    'touched',
    'disqualified',
  ]);
  expect(slack().told(ada)).toHaveLength(3);
});

test('a click whose acknowledgement is lost goes to the other process, and takes the lead once', async () => {
  world = await startWorld({ chats: 'slack', socketMode: true });
  await startSecond();
  const lead = await demoRequest(world);
  await world.pass(16);
  slack().server.sockets.loseAcks(1);
  expect(await slack().press(grace, 'takeIt')).toEqual({ answered: true });
  await world.settle();
  expect(await storedHandoff(world.database)).toMatchObject({ assignment: { rep: grace } });
  const happened = await happenedTo(world, lead);
  expect(happened.filter((type) => type === 'reassigned')).toHaveLength(1);
  expect(slack().refusals(grace)).toEqual([]);
});
