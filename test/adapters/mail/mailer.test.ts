import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailServer, startMail } from '../../../sandbox/mail/server.ts';
import { noMailer, smtpMailer } from '../../../src/adapters/mail/mailer.ts';
import type { Mail } from '../../../src/flow/ports/alerts.ts';
import { PermanentFailure, TemporaryFailure } from '../../../src/flow/ports/failure.ts';

const from = 'Lead Handoff <handoff@example.com>';
const mail: Mail = {
  id: 'b7f0:4',
  thread: 'b7f0',
  to: 'ada.okafor@example.com',
  subject: 'Waiting for your answer: Lena Fischer',
  text: 'Lena Fischer waits.',
  html: '<p>Lena Fischer waits.</p>',
};

let server: MailServer;
beforeEach(async () => {
  server = await startMail({ now: () => new Date('2026-03-03T15:00:00Z') });
});
afterEach(() => server.close());

const send = (override: Partial<Mail> = {}, url = server.url) =>
  smtpMailer({ url, from }).send({ ...mail, ...override });

describe('a mail', () => {
  it('arrives in both forms, from whom the configuration says, as a machine’s', async () => {
    await send();
    const [one, ...others] = server.arrived;
    expect([others, server.refused]).toEqual([[], []]);
    expect(one).toMatchObject({
      to: 'ada.okafor@example.com',
      from: 'Lead Handoff <handoff@example.com>',
      subject: 'Waiting for your answer: Lena Fischer',
    });
    expect(one?.text).toContain('Lena Fischer waits.');
    expect(one?.html).toContain('<p>Lena Fischer waits.</p>');
    expect(one?.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('has the same Message-ID each time, and one thread for each handoff', async () => {
    await send();
    await send();
    await send({ id: 'b7f0:9' });
    expect(server.arrived.map(({ messageId }) => messageId)).toEqual([
      '<b7f0.4@example.com>',
      '<b7f0.4@example.com>',
      '<b7f0.9@example.com>',
    ]);
    const threads = server.arrived.map(({ headers }) => headers.get('references'));
    expect(new Set(threads)).toEqual(new Set(['<b7f0@example.com>']));
  });

  it('has no more headers than it should, whatever a lead is called', async () => {
    const subject = 'Lena\r\nBcc: everybody@example.com\r\n\r\n<b>hi</b> 東雲ロボ';
    await send({ subject, text: `Lena\r\n.\r\nQUIT\r\n東雲`, to: 'ada.okafor@example.com' });
    const [one, ...others] = server.arrived;
    expect([others, server.refused]).toEqual([[], []]);
    expect(one?.headers.has('bcc')).toBe(false);
    expect(one?.subject).toContain('東雲ロボ');
    expect(one?.text).toContain('.\r\nQUIT\r\n東雲');
  });
});

describe('a mail that is not taken', () => {
  it.each([
    ['recipient', 550],
    ['message', 554],
  ] as const)(
    'because of its %s fails for good (%i), with the server’s number as the reason',
    async (to, answers) => {
      server.failNext({ answers, to });
      const failure = await send().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(PermanentFailure);
      expect(failure).toMatchObject({ why: `the mail server refused it (${answers})` });
    },
  );

  it.each([
    ['recipient', 450],
    ['message', 451],
  ] as const)('for a while (%s, %i) may be sent later, as nothing went out', async (to, answers) => {
    server.failNext({ answers, to });
    await expect(send()).rejects.toMatchObject({ name: 'TemporaryFailure', outcome: 'notDone' });
  });

  it('may be sent later when no server is there', async () => {
    const failure = await send({}, 'smtp://127.0.0.1:1').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemporaryFailure);
    expect(failure).toMatchObject({ outcome: 'notDone' });
  });

  it.each(['drop', 'dropAfterEffect'] as const)(
    'or was, though the line broke (%s), may have gone',
    async (fault) => {
      server.failNext(fault);
      await expect(send()).rejects.toMatchObject({ name: 'TemporaryFailure', outcome: 'unknown' });
      expect(server.arrived).toHaveLength(fault === 'drop' ? 0 : 1);
    },
  );

  it('without a server is refused, and says what is missing', async () => {
    await expect(noMailer.send(mail)).rejects.toMatchObject({
      name: 'PermanentFailure',
      why: 'no mail server is configured (SMTP_URL)',
    });
  });
});

describe('a server that asks who sends', () => {
  it('takes mail of whoever it knows', async () => {
    const strict = await startMail({ now: () => new Date(), user: { name: 'bot', password: 'secret' } });
    try {
      await send({}, strict.url);
      expect(strict.arrived).toHaveLength(1);
      const failure = await send({}, strict.url.replace('secret', 'wrong')).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'TemporaryFailure', outcome: 'notDone' });
      expect(String(failure)).not.toContain('wrong');
    } finally {
      await strict.close();
    }
  });
});
