import { brief } from '../briefing/briefing.ts';
import { openTo } from '../handoff/handoff.ts';
import { whoIs } from '../lead/who-is.ts';
import { type Line, person } from '../words/line.ts';
import type { Card, CardAction, CardView } from './card.ts';
import { notificationOf, openInHubSpot } from './card-parts.ts';
import { closedStatus, hasMeeting, isLate, toneOf } from './card-status.ts';
import { whatTheyAre } from './lead-lines.ts';
import { nearTime } from './near-time.ts';

/**
 * For a channel, where anybody may read it: whose lead waits, and nothing that tells how to reach the lead. Whoever it is
 * open to may take it there, where the chat can be pressed in; everybody else is told who may.
 */
export function channelCard(view: CardView, { hearsChannels }: { hearsChannels: boolean }): Card {
  const { handoff, lead } = view;
  const facing = { ...view, lead: { ...lead, email: null, phone: null } };
  const status = channelStatus(view);
  return {
    language: view.words.language,
    notification: notificationOf(facing, status),
    tone: toneOf(handoff, view.now),
    status,
    title: whoIs(facing.lead),
    body: handoff.status === 'closed' ? [] : [{ kind: 'line', text: whatTheyAre(brief(facing)) }],
    actions: [...(hearsChannels && openTo(handoff).length > 0 ? [claim(view)] : []), openInHubSpot(view)],
    menu: [],
    more: null,
    foot: null,
    history: [],
  };
}

function claim({ words }: CardView): CardAction {
  return { kind: 'command', command: 'takeIt', label: words.text('card.claim'), primary: true };
}

function channelStatus(view: CardView): Line {
  const { handoff, names, words } = view;
  const who = person(handoff.assignment.rep, names);
  if (handoff.status === 'closed') return closedStatus(handoff, view);
  if (hasMeeting(handoff)) return words.line('card.hasMeeting', { who });
  switch (handoff.status) {
    case 'offered': {
      const due = nearTime(handoff.respondBy, view);
      return words.line(isLate(handoff) ? 'card.nobodyAnswered' : 'card.hasUntil', { due, who });
    }
    case 'accepted': {
      const [at, due] = [nearTime(handoff.acceptedAt, view), nearTime(handoff.touchBy, view)];
      return isLate(handoff)
        ? words.line('card.nobodyReachedOut', { due, who })
        : words.line('card.acceptedReachOut', { who, at, due });
    }
    case 'working':
      return words.line('card.isOnIt', { who });
    default:
      return handoff satisfies never;
  }
}
