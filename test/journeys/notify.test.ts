import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailServer, startMail } from '../../sandbox/mail/server.ts';
import { chats } from '../support/chats/client.ts';
import { ada, ben, demoRequest, happenedTo, ownerIdOf, startWorld, type World } from '../support/world.ts';

const quiet = [{ at: '3 h', do: 'tell manager' }];
const notify = { allow: ['again', 'mail'], earliest: '5 min', at_most: 2 };

describe.each(chats)('in $name, people choose how they are told again', ({ platform }) => {
  let world: World;
  let mail: MailServer;
  beforeEach(async () => {
    mail = await startMail({ now: () => world.now() });
    const amend = { notify, 'escalation.acknowledge': quiet };
    world = await startWorld({ chats: platform, amend, smtpUrl: mail.url });
  });
  afterEach(() => Promise.all([world.close(), mail.close()]));

  const chat = () => world.in(platform);
  const forAda = () => demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });

  test('in words: a message again and a mail, each once, until they answer', async () => {
    expect(await chat().ask(ada, 'notify')).toContain('Nothing more happens for you');
    expect(await chat().ask(ada, 'notify again after 5 min')).toContain('A message again after 5 min');
    expect(await chat().ask(ada, 'notify mail 10')).toContain('A mail after 10 min');
    await forAda();
    await world.pass(4);
    expect(chat().notified(ada)).toEqual([]);
    await world.pass(1);
    expect(chat().notified(ada)).toHaveLength(1);
    expect(mail.arrived).toEqual([]);
    await world.pass(30);
    expect(chat().notified(ada)).toHaveLength(1);
    expect(mail.arrived.map(({ to }) => to)).toEqual([ada]);
    const next = await forAda();
    await world.pass(6);
    await chat().press(ada, 'accept');
    await world.pass(10);
    expect((await happenedTo(world, next)).filter((type) => type === 'alerted')).toEqual([]);
    expect(mail.arrived).toHaveLength(1);
  });

  test('by buttons: chosen, seen, and taken back', async () => {
    await chat().ask(ada, 'notify');
    await chat().choose(ada, 'Add: A mail after 30 min');
    await world.settle();
    expect(await chat().ask(ada, 'notify')).toContain('A mail after 30 min');
    await chat().choose(ada, 'Remove');
    await world.settle();
    expect(await chat().ask(ada, 'notify')).toContain('Nothing more happens for you');
    await forAda();
    await world.pass(40);
    expect(mail.arrived).toEqual([]);
  });

  test('what is taken back before it is due does not happen, and others’ leads are not theirs', async () => {
    await chat().ask(ada, 'notify mail after 10 min');
    await forAda();
    await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ben) });
    await world.pass(5);
    await chat().ask(ada, 'notify off');
    await world.pass(20);
    expect(mail.arrived).toEqual([]);
  });

  test('the policy’s bounds are told', async () => {
    const answer = (words: string) => chat().ask(ada, words);
    expect(await answer('notify mail after 2 min')).toContain('choose 5 min or more');
    expect(await answer('notify webhook pager after 10 min')).toContain('It allows: again and mail');
    expect(await answer('notify pigeon')).toContain('I do not understand “pigeon”');
    await answer('notify mail after 10 min');
    await answer('notify mail after 20 min');
    expect(await answer('notify mail after 30 min')).toContain('2 rules are all you may have');
  });
});

test('where the policy has no such key, nobody may choose anything', async () => {
  const world = await startWorld({ chats: 'slack' });
  try {
    expect(await world.in('slack').ask(ada, 'notify mail after 10 min')).toContain('lets nobody choose this');
  } finally {
    await world.close();
  }
});
