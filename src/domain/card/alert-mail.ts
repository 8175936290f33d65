import type { HandoffEvent } from '../handoff/handoff.ts';
import type { Lead } from '../lead/lead.ts';
import { whoIs } from '../lead/who-is.ts';
import { chatsOf } from '../policy/people-of.ts';
import { chatNames, type Policy } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { localTime } from '../time/local-time.ts';
import { isWebLink, type Names, oneLine } from '../words/line.ts';
import type { Words } from '../words/words.ts';

/** A mail that says that a lead waits, in both forms in which mails are read. */
export type AlertMail = { subject: string; text: string; html: string };

type About = {
  alerted: Extract<HandoffEvent, { type: 'alerted' }>;
  to: string;
  lead: Lead;
  trigger: string;
  policy: Policy;
  names: Names;
  words: Words;
  now: Date;
};

const nameMaxLength = 120;

/** Whatever a lead is called stays text: it is of one line, and escaped where marks mean something. */
export function alertMail({
  alerted,
  to,
  lead: about,
  trigger,
  policy,
  names,
  words,
  now,
}: About): AlertMail {
  const { clock, rep, due } = alerted;
  const isLate = now > due;
  const lead = oneLine(whoIs(about), nameMaxLength);
  const label = triggerOf(policy, trigger)?.label ?? trigger;
  const facts = {
    lead,
    rep: names.get(rep) ?? rep,
    due: localTime(due, hoursOf(policy, to), now, words),
  };
  const [chat] = chatsOf(policy, to).inOrder;
  const paragraphs = [
    words.text(sentences[clock][isLate ? 'late' : 'ahead'], facts),
    words.text('mail.why', { trigger: label }),
    ...(chat ? [words.text('mail.todo', { chat: chatNames[chat] })] : []),
  ];
  const url = isWebLink(about.url) ? about.url : null;
  const open = words.text('mail.open');
  const foot = words.text('mail.foot');
  return {
    subject: words.text(subjects[clock][isLate ? 'late' : 'ahead'], { lead }),
    text: [...paragraphs, ...(url ? [`${open}: ${url}`] : []), `-- \n${foot}`].join('\n\n'),
    html: [
      ...paragraphs.map((words) => `<p>${escaped(words)}</p>`),
      ...(url ? [`<p><a href="${escaped(url)}">${escaped(open)}</a></p>`] : []),
      `<p><small>${escaped(foot)}</small></p>`,
    ].join('\n'),
  };
}

const subjects = {
  acknowledge: { ahead: 'mail.acceptSubject', late: 'mail.acceptLateSubject' },
  touch: { ahead: 'mail.touchSubject', late: 'mail.touchLateSubject' },
} as const;

const sentences = {
  acknowledge: { ahead: 'mail.accept', late: 'mail.acceptLate' },
  touch: { ahead: 'mail.touch', late: 'mail.touchLate' },
} as const;

/** HTML's own five signs. */
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
