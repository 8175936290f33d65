import { running } from '../handoff/handoff.ts';
import type { PersonId } from '../policy/policy.ts';
import { dateTime, type Line, line, person } from '../words/line.ts';
import { whyLine } from '../words/why.ts';
import type { Card, CardAction, CardView } from './card.ts';
import {
  aboutLead,
  buttons,
  historyOf,
  onItsProperties,
  openInHubSpot,
  titleOf,
  whyHolder,
} from './card-parts.ts';
import { askedUntil, closedStatus, hasMeeting, isLate, leftAloneUntil, toneOf } from './card-status.ts';
import { whyItWaits } from './why-it-waits.ts';

/** For whoever decides over the handoff: what is the matter, what was tried, and what they can do about it. */
export function managerCard(reader: PersonId, view: CardView): Card {
  const { handoff } = view;
  return {
    title: titleOf(view),
    tone: running(handoff) && handoff.unreachable ? 'late' : toneOf(handoff),
    status: statusOf(view),
    sections: [
      { kind: 'text', title: 'So far', text: whyItWaits(view) },
      ...aboutLead(view),
      { kind: 'text', title: 'Why them', text: whyHolder(view) },
    ],
    actions: [...decisions(reader, view), openInHubSpot(view)],
    history: historyOf(view),
  };
}

function decisions(reader: PersonId, view: CardView): CardAction[] {
  const { handoff, now } = view;
  const waits = running(handoff) !== null;
  const asked = askedUntil(handoff, now) !== null;
  return buttons(reader, view, [
    { act: 'reassign', label: 'Reassign', primary: waits && !asked },
    { act: 'takeIt', label: 'Take It' },
    { act: 'giveGrace', label: 'Give Grace', primary: asked },
    ...(mayOverturn(view) ? [{ act: 'overturn', label: 'Overturn' } as const] : []),
    // A ping takes the same way as the card, which could not reach the rep.
    ...(waits && !handoff.unreachable ? [{ act: 'ping', label: 'Ping' } as const] : []),
    ...onItsProperties,
  ]);
}

function statusOf(view: CardView): Line {
  const { handoff, names, now } = view;
  const rep = person(handoff.assignment.rep, names);
  if (handoff.status === 'closed') return closedStatus(handoff, view);
  if (handoff.status === 'working') {
    return line`${rep} is working on it${handoff.meetingAt ? ' · meeting booked' : ''}`;
  }
  if (hasMeeting(handoff)) return line`${rep} has a meeting with the lead`;
  if (handoff.unreachable) return line`${rep} cannot be reached: ${whyLine(handoff.unreachable, view.words)}`;
  const due = dateTime(handoff.status === 'offered' ? handoff.respondBy : handoff.touchBy);
  const [asked, snoozed] = [askedUntil(handoff, now), leftAloneUntil(handoff, now)];
  if (asked) return line`${rep} asks for time until ${dateTime(asked)}; due ${due}`;
  if (isLate(handoff)) {
    const missed = handoff.status === 'offered' ? 'has not answered' : 'accepted but has not reached out';
    return line`${rep} ${missed}; due ${due}`;
  }
  if (snoozed) return line`${rep} snoozed it until ${dateTime(snoozed)}; due ${due}`;
  return handoff.status === 'offered'
    ? line`${rep} has until ${due}`
    : line`${rep} accepted ${dateTime(handoff.acceptedAt)} · reach out by ${due}`;
}

/** As long as the policy lets a lead that was sent back go on. */
function mayOverturn({ handoff, policy, now }: CardView): boolean {
  if (handoff.status !== 'closed') return false;
  return now.getTime() <= handoff.closedAt.getTime() + policy.overturnWithinMinutes * 60_000;
}
