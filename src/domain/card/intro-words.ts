import type { HandoffEvent } from '../handoff/handoff.ts';
import type { IntroObstacle } from '../handoff/intro-obstacle.ts';
import { dateTime, type Line, line, type Names, person } from '../words/line.ts';
import type { CardView, Section } from './card.ts';

type Sent = Extract<HandoffEvent, { type: 'introSent' }>;

/** An intro in the thread: one quiet line. */
export function introWords(event: Sent, names: Names): Line {
  return line`An intro was sent from the mailbox of ${person(event.rep, names)}.`;
}

/** Why there is none, likewise. */
export function noIntroWords(why: IntroObstacle): Line {
  return line`No intro was sent: ${obstacleWords(why)}.`;
}

/** What the holder's card says of it: the last thing that happened about it, if anything did. */
export function introSection({ log, handoff, names }: CardView): Section[] {
  const last = log.findLast(
    ({ event }) => event.type === 'introSent' || event.type === 'introNotSent',
  )?.event;
  if (last?.type === 'introSent') {
    const whose =
      last.rep === handoff.assignment.rep ? 'your mailbox' : `${names.get(last.rep) ?? last.rep}'s mailbox`;
    return [{ kind: 'text', title: 'Intro', text: line`Sent from ${whose}, ${dateTime(last.at)}` }];
  }
  if (last?.type !== 'introNotSent' || last.rep !== handoff.assignment.rep) return [];
  return [{ kind: 'text', title: 'Intro', text: line`Not sent: ${obstacleWords(last.why)}` }];
}

function obstacleWords(why: IntroObstacle): Line {
  switch (why.kind) {
    case 'notOptedIn':
      return line`the lead has not agreed to get mail`;
    case 'optedOut':
      return line`the lead has opted out of mail`;
    case 'noEmail':
      return line`the lead has no email`;
    case 'undeliverable':
      return line`HubSpot sends no mail to the lead's address`;
    case 'inSequence':
      return line`the lead is in a sequence already`;
    case 'answered':
      return line`the lead has written`;
    case 'meeting':
      return line`the lead has booked a meeting`;
    case 'recent':
      return line`the lead got one ${dateTime(why.at)}`;
    case 'noSequence':
      return line`the rep has no HubSpot sequence "${why.sequence}"`;
    case 'noOwner':
      return line`the rep is no active user of HubSpot`;
    case 'noMailbox':
      return line`the rep's mailbox is not connected to HubSpot`;
    case 'noSeat':
      return line`the rep may not use sequences in HubSpot`;
    case 'noScope':
      return line`HubSpot does not let the bot use sequences`;
    case 'dayFull':
      return line`HubSpot enrolls no more of the rep's leads today`;
    case 'refused':
      return line`HubSpot refused it`;
    case 'unanswered':
      return line`HubSpot could not be reached`;
    default:
      return why satisfies never;
  }
}
