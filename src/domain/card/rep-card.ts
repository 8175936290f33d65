import { attemptsMissing } from '../handoff/attempts.ts';
import { type Handoff, openTo } from '../handoff/handoff.ts';
import { decidesOver, escalatesTo } from '../policy/who-decides.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { dayInWords } from '../time/local-time.ts';
import { capitalLine, dateTime, joined, type Line, line, person } from '../words/line.ts';
import { againSection } from './again.ts';
import type { Card, CardAction, CardView, Section } from './card.ts';
import {
  aboutLead,
  buttons,
  historyOf,
  onItsProperties,
  openInHubSpot,
  recentActivity,
  titleOf,
  whyHolder,
} from './card-parts.ts';
import { askedUntil, closedStatus, hasMeeting, isLate, leftAloneUntil, toneOf } from './card-status.ts';
import { introSection } from './intro-words.ts';
import { lastTime } from './last-time.ts';

/** For whoever holds the handoff: what is expected of them, all about the lead, and what they can do. */
export function repCard(view: CardView): Card {
  return {
    title: titleOf(view),
    tone: toneOf(view.handoff),
    status: statusOf(view),
    sections: [
      ...againSection(view),
      ...lastTime(view, view.handoff.assignment.rep),
      ...aboutLead(view),
      ...introSection(view),
      ...recentActivity(view),
      { kind: 'text', title: 'Why you', text: whyHolder(view) },
      ...nurturePause(view),
    ],
    actions: [...answers(view), openInHubSpot(view)],
    history: historyOf(view),
  };
}

/** That marketing writes nothing to the lead meanwhile. */
function nurturePause({ handoff, policy }: CardView): Section[] {
  const { pause, status, assignment } = handoff;
  if (!pause) return [];
  const until =
    status === 'closed' ? dayInWords(pause.until, hoursOf(policy, assignment.rep)) : 'you are done';
  return [{ kind: 'text', title: '', text: line`Nurture paused until ${until}` }];
}

/** In the order in which they are used: on a phone the last stand in a second row. */
function answers(view: CardView): CardAction[] {
  const { handoff, policy } = view;
  const { assignment } = handoff;
  return buttons(assignment.rep, view, [
    { act: 'accept', label: 'Accept', primary: true },
    { act: 'logTouch', label: 'Log a Touch', primary: handoff.status !== 'offered' },
    { act: 'disqualify', label: 'Disqualify' },
    { act: 'snooze', label: 'Snooze' },
    // Who decides over a lead that they hold chooses who gets it; everybody else leaves that to the routing.
    decidesOver(policy, assignment, assignment.rep)
      ? { act: 'reassign', label: 'Reassign' }
      : { act: 'handBack', label: 'Hand Back' },
    ...onItsProperties,
  ]);
}

function statusOf(view: CardView): Line {
  const { handoff } = view;
  switch (handoff.status) {
    case 'offered': {
      if (hasMeeting(handoff)) return line`A meeting with the lead is booked · accept to take it on`;
      const due = dateTime(handoff.respondBy);
      const expected = isLate(handoff)
        ? line`answer was due ${due}`
        : view.words.line('card.acceptBy', { due });
      const off = putOff(view);
      return line`${off ? line`${off}, ${expected}` : capitalLine(expected)}${teamMayClaim(handoff)}`;
    }
    case 'accepted':
      return line`${acceptedStatus(handoff, view)}${teamMayClaim(handoff)}`;
    case 'working':
      return workingStatus(view);
    case 'closed':
      return closedStatus(handoff, view);
    default:
      return handoff satisfies never;
  }
}

function acceptedStatus(handoff: Extract<Handoff, { status: 'accepted' }>, view: CardView): Line {
  const [accepted, due] = [dateTime(handoff.acceptedAt), dateTime(handoff.touchBy)];
  if (hasMeeting(handoff)) return line`Accepted ${accepted} · meeting booked`;
  const off = putOff(view);
  if (isLate(handoff)) {
    return off
      ? line`${off}, first touch was due ${due}`
      : line`You accepted ${accepted}, but nobody has reached out: due ${due}`;
  }
  return off ? line`${off}, reach out by ${due}` : line`Accepted ${accepted} · reach out by ${due}`;
}

/** What the holder has done to be left alone. */
function putOff({ handoff, policy, names, now }: CardView): Line | null {
  const [asked, snoozed] = [askedUntil(handoff, now), leftAloneUntil(handoff, now)];
  if (asked) {
    const manager = escalatesTo(policy, handoff.assignment);
    const whom = manager ? line` ${person(manager, names)}` : [];
    return line`Asked${whom} for time until ${dateTime(asked)}`;
  }
  return snoozed && line`Snoozed until ${dateTime(snoozed)}`;
}

/** Once it was offered to others; a lead that came to a whole team from the start says so further down. */
function teamMayClaim(handoff: Handoff): Line {
  const isRescue = openTo(handoff).length > 0 && !handoff.assignment.openTo?.length;
  return isRescue ? line` · your team may claim it now` : [];
}

function workingStatus({ handoff, log, policy, now }: CardView): Line {
  const { attempts, meetingAt } = handoff;
  const last = attempts.at(-1);
  const touches = line`${attempts.length} ${attempts.length === 1 ? 'touch' : 'touches'}`;
  const spoke = log.some(({ event }) => event.type === 'touched' && event.touch.outcome === 'connected');
  // How often somebody must be tried matters as long as nobody was reached.
  const missing = meetingAt || spoke ? null : attemptsMissing(handoff, policy, now);
  const parts = [
    line`Working`,
    last ? line`${touches}, last ${dateTime(last)}` : touches,
    ...(missing ? [line`attempt ${missing.made} of ${missing.atLeast}`] : []),
    ...(meetingAt ? [line`meeting booked`] : []),
  ];
  return joined(parts, ' · ');
}
