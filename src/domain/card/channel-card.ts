import { dateTime, type Line, line, person } from '../words/line.ts';
import type { Card, CardView } from './card.ts';
import { briefingOf, openInHubSpot, titleOf, whyNow } from './card-parts.ts';
import { closedStatus, isLate, toneOf } from './card-status.ts';

/** For a channel, where anybody may read it: whose lead waits, and nothing that tells how to reach the lead. */
export function channelCard(view: CardView): Card {
  const { handoff, lead } = view;
  const facing = { ...view, lead: { ...lead, email: null, phone: null } };
  const facts = briefingOf(facing).facts.filter(({ label }) => publicFacts.has(label));
  return {
    title: titleOf(facing),
    tone: toneOf(handoff),
    status: channelStatus(view),
    sections: [{ kind: 'facts', facts: [...whyNow(view), ...facts] }],
    actions: [openInHubSpot(view)],
    history: [],
  };
}

const publicFacts: ReadonlySet<string> = new Set(['Company', 'Role', 'Where']);

function channelStatus(view: CardView): Line {
  const { handoff, names } = view;
  const holder = person(handoff.assignment.rep, names);
  switch (handoff.status) {
    case 'offered':
      return isLate(handoff)
        ? line`Nobody has answered; due ${dateTime(handoff.respondBy)}, ${holder} holds it`
        : line`Now with ${holder}, who has until ${dateTime(handoff.respondBy)}`;
    case 'accepted':
      return isLate(handoff)
        ? line`Nobody has reached out; due ${dateTime(handoff.touchBy)}, ${holder} holds it`
        : line`${holder} accepted ${dateTime(handoff.acceptedAt)} · reach out by ${dateTime(handoff.touchBy)}`;
    case 'working':
      return line`${holder} is working on it`;
    case 'closed':
      return closedStatus(handoff, view);
    default:
      return handoff satisfies never;
  }
}
