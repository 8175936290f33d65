import type { Line } from '../words/line.ts';
import type { Card, CardView } from './card.ts';
import { notificationOf } from './card-parts.ts';
import { askedUntil, hasMeeting, isLate, leftAloneUntil } from './card-status.ts';

/** The notification for a reader of whom nobody knows the zone: how long instead of until when, where it says that. */
export function timelessNotification(
  view: CardView,
  status: (view: CardView) => Line | null,
): Pick<Card, 'timelessNotification'> {
  const { handoff } = view;
  const said = handoff.status === 'closed' || hasMeeting(handoff) ? null : status(view);
  return said ? { timelessNotification: notificationOf(view, said) } : {};
}

/** What the holder is to do, and how much time there is for it. */
export function holderWithin(view: CardView): Line | null {
  const { handoff, now, words } = view;
  if (handoff.status === 'closed' || askedUntil(handoff, now)) return null;
  if (handoff.status === 'working') {
    const { tryAgainBy } = handoff;
    return tryAgainBy && tryAgainBy > now
      ? words.line('card.tryAgainWithin', { left: minutesTo(tryAgainBy, view) })
      : null;
  }
  const isOffered = handoff.status === 'offered';
  const due = isOffered ? handoff.respondBy : handoff.touchBy;
  if (isLate(handoff)) {
    const late = words.duration((now.getTime() - due.getTime()) / 60_000);
    return words.line(isOffered ? 'card.lateFor' : 'card.touchLateFor', { late });
  }
  const snoozed = leftAloneUntil(handoff, now);
  if (snoozed) return words.line('card.backIn', { left: minutesTo(snoozed, view) });
  if (due <= now) return null;
  return words.line(isOffered ? 'card.acceptWithin' : 'card.reachOutWithin', {
    left: minutesTo(due, view),
  });
}

function minutesTo(at: Date, { now, words }: CardView): string {
  return words.duration(Math.round((at.getTime() - now.getTime()) / 60_000));
}
