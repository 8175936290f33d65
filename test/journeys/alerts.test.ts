import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailServer, startMail } from '../../sandbox/mail/server.ts';
import { startWebhook, type WebhookServer } from '../../sandbox/webhook/server.ts';
import { chats } from '../support/chats/client.ts';
import { ada, demoRequest, grace, happenedTo, ownerIdOf, startWorld, type World } from '../support/world.ts';

const webhookSecret = 'a-secret-of-the-test-of-webhooks';

// A demo request of 14:03 is due 14:18, which is 9:18 in New York.
describe.each(chats)('in $name, where a rung is climbed outside of the chats', ({ platform }) => {
  let world: World;
  let mail: MailServer;
  let pager: WebhookServer;
  const now = () => world.now();
  beforeEach(async () => {
    mail = await startMail({ now });
    pager = await startWebhook({ secret: webhookSecret, now });
  });
  afterEach(() => Promise.all([world.close(), mail.close(), pager.close()]));

  const chat = () => world.in(platform);
  const actions = () => pager.taken.map(({ body }) => body['event_action']);
  const keys = () => new Set(pager.taken.map(({ body }) => body['dedup_key']));
  async function started(ladder: readonly object[], smtpUrl = mail.url): Promise<string> {
    const webhooks = [{ name: 'pager', url: pager.url }];
    const amend = {
      'escalation.acknowledge': [...ladder, { at: '30 min', do: 'tell manager' }],
      webhooks,
      notify: { allow: ['webhook'], earliest: '5 min' },
    };
    world = await startWorld({ chats: platform, amend, smtpUrl, webhookSecret });
    return demoRequest(world);
  }

  test('the rep gets one mail, and the manager another, that say who waits and since when', async () => {
    await started([
      { at: '5 min', do: 'mail' },
      { at: '10 min', do: { mail: 'manager' } },
    ]);
    await world.pass(25);
    expect(mail.refused).toEqual([]);
    expect(mail.arrived.map(({ to, subject }) => [to, subject])).toEqual([
      [ada, 'Still waiting for an answer: Dana Ortiz · Northwind Traders'],
      [grace, 'Still waiting for an answer: Dana Ortiz · Northwind Traders'],
    ]);
    for (const { text, html } of mail.arrived) {
      expect(text).toContain('waits for an answer from Ada Okafor, which was due 9:18 AM.');
      expect(html).toContain('Open in HubSpot</a>');
    }
    expect(chat().told(ada)).toContainEqual(expect.stringContaining('Told Ada Okafor (by mail)'));
  });

  test('none comes to a rep who has answered', async () => {
    await started([{ at: '5 min', do: 'mail' }]);
    await chat().press(ada, 'accept');
    await world.pass(25);
    expect(mail.arrived).toEqual([]);
  });

  test('a mail server that is away for a moment gets the mail once', async () => {
    const lead = await started([{ at: '5 min', do: 'mail' }]);
    mail.failNext({ answers: 451, to: 'message' });
    await world.pass(20);
    expect(mail.arrived).toEqual([]);
    await world.retryNow();
    await world.restart();
    await world.retryNow();
    expect(mail.arrived).toHaveLength(1);
    expect(await happenedTo(world, lead)).not.toContain('notAlerted');
  });

  test('one whose end nobody saw is sent again, and is known by its id', async () => {
    await started([{ at: '5 min', do: 'mail' }]);
    mail.failNext('dropAfterEffect');
    await world.pass(20);
    await world.retryNow();
    expect(mail.arrived).toHaveLength(2);
    expect(new Set(mail.arrived.map(({ messageId }) => messageId)).size).toBe(1);
  });

  test('that nobody can be written to by mail is told on the card', async () => {
    await started([{ at: '5 min', do: 'mail' }], '');
    await world.pass(20);
    expect(chat().told(ada).at(-1)).toBe(
      'Ada Okafor (by mail) could not be told: no mail server is configured (SMTP_URL).',
    );
  });

  test('another system is told once that a lead waits, and nothing of anybody', async () => {
    const lead = await started([{ at: '5 min', do: { webhook: 'pager' } }]);
    pager.failNext({ status: 503 });
    pager.failNext('dropAfterEffect');
    await world.pass(20);
    await world.retryNow();
    await world.retryNow();
    expect(pager.refused).toEqual([]);
    expect(pager.calls).toHaveLength(3);
    expect(new Set(pager.calls).size).toBe(1);
    const [told, ...others] = pager.taken;
    expect(others).toEqual([]);
    expect(told?.body).toMatchObject({ event: 'handoff.waiting', handoff: { trigger: 'demo_request' } });
    const written = JSON.stringify(told?.body);
    for (const personal of ['Dana', 'Northwind', ada, lead]) expect(written).not.toContain(personal);
    expect(await happenedTo(world, lead)).toContain('alerted');
  });

  test('it is told that it is over when the rep has answered, after the alert and once', async () => {
    await started([{ at: '5 min', do: { webhook: 'pager' } }]);
    await world.pass(20);
    await chat().press(ada, 'accept');
    pager.failNext({ status: 503 });
    pager.failNext('dropAfterEffect');
    await world.settle();
    await world.retryNow();
    await world.retryNow();
    await world.restart();
    await world.retryNow();
    expect(pager.refused).toEqual([]);
    expect(actions()).toEqual(['trigger', 'resolve']);
    expect(keys().size).toBe(1);
    expect(JSON.stringify(pager.taken)).not.toMatch(/Dana|Northwind/);
  });

  test('what somebody chose for themselves is told that it is over as well', async () => {
    await started([]);
    await chat().ask(ada, 'notify webhook pager after 10 min');
    await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });
    await world.pass(12);
    expect(actions()).toEqual(['trigger']);
    await chat().fill(ada, 'disqualify', { reason: 'not_a_fit' });
    await world.retryNow();
    expect(actions()).toEqual(['trigger', 'resolve']);
    expect(keys().size).toBe(1);
  });
});
