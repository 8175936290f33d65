import type { PersonId } from '../policy/policy.ts';
import { dateTime, line, person } from '../words/line.ts';
import type { Card, CardView } from './card.ts';
import {
  aboutLead,
  buttons,
  historyOf,
  openInHubSpot,
  recentActivity,
  titleOf,
  whyHolder,
} from './card-parts.ts';
import { toneOf } from './card-status.ts';

/** For a member of the team that a lead was offered to: everything the rep would see, and one button. */
export function claimCard(reader: PersonId, view: CardView): Card {
  const { handoff, names } = view;
  const { rep, openTo: fromTheStart = [] } = handoff.assignment;
  const isPool = fromTheStart.length > 0;
  const holder = person(rep, names);
  const missed = handoff.status === 'offered' ? 'has not answered' : 'has not reached out';
  return {
    title: titleOf(view),
    tone: toneOf(handoff),
    status: isPool
      ? line`Open to your team: claim it by ${dateTime(handoff.respondBy)}`
      : line`${holder} ${missed}: the first to claim it has it`,
    sections: [
      ...aboutLead(view),
      ...recentActivity(view),
      ...(isPool ? [{ kind: 'text', title: 'Why you', text: whyHolder(view) } as const] : []),
    ],
    actions: [
      ...buttons(reader, view, [{ act: 'takeIt', label: 'Claim', primary: true }]),
      openInHubSpot(view),
    ],
    history: historyOf(view),
  };
}
