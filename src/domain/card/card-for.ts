import { openTo } from '../handoff/handoff.ts';
import { whoIs } from '../lead/who-is.ts';
import type { PersonId } from '../policy/policy.ts';
import { decidesOver } from '../policy/who-decides.ts';
import { person } from '../words/line.ts';
import type { Card, CardView } from './card.ts';
import { historyOf, notificationOf, openInHubSpot } from './card-parts.ts';
import { closedStatus, toneOf } from './card-status.ts';
import { claimCard } from './claim-card.ts';
import { managerCard } from './manager-card.ts';
import { nearTime } from './near-time.ts';
import { repCard } from './rep-card.ts';
import { withUndo } from './undo-offer.ts';

/** The card for a person: the holder works with it, the manager decides over it, others see what became of it. */
export function cardFor(reader: PersonId, facts: Omit<CardView, 'reader'>): Card {
  const view = { ...facts, reader };
  return withUndo(personalCard(reader, view), reader, view);
}

function personalCard(reader: PersonId, view: CardView): Card {
  const { assignment, escalatedTo } = view.handoff;
  if (reader === assignment.rep) return repCard(view);
  // A manager who was told keeps the choices, of which claiming it is one.
  if (openTo(view.handoff).includes(reader) && reader !== escalatedTo) return claimCard(reader, view);
  if (decidesOver(view.policy, assignment, reader)) return managerCard(reader, view);
  return formerCard(view);
}

/** For a rep who no longer holds the handoff: what became of it, and nothing left to press. */
function formerCard(view: CardView): Card {
  const { handoff, names, words } = view;
  const { rep, at } = handoff.assignment;
  const isClosed = handoff.status === 'closed';
  const status = isClosed
    ? closedStatus(handoff, view)
    : words.line('card.withNow', { who: person(rep, names), at: nearTime(at, view) });
  return {
    language: view.words.language,
    notification: notificationOf(view, status),
    tone: isClosed ? toneOf(handoff, view.now) : 'passedOn',
    status,
    title: whoIs(view.lead),
    body: [],
    actions: [],
    menu: [openInHubSpot(view)],
    more: null,
    foot: null,
    history: historyOf(view),
  };
}
