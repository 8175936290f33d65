import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SlackServer } from '../../sandbox/slack/server.ts';
import { clickBody } from '../support/chats/slack-click.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import { ada, ben, createLead, grace, requestDemo, startWorld, type World } from '../support/world.ts';

const channel = 'C0HANDOFFS1';

let world: World;
beforeEach(async () => {
  world = await startWorld({
    chats: 'slack',
    amend: {
      'escalation.acknowledge': [
        { at: '0 min', do: 'tell manager' },
        { at: '5 min', do: { tell_channel: channel } },
      ],
    },
  });
});
afterEach(() => world.close());

const chat = () => world.in('slack');

/** A request with this body, signed rightly or not. */
const send = (body: string, how?: Parameters<SlackServer['signed']>[1]) =>
  fetch(`${world.app.url}/slack/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...chat().server.signed(body, how) },
    body,
  });

describe('a click', () => {
  test.each([
    ['forged', { secret: 'somebody elses secret' }],
    ['ten minutes old', { timestamp: Math.floor(Date.now() / 1000) - 600 }],
  ])('whose request is %s is rejected with 401 and has no effect', async (_name, how) => {
    requestDemo(world, createLead(world));
    await world.settle();
    const { server } = chat();
    const { id: userId } = server.changeUser(ada, {});
    const body = clickBody(server, { userId, button: 'accept', card: chat().card(ada) });
    expect((await send(body, how)).status).toBe(401);
    expect((await storedHandoff(world.database)).status).toBe('offered');
  });
});

test('an emoji in a note is one in HubSpot', async () => {
  const lead = createLead(world);
  requestDemo(world, lead);
  await world.settle();
  await chat().fill(ada, 'disqualify', { reason: 'no_budget', note: 'Next year :thumbsup:' });
  await world.settle();
  expect(world.hubspot.object('contacts', lead)?.properties['handoff_disqualify_note']).toBe('Next year 👍');
});

describe('a click of another workspace', () => {
  test('that names the manager is refused in words, and nothing is taken', async () => {
    requestDemo(world, createLead(world));
    await world.settle();
    const { server } = chat();
    const { id: userId } = server.changeUser(grace, {});
    await world.pass(16);
    const card = chat().card(grace);
    const body = clickBody(server, { userId, teamId: 'T0ELSEWHERE', button: 'takeIt', card });
    expect((await send(body)).status).toBe(200);
    await world.settle();
    expect((await storedHandoff(world.database)).status).toBe('offered');
  });

  test('of an account there with the manager’s address takes nothing', async () => {
    requestDemo(world, createLead(world));
    await world.settle();
    await world.pass(16);
    const { server } = chat();
    const claims = { email: grace, name: 'Grace Whitfield', tz: 'UTC', teamId: 'T0ELSEWHERE' };
    const { id: userId } = server.addUser(claims);
    const card = chat().card(grace);
    const body = clickBody(server, { userId, button: 'takeIt', card });
    expect((await send(body)).status).toBe(200);
    await world.settle();
    expect((await storedHandoff(world.database)).status).toBe('offered');
    await chat().press(grace, 'takeIt');
    await world.settle();
    expect((await storedHandoff(world.database)).status).not.toBe('offered');
  });
});

describe('what the lead wrote', () => {
  test('can neither mention the channel nor hide a link in the notification', async () => {
    requestDemo(
      world,
      createLead(world, { firstname: '<!channel> *Bold*', lastname: '<https://evil.example|click>' }),
    );
    await world.settle();
    const [card] = chat().server.messages(ada);
    expect(card?.text).not.toContain('<!channel>');
    expect(card?.text).not.toContain('<https://evil.example');
  });
});

describe('a conversation that Slack no longer has', () => {
  test('is opened anew: the card comes there, and nobody is called unreachable', async () => {
    requestDemo(world, createLead(world));
    await world.settle();
    const { server } = chat();
    server.dropConversation(ada);
    await world.pass(16);
    expect(chat().card(ada).text).toContain('Late since 9:18 AM');
    expect(chat().card(ada).buttons).toContain('accept');
    expect(world.seen.map(({ what }) => what)).not.toContain('undeliverable');

    await chat().press(ada, 'accept');
    await world.settle();
    expect(chat().cards(ada)).toHaveLength(1);
    expect(chat().card(ada).text).toContain('Yours. Reach out by 10:19 AM');
  });
});

describe('what is no answer of Slack', () => {
  test('delays a card, and none of it reaches people or the log', async () => {
    const html = '<html><body>Blocked. Ask helpdesk@proxy.example</body></html>';
    chat().server.failNext({ method: '*', html, times: 5 });
    const lead = createLead(world);
    requestDemo(world, lead);
    await world.settle();
    expect(chat().cards(ada)).toEqual([]);
    for (let attempt = 2; attempt <= 6; attempt += 1) await world.retryNow();
    expect(chat().card(ada).buttons).toContain('accept');
    expect(chat().cards(grace)).toEqual([]);
    expect(world.log.join()).not.toContain('proxy.example');
  });
});

test('a rep who is deactivated after the card came is out of reach, and the manager decides', async () => {
  requestDemo(world, createLead(world));
  await world.settle();
  await chat().press(ada, 'accept');
  await world.settle();
  // Slack goes on taking messages to her without a word.
  chat().server.changeUser(ada, { deleted: true });
  await world.pass(59);
  expect(world.seen.map(({ what }) => what)).not.toContain('undeliverable');
  await world.pass(2);
  await world.app.syncDirectory();
  await world.settle();
  expect(world.seen.map(({ what }) => what)).toContain('undeliverable');
  expect(chat().card(grace).buttons).toContain('reassign');
});

test('a card that Slack lets nobody edit any more makes room for one', async () => {
  requestDemo(world, createLead(world));
  await world.settle();
  chat().server.failNext({ method: 'chat.update', error: 'edit_window_closed' });
  await chat().press(ada, 'accept');
  await world.settle();
  const [card, ...more] = chat().cards(ada);
  expect([card?.buttons.includes('accept'), more]).toEqual([false, []]);
});

test('a channel whose card nobody can edit any more gets one that says how it stands', async () => {
  chat().server.setChannel({ id: channel, name: 'handoffs' });
  requestDemo(world, createLead(world));
  await world.settle();
  await world.pass(21);
  const [before] = chat().channel(channel);
  chat().server.failNext({ method: 'chat.update', error: 'edit_window_closed', times: 2 });
  await chat().press(grace, 'takeIt');
  await world.settle();
  const [after, ...more] = chat().channel(channel);
  expect(more).toEqual([]);
  expect(after).not.toEqual(before);
});

describe('a line in the thread', () => {
  test('that Slack takes and breaks off stands there once', async () => {
    requestDemo(world, createLead(world));
    await world.settle();
    chat().fail('post', 'dropAfterEffect');
    await chat().press(ada, 'accept');
    await world.settle();
    await world.retryNow();
    expect(chat().told(ada)).toEqual([expect.stringContaining('accepted')]);
  });
});

test('a channel that is shared with another company is not told of a lead, and the manager reads why', async () => {
  chat().server.setChannel({ id: channel, name: 'with-a-partner', isShared: true });
  requestDemo(world, createLead(world));
  await world.settle();
  await world.pass(21);
  expect(chat().channel(channel)).toEqual([]);
  expect(chat().told(grace).join()).toContain(
    `Could not tell ${channel}: the channel is shared with another company`,
  );
});

test('while Slack keeps the bot out, the card and the news of it come to Teams, once', async () => {
  await world.close();
  world = await startWorld({ chats: 'both' });
  const { server } = chat();
  server.failNext({ method: 'chat.postMessage', error: 'messages_tab_disabled', times: 100 });
  for (let count = 0; count < 2; count += 1) requestDemo(world, createLead(world));
  await world.settle();
  const teams = world.in('teams');
  const cards = [ada, ben].flatMap((person) => teams.cards(person));
  expect(cards).toHaveLength(2);
  expect(cards[0]?.text).toContain('so this card came to Teams');
  expect(teams.bulletins(grace)).toMatchObject([
    { text: expect.stringContaining('Slack keeps the bot out') },
  ]);
  expect(world.seen.map(({ what }) => what)).not.toContain('undeliverable');
});
