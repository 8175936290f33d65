import { bookingLink } from '../lead/booking-link.ts';
import type { CardAction, CardView } from './card.ts';
import { hasMeeting } from './card-status.ts';

/** The holder's page for booking a meeting, filled in for the lead: once it is theirs, and as long as none is booked. */
export function bookMeeting({ handoff, lead, meetingLink, words }: CardView): CardAction[] {
  const isTheirs = handoff.status === 'accepted' || handoff.status === 'working';
  if (!meetingLink || !isTheirs || hasMeeting(handoff)) return [];
  return [{ kind: 'link', url: bookingLink(meetingLink, lead), label: words.text('card.bookMeeting') }];
}
