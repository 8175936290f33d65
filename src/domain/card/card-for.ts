import { openTo } from '../handoff/handoff.ts';
import type { PersonId } from '../policy/policy.ts';
import { decidesOver } from '../policy/who-decides.ts';
import { dateTime, line, person } from '../words/line.ts';
import type { Card, CardView } from './card.ts';
import { historyOf, openInHubSpot, titleOf } from './card-parts.ts';
import { closedStatus } from './card-status.ts';
import { claimCard } from './claim-card.ts';
import { managerCard } from './manager-card.ts';
import { repCard } from './rep-card.ts';

/** The card for a person: the holder works with it, the manager decides over it, others see what became of it. */
export function cardFor(reader: PersonId, view: CardView): Card {
  const { assignment, escalatedTo } = view.handoff;
  if (reader === assignment.rep) return repCard(view);
  // A manager who was told keeps the choices, of which claiming it is one.
  if (openTo(view.handoff).includes(reader) && reader !== escalatedTo) return claimCard(reader, view);
  if (decidesOver(view.policy, assignment, reader)) return managerCard(reader, view);
  return formerCard(view);
}

/** For a rep who no longer holds the handoff: what became of it, and nothing left to press. */
function formerCard(view: CardView): Card {
  const { handoff, names } = view;
  const status =
    handoff.status === 'closed'
      ? closedStatus(handoff, view)
      : line`Now with ${person(handoff.assignment.rep, names)} since ${dateTime(handoff.assignment.at)}`;
  return {
    title: titleOf(view),
    tone: 'done',
    status,
    sections: [],
    actions: [openInHubSpot(view)],
    history: historyOf(view),
  };
}
