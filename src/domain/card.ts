import type { Presence } from './availability.ts';
import type { Moment } from './briefing.ts';
import { briefingOf, historyOf, openInHubSpot, titleOf, whyNow } from './card-parts.ts';
import { closedStatus, isLate, toneOf } from './card-status.ts';
import { claimCard } from './claim-card.ts';
import type { Form } from './form.ts';
import { type Handoff, type Logged, openTo } from './handoff.ts';
import type { Lead } from './lead.ts';
import { managerCard } from './manager-card.ts';
import { decidesOver, type PersonId, type Policy } from './policy.ts';
import { repCard } from './rep-card.ts';
import { dateTime, type Line, line, type Names, person } from './text.ts';

/** A message about one handoff to one person, or to a channel, for any chat platform. */
export type Card = {
  /** Who and why, at a glance. */
  title: string;
  /** Colour is only ever a second sign: the status line says the same in words. */
  tone: 'new' | 'late' | 'active' | 'done';
  /** What is expected of the reader, or how it ended. */
  status: Line;
  /** The first stands above the buttons, which have to be in sight on a phone; the rest below them. */
  sections: readonly Section[];
  actions: readonly CardAction[];
  /** What happened since the first card, oldest first: a thread below the card where a platform has threads. */
  history: readonly { at: Date; text: Line }[];
};

export type Section =
  | { kind: 'facts'; facts: readonly { label: string; value: string }[] }
  | { kind: 'text'; title: string; text: Line }
  | { kind: 'moments'; title: string; moments: readonly Moment[] };

export type CardAction =
  | { kind: 'command'; command: 'accept' | 'takeIt' | 'ping'; label: string; primary: boolean }
  | { kind: 'form'; form: Form; label: string; primary: boolean }
  | { kind: 'link'; url: string; label: string };

/** Everything a card is made from. */
export type CardView = {
  handoff: Handoff;
  lead: Lead;
  log: readonly Logged[];
  policy: Policy;
  names: Names;
  /** Who is there, and how much they have on their hands. */
  presence: Presence;
  /** When the holder last had their card in front of them, as far as the platforms tell. */
  seenAt: Date | null;
  now: Date;
};

/** The card for a person: the holder works with it, the manager decides over it, others see what became of it. */
export function cardFor(reader: PersonId, view: CardView): Card {
  const { assignment, escalatedTo } = view.handoff;
  if (reader === assignment.rep) return repCard(view);
  // A manager who was told keeps the choices, of which claiming it is one.
  if (openTo(view.handoff).includes(reader) && reader !== escalatedTo) return claimCard(view);
  if (decidesOver(view.policy, assignment, reader)) return managerCard(view);
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
