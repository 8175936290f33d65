import { afterEach, describe, expect, test } from 'vitest';
import { storedHandoff } from '../support/stored-handoffs.ts';
import {
  ada,
  ben,
  chloe,
  createLead,
  grace,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const slack = () => world.in('slack');
const teams = () => world.in('teams');

/** A demo request of a lead that belongs to somebody. */
async function offeredTo(rep: string): Promise<string> {
  const lead = createLead(world, { hubspot_owner_id: ownerIdOf(world, rep) });
  requestDemo(world, lead);
  await world.settle();
  return lead;
}

/** Somebody's client tells its zone with whatever they do. */
const toldZone = (person: string) => teams().ask(person, 'help');

const handoff = () => storedHandoff(world.database);
const events = async () => {
  const rows = await world.database.prisma.handoffEvent.findMany({ orderBy: { seq: 'asc' } });
  return rows.map(({ type }) => type);
};

describe('somebody who reads in both chats', () => {
  test('has one handoff with a card in each', async () => {
    world = await startWorld({ chats: 'both' });
    await toldZone(chloe);
    const lead = await offeredTo(chloe);
    for (const chat of [slack(), teams()]) {
      expect(chat.cards(chloe)).toHaveLength(1);
      expect(chat.card(chloe).text).toContain('filled in “Request a demo”');
      expect(chat.card(chloe).text).toContain('Dana Ortiz · Northwind Traders');
      // A quarter of an hour after nine in Los Angeles, where Chloe begins to work.
      expect(chat.card(chloe).text).toContain('Accept by 12:15 PM');
      expect(chat.card(chloe).buttons).toEqual([
        'accept',
        'logTouch',
        'disqualify',
        'snooze',
        'handBack',
        'update',
        'open',
      ]);
    }
    expect(await world.database.prisma.handoff.count()).toBe(1);
    expect(await events()).toEqual(['offered', 'delivered']);
    expect(world.hubspot.objectsOf(lead, 'tasks')).toHaveLength(1);
  });

  test.each([
    ['slack', 'teams'],
    ['teams', 'slack'],
  ] as const)(
    'answers in %s and sees it in %s, where the old buttons do nothing more',
    async (here, there) => {
      world = await startWorld({ chats: 'both' });
      await toldZone(chloe);
      await offeredTo(chloe);
      const card = world.in(there).card(chloe);
      expect(await world.in(here).press(chloe, 'accept')).toEqual({ answered: true });
      await world.settle();
      for (const chat of [slack(), teams()]) {
        expect(chat.card(chloe).text).toContain('Yours. Reach out by 1:00 PM');
        expect(chat.card(chloe).buttons).toEqual([
          'logTouch',
          'undo',
          'disqualify',
          'snooze',
          'handBack',
          'update',
          'open',
        ]);
        expect(chat.told(chloe)).toEqual([expect.stringContaining('Chloe Nguyen accepted. First touch due')]);
        expect(chat.notified(chloe)).toEqual([]);
      }

      expect(await world.in(there).press(chloe, 'accept', { card })).toEqual({ answered: true });
      await world.settle();
      expect(world.in(there).refusals(chloe)).toEqual([expect.stringContaining('Already accepted')]);
      expect(world.in(here).refusals(chloe)).toEqual([]);
      expect(await events()).toEqual(['offered', 'delivered', 'accepted']);
    },
  );

  test('who answers in both at once has answered once', async () => {
    world = await startWorld({ chats: 'both' });
    await offeredTo(chloe);
    const clicks = await Promise.all([slack().press(chloe, 'accept'), teams().press(chloe, 'accept')]);
    expect(clicks).toEqual([{ answered: true }, { answered: true }]);
    await world.settle();
    expect(await events()).toEqual(['offered', 'delivered', 'accepted']);
    expect([...slack().refusals(chloe), ...teams().refusals(chloe)]).toEqual([
      expect.stringContaining('Already accepted'),
    ]);
  });

  test('is reminded in one of them, once; the manager, who reads in Slack, gets one card', async () => {
    world = await startWorld({ chats: 'both' });
    world.moveTo(new Date('2026-03-02T17:03:00Z'));
    await offeredTo(chloe);
    await world.pass(16);
    // What was a reminder says by now that it was not heeded.
    expect([...slack().notified(chloe), ...teams().notified(chloe)]).toEqual([
      expect.stringContaining('late since'),
    ]);
    for (const chat of [slack(), teams()]) {
      expect(chat.told(chloe)).toEqual([
        expect.stringContaining('was reminded'),
        expect.stringContaining('No answer by'),
        expect.stringContaining('Grace Whitfield was asked to decide'),
      ]);
    }
    expect(slack().cards(grace)).toHaveLength(1);
    expect(teams().cards(grace)).toEqual([]);
  });

  test('and adds the app while a lead waits gets its card there as well', async () => {
    world = await startWorld({ chats: 'both', absent: { teams: [chloe] } });
    await offeredTo(chloe);
    expect([slack().cards(chloe).length, teams().cards(chloe).length]).toEqual([1, 0]);
    await teams().arrive(chloe);
    await world.settle();
    expect([slack().cards(chloe).length, teams().cards(chloe).length]).toEqual([1, 1]);
    await teams().press(chloe, 'accept');
    await world.settle();
    expect(slack().card(chloe).text).toContain('Yours. Reach out by');
  });

  test('gets the card in the one while the other is down, and there as soon as it is back', async () => {
    world = await startWorld({ chats: 'both' });
    slack().fail('post', 'down');
    await offeredTo(chloe);
    expect([slack().cards(chloe).length, teams().cards(chloe).length]).toEqual([0, 1]);
    await world.retryNow();
    expect([slack().cards(chloe).length, teams().cards(chloe).length]).toEqual([1, 1]);
    expect(await events()).toEqual(['offered', 'delivered']);
  });
});

describe('somebody who prefers one chat', () => {
  const whyInSlack = 'Ben Castillo has not installed the app in Teams, so this card came to Slack.';

  test('has no card in the other', async () => {
    world = await startWorld({ chats: 'both' });
    await offeredTo(ben);
    await offeredTo(ada);
    expect(teams().card(ben).text).not.toContain('Why here');
    expect(slack().card(ada).text).not.toContain('Why here');
    expect([slack().cards(ben).length, teams().cards(ben).length]).toEqual([0, 1]);
    expect([slack().cards(ada).length, teams().cards(ada).length]).toEqual([1, 0]);
  });

  test('and has not added the app there gets the card in the other', async () => {
    world = await startWorld({ chats: 'both', absent: { teams: [ben] } });
    await offeredTo(ben);
    expect(slack().card(ben).text).toContain('Accept by 9:18 AM');
    expect(slack().card(ben).text).toContain(whyInSlack);
    expect(await handoff()).toMatchObject({ assignment: { rep: ben }, unreachable: null });
    await slack().press(ben, 'accept');
    await world.settle();
    expect(slack().card(ben).text).toContain('Yours. Reach out by');
    expect(slack().card(ben).text).toContain(whyInSlack);
    const measures = await (await fetch(`${world.app.metricsUrl}/metrics`)).text();
    expect(measures).toContain('handoff_chat_fallbacks_total{platform="slack"} 1');
  });

  test('and is not there reads in Teams as well why the card came there, also after a click', async () => {
    world = await startWorld({ chats: 'both', absent: { slack: [ada] } });
    await offeredTo(ada);
    const why = 'Ada Okafor has no account in Slack, so this card came to Teams.';
    expect(teams().card(ada).text).toContain(why);
    await teams().press(ada, 'accept');
    expect(teams().card(ada).text).toContain(why);
    await world.settle();
    expect(teams().card(ada).text).toContain(why);
  });

  test('and adds the app there later keeps the waiting card where it is, and gets the next one there', async () => {
    world = await startWorld({ chats: 'both', absent: { teams: [ben] } });
    await offeredTo(ben);
    await teams().arrive(ben);
    await world.settle();
    expect([slack().cards(ben).length, teams().cards(ben).length]).toEqual([1, 0]);
    await offeredTo(ben);
    expect([slack().cards(ben).length, teams().cards(ben).length]).toEqual([1, 1]);
  });

  test('and whom that chat refuses to write to gets the card in the other, and it stays there', async () => {
    world = await startWorld({ chats: 'both' });
    teams().server.failNext({ operation: 'send', code: 'MessageWritesBlocked' });
    await offeredTo(ben);
    expect([slack().cards(ben).length, teams().cards(ben).length]).toEqual([1, 0]);
    expect(slack().card(ben).text).toContain(
      'Teams refused the message (the app was removed or blocked there), so this card came to Slack.',
    );
    expect(await handoff()).toMatchObject({ assignment: { rep: ben }, unreachable: null });
    await slack().press(ben, 'accept');
    await world.settle();
    expect([slack().cards(ben).length, teams().cards(ben).length]).toEqual([1, 0]);
  });

  test('and is in neither leaves the decision to the manager, who reads why', async () => {
    world = await startWorld({ chats: 'both', absent: { teams: [ben], slack: [ben] } });
    await offeredTo(ben);
    expect(slack().card(grace).text).toContain(
      'Ben Castillo cannot be reached: has not installed the app in Teams, has no account in Slack',
    );
    expect(slack().card(grace).buttons).toEqual([
      'giveTo',
      'reassign',
      'takeIt',
      'giveGrace',
      'update',
      'open',
    ]);
  });

  test('and adds the app while a lead waits gets its card after all, and the manager reads that', async () => {
    world = await startWorld({ chats: 'both', absent: { teams: [ben], slack: [ben] } });
    await offeredTo(ben);
    await world.pass(5);
    await teams().arrive(ben);
    await world.settle();

    expect(teams().cards(ben)).toHaveLength(1);
    expect(teams().card(ben).text).toContain('Accept by');
    expect(slack().card(grace).text).toMatch(/^Ben Castillo has until/);
    await teams().press(ben, 'accept');
    await world.settle();
    expect(await handoff()).toMatchObject({
      assignment: { rep: ben },
      status: 'accepted',
      unreachable: null,
    });
  });

  test('and removes the app gets the next card in the other, as well as the waiting one when it changes', async () => {
    world = await startWorld({ chats: 'both' });
    await offeredTo(ben);
    await teams().server.uninstall(ben);
    await offeredTo(ben);
    expect([slack().cards(ben).length, teams().cards(ben).length]).toEqual([1, 1]);

    await world.pass(11);
    expect([slack().cards(ben).length, teams().cards(ben).length]).toEqual([2, 1]);
    for (const { text } of slack().cards(ben)) expect(text).toContain('Accept by');
  });
});

describe('a question', () => {
  test.each(['stats team 7d', 'stats', 'help', 'dance'])(
    'such as "%s" has the same answer in both chats',
    async (words) => {
      world = await startWorld({ chats: 'both' });
      await offeredTo(ada);
      await slack().press(ada, 'accept');
      await world.settle();
      const inSlack = await slack().ask(grace, words);
      expect(inSlack.length).toBeGreaterThan(10);
      // In Slack words come after a command, a fact's label ends in a colon, and a button stands beside another line.
      const inTeams = await teams().ask(grace, words);
      const plainly = (answer: string) =>
        answer.replaceAll(/\/handoff | Show(?= )/g, '').replaceAll(/: /g, ' ');
      expect(plainly(inSlack)).toBe(plainly(inTeams));
    },
  );
});
