import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clickBody } from '../support/chats/slack-click.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import { ada, createLead, requestDemo, startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ chats: 'slack' });
});
afterEach(() => world.close());

const chat = () => world.in('slack');

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
    const response = await fetch(`${world.app.url}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...server.signed(body, how) },
      body,
    });
    expect(response.status).toBe(401);
    expect((await storedHandoff(world.database)).status).toBe('offered');
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
