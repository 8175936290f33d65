import { hoursOf } from '../policy/working-hours.ts';
import { zoneAt } from '../time/calendar.ts';
import { dateTime, type Line, line } from '../words/line.ts';
import { type Fact, known, type Once, property, type Told } from './fact.ts';
import type { BriefingView } from './view.ts';

/** How to reach the lead, and what stands against it. */
export type Reach = {
  phone: Fact | null;
  email: Fact | null;
  /** What time it is there, where that is certain and another than the holder's: "8:04 AM there". */
  localTime: Line | null;
  /** That they opted out, that mails come back, that nurture is paused. */
  flags: readonly Told[];
};

export function reach(view: BriefingView, once: Once): Reach {
  const { lead, words } = view;
  return {
    phone: once(property('contact', 'phone', words.text('briefing.phone'), lead.phone)),
    email: once(property('contact', 'email', words.text('briefing.email'), lead.email)),
    localTime: localTime(view),
    flags: flags(view, once),
  };
}

/** People are called from eight to eight. */
const [morning, evening] = [8, 20];

function localTime({ lead, handoff, policy, words, now }: BriefingView): Line | null {
  const { timeZone } = lead;
  if (!timeZone) return null;
  const clockIn = (zone: string) =>
    new Intl.DateTimeFormat(words.language, { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(
      now,
    );
  const clock = clockIn(timeZone);
  if (clock === clockIn(zoneAt(hoursOf(policy, handoff.assignment.rep), now))) return null;
  const hour = Number(
    new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now),
  );
  const isNight = hour < morning || hour >= evening;
  return words.line(isNight ? 'briefing.nightThere' : 'briefing.there', { clock });
}

function flags({ lead, handoff, words }: BriefingView, once: Once): Told[] {
  const { consent, emailBounced } = lead;
  const label = words.text('briefing.mailing');
  const optedOut = consent.optedOut ? words.text('briefing.optedOut') : null;
  const bounced = emailBounced ? words.text('briefing.bounced') : null;
  const facts = known([
    once(property('contact', 'hs_email_optout', label, optedOut)),
    once(property('contact', 'hs_email_hard_bounce_reason_enum', label, bounced)),
  ]);
  const told = facts.map((fact) => ({ line: line`${fact.value}`, facts: [fact] }));
  const paused = once(nurture({ handoff, words }));
  if (!paused || !handoff.pause) return told;
  const until = dateTime(handoff.pause.until);
  const nurtureLine =
    handoff.status === 'closed'
      ? words.line('briefing.nurturePausedUntil', { until })
      : line`${paused.value}`;
  return [...told, { line: nurtureLine, facts: [paused] }];
}

function nurture({ handoff, words }: Pick<BriefingView, 'handoff' | 'words'>): Fact | null {
  if (!handoff.pause) return null;
  return {
    label: words.text('briefing.nurture'),
    value: words.text('briefing.nurturePaused'),
    at: handoff.pause.since,
    source: { kind: 'log', handoffId: handoff.id },
  };
}
