import { describe, expect, test } from 'vitest';
import { call, email, meeting, message } from '../../../sandbox/hubspot/engagements.ts';
import { firstWordsOf } from '../../../src/adapters/hubspot/first-words.ts';
import { start, startPortal } from './portal.ts';

describe('the first words of a mail', () => {
  const reply = 'Thanks! We look at tools in Q4.';

  test.each<[what: string, body: string]>([
    ['alone', reply],
    ['in several lines', 'Thanks!\r\n\r\nWe look at tools in Q4.'],
    ['in HTML', '<div>Thanks!&nbsp;<b>We look</b> at tools in Q4.</div>'],
    [
      'behind styles and comments',
      `<head><style>p { color: red }</style></head><!-- a > b --><p>${reply}</p>`,
    ],
    [
      'before a quote',
      `${reply}\n\nOn Tue, Oct 27, 2026 at 9:00 AM Ada Okafor <ada@example.com> wrote:\n> Hi Maya`,
    ],
    ['before a German quote', `${reply}\n\nAm 27.10.2026 um 09:00 schrieb Ada Okafor:\n> Hallo`],
    ['before a Portuguese quote', `${reply}\n\nEm ter., 27 de out. de 2026, Ada Okafor escreveu:\n\nOlá`],
    ['before lines that are quoted', `${reply}\n> Hi Maya`],
    ['before what Outlook quotes', `${reply}\n________________________________\nFrom: Ada\nSent: Tuesday`],
    ['before a header that is quoted', `${reply}\nFrom: Ada Okafor <ada@example.com> Sent: Tuesday`],
    ['before a quote in HTML', `<p>${reply}</p><blockquote type="cite">Hi Maya</blockquote>`],
    ['before a quote of Gmail', `<p>${reply}</p><div class="gmail_quote">On Tue Ada wrote: Hi</div>`],
    ['above a signature', `${reply}\n-- \nMaya Chen\n+1 312 555 0142`],
    ['above a greeting', `${reply}\n\nBest regards,\nMaya Chen\nVP Revenue Operations`],
    ['above a German greeting', `${reply}\nMit freundlichen Grüßen\nMaya Chen`],
    ['from a telephone', `${reply}\n\nSent from my iPhone`],
    ['before the mark of the bot', `${reply}\nHandoff 7c3f8a52-1d0e-4b6a-9c47-2f5d8e1b0a63`],
  ])('are found: %s', (_, body) => {
    expect(firstWordsOf(body)).toBe(reply);
  });

  test.each<[what: string, body: string, words: string | null]>([
    ['thanks alone', 'Thanks', 'Thanks'],
    ['what only looks like a quote', 'On Monday I wrote: no', 'On Monday I wrote: no'],
    ['what is no mark-up', 'a < b &amp; c &gt; d', 'a < b & c > d'],
    ['signs by their numbers', 'It&#8217;s &ldquo;fine&rdquo;', 'It’s “fine”'],
    ['nothing but a quote', '> Hi Maya', null],
    ['nothing', ' <p> </p> ', null],
  ])('are what was written: %s', (_, body, words) => {
    expect(firstWordsOf(body)).toBe(words);
  });

  test('are no more than 300 letters', () => {
    const words = firstWordsOf('word '.repeat(100));
    expect(words).toMatch(/^(?:word )+…$|^(?:word )+w?o?r?d?…$/);
    expect(words?.length).toBeLessThanOrEqual(300);
  });
});

test.each(['message', 'other'] as const)(
  'of a touch that the bot logged as %s it is the note alone',
  async (kind) => {
    const { portal, crm } = await startPortal();
    const leadId = portal.createContact({ email: 'a@acme.test' });
    const about = {
      handoffId: 'b5d5c1c8-2d3d-4d9e-8a4e-0d6a6a2f7b11',
      leadId,
      accountId: null,
      ownerId: null,
    };
    const touch = { id: '0a6f2a44-7f0e-4c7e-9f57-3d8a3a0c9d21', kind, outcome: 'sent' } as const;
    await crm.logTouch(
      { ...about, touch: { ...touch, note: 'Wants prices' }, title: 'Messaged', at: start },
      false,
    );
    expect((await crm.lead(leadId))?.activities[0]?.text).toBe('Wants prices');
  },
);

test('what was written is read with each activity; a task has none', async () => {
  const { portal, crm } = await startPortal();
  const contactId = portal.createContact({ email: 'a@acme.test' });
  portal.log(email({ from: 'lead', subject: 'Re: Hi', text: 'Thanks!\n\n> Hi' }), { contactId });
  portal.log(call({ title: 'Intro', notes: '<p>Wants SSO.</p>' }), { contactId });
  portal.log(meeting({ title: 'Demo', notes: 'Three teams.', startsAt: start }), { contactId });
  portal.log(message({ text: 'See you there' }), { contactId });
  portal.logEngagement('notes', { hs_note_body: '<p>Asked for prices.</p>' }, { contactId });
  portal.logEngagement('tasks', { hs_task_subject: 'Call', hs_task_body: 'Soon' }, { contactId });
  const activities = (await crm.lead(contactId))?.activities ?? [];
  expect(Object.fromEntries(activities.map(({ kind, text }) => [kind, text]))).toEqual({
    email: 'Thanks!',
    call: 'Wants SSO.',
    meeting: 'Three teams.',
    message: 'See you there',
    note: 'Asked for prices.',
    task: null,
  });
});
