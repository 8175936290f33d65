import { type Briefing, brief, type Moment } from './briefing.ts';
import { type Form, type FormName, formFor } from './form.ts';
import { type Handoff, type Logged, openTo, running } from './handoff.ts';
import type { Lead } from './lead.ts';
import { decidesOver, managerOf, type PersonId, type Policy, triggerOf } from './policy.ts';
import { tellReason } from './reasons.ts';
import type { RouteReason } from './route.ts';
import { tell } from './story.ts';
import { dateTime, type Line, line, type Names, person } from './text.ts';

/** A message about one handoff to one person, for any chat platform. */
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
  | { kind: 'command'; command: 'accept' | 'takeIt'; label: string; primary: boolean }
  | { kind: 'form'; form: Form; label: string; primary: boolean }
  | { kind: 'link'; url: string; label: string };

/** Everything a card is made from. */
export type CardView = {
  handoff: Handoff;
  lead: Lead;
  log: readonly Logged[];
  policy: Policy;
  names: Names;
  /** People of the policy who are switched off in HubSpot. */
  inactive: ReadonlySet<PersonId>;
  now: Date;
};

/** The card for a person: the holder works with it, the manager decides over it, others see what became of it. */
export function cardFor(reader: PersonId, view: CardView): Card {
  if (reader === view.handoff.assignment.rep) return repCard(view);
  if (openTo(view.handoff).includes(reader)) return claimCard(view);
  if (decidesOver(view.policy, view.handoff.assignment, reader)) return managerCard(view);
  return formerCard(view);
}

function repCard(view: CardView): Card {
  const { handoff } = view;
  const briefing = briefingOf(view);
  const title = titleOf(view, briefing);
  const status = repStatus(view);
  return {
    title,
    tone: toneOf(handoff),
    status,
    sections: [
      { kind: 'text', title: 'In short', text: line`${briefing.summary}` },
      { kind: 'facts', facts: [...whyNow(view), ...briefing.facts] },
      ...(briefing.recent.length > 0
        ? [{ kind: 'moments', title: 'Recent activity', moments: briefing.recent } as const]
        : []),
      { kind: 'text', title: 'Why you', text: whyHolder(view) },
    ],
    actions: [...repActions(view), ...ownDecision(view), openInHubSpot(view.lead)],
    history: historyOf(view),
  };
}

/** For a member of the team that a lead was offered to: everything the rep would see, and one button. */
function claimCard(view: CardView): Card {
  return {
    ...repCard(view),
    status: line`Open to your team: claim it by ${dateTime(view.handoff.respondBy)}`,
    actions: [
      { kind: 'command', command: 'takeIt', label: 'Claim', primary: true },
      openInHubSpot(view.lead),
    ],
  };
}

function repActions(view: CardView): CardAction[] {
  const { handoff } = view;
  const touch = formAction('logTouch', 'Log a Touch', handoff.status !== 'offered', view);
  const disqualify = formAction('disqualify', 'Disqualify', false, view);
  switch (handoff.status) {
    case 'offered':
      return [
        { kind: 'command', command: 'accept', label: 'Accept', primary: true },
        ...touch,
        ...disqualify,
      ];
    case 'accepted':
    case 'working':
      return [...touch, ...disqualify];
    case 'closed':
      return [];
    default:
      return handoff satisfies never;
  }
}

/** A manager who holds a lead can pass it on; nobody else could. */
function ownDecision(view: CardView): CardAction[] {
  const { assignment, status } = view.handoff;
  if (status === 'closed' || managerOf(view.policy, assignment) !== assignment.rep) return [];
  return formAction('reassign', 'Reassign', false, view);
}

/** The button of a form; none when there is nothing to choose in it. */
function formAction(name: FormName, label: string, primary: boolean, view: CardView): CardAction[] {
  const form = formFor(name, view);
  return form ? [{ kind: 'form', form, label, primary }] : [];
}

function repStatus({ handoff, log, names, policy }: CardView): Line {
  switch (handoff.status) {
    case 'offered':
      return isLate(handoff)
        ? line`Answer was due ${dateTime(handoff.respondBy)}`
        : line`Respond by ${dateTime(handoff.respondBy)}`;
    case 'accepted':
      return line`Accepted ${dateTime(handoff.acceptedAt)} · reach out by ${dateTime(handoff.touchBy)}`;
    case 'working': {
      const touches = log.filter(({ event }) => event.type === 'touched').length;
      const last = log.findLast(({ event }) => event.type === 'touched');
      return line`Working · ${touches} ${touches === 1 ? 'touch' : 'touches'}, last ${dateTime(last?.at ?? handoff.acceptedAt)}`;
    }
    case 'closed':
      return closedStatus(handoff, log, names, policy);
    default:
      return handoff satisfies never;
  }
}

function closedStatus(
  handoff: Extract<Handoff, { status: 'closed' }>,
  log: readonly Logged[],
  names: Names,
  policy: Policy,
): Line {
  const by = log.findLast(({ event }) => event.type === 'disqualified')?.by;
  const reason = policy.disqualifyReasons.find((candidate) => candidate.name === handoff.reason)?.label;
  const because = reason ? `: ${reason}` : '';
  const outcome = handoff.outcome.charAt(0).toUpperCase() + handoff.outcome.slice(1);
  return by
    ? line`${outcome} by ${person(by, names)} ${dateTime(handoff.closedAt)}${because}`
    : line`${outcome} ${dateTime(handoff.closedAt)}${because}`;
}

function managerCard(view: CardView): Card {
  const { handoff } = view;
  const briefing = briefingOf(view);
  const title = titleOf(view, briefing);
  const status = managerStatus(view);
  return {
    title,
    tone: running(handoff) && handoff.unreachable ? 'late' : toneOf(handoff),
    status,
    sections: [
      { kind: 'text', title: 'So far', text: soFar(view) },
      { kind: 'text', title: 'In short', text: line`${briefing.summary}` },
      { kind: 'facts', facts: [...whyNow(view), ...briefing.facts] },
      { kind: 'text', title: 'Why them', text: whyHolder(view) },
    ],
    actions: [...decisionsOn(view), openInHubSpot(view.lead)],
    history: historyOf(view),
  };
}

function decisionsOn(view: CardView): CardAction[] {
  if (view.handoff.status === 'closed') return [];
  const waiting = running(view.handoff) !== null;
  return [
    ...formAction('reassign', 'Reassign', waiting, view),
    { kind: 'command', command: 'takeIt', label: 'Take It', primary: false },
    ...(waiting ? formAction('giveGrace', 'Give Grace', false, view) : []),
  ];
}

/** What made the lead qualify. */
function whyNow({ log }: CardView): { label: string; value: string }[] {
  const offered = log.find(({ event }) => event.type === 'offered')?.event;
  if (offered?.type !== 'offered' || offered.evidence === '') return [];
  return [{ label: 'Why now', value: offered.evidence.charAt(0).toUpperCase() + offered.evidence.slice(1) }];
}

function managerStatus({ handoff, log, names, policy }: CardView): Line {
  const rep = person(handoff.assignment.rep, names);
  if (handoff.status === 'closed') return closedStatus(handoff, log, names, policy);
  if (handoff.status === 'working') return line`${rep} is working on it`;
  if (handoff.unreachable) return line`${rep} cannot be reached: ${handoff.unreachable}`;
  if (handoff.status === 'accepted') {
    return isLate(handoff)
      ? line`${rep} accepted but has not reached out; due ${dateTime(handoff.touchBy)}`
      : line`${rep} accepted ${dateTime(handoff.acceptedAt)} · reach out by ${dateTime(handoff.touchBy)}`;
  }
  return isLate(handoff)
    ? line`${rep} has not answered; due ${dateTime(handoff.respondBy)}`
    : line`${rep} has until ${dateTime(handoff.respondBy)}`;
}

/** For a rep who no longer holds the handoff: what became of it, and nothing left to press. */
function formerCard(view: CardView): Card {
  const { handoff, log, names, policy } = view;
  const title = titleOf(view, briefingOf(view));
  const status =
    handoff.status === 'closed'
      ? closedStatus(handoff, log, names, policy)
      : line`Now with ${person(handoff.assignment.rep, names)} since ${dateTime(handoff.assignment.at)}`;
  return {
    title,
    tone: 'done',
    status,
    sections: [],
    actions: [openInHubSpot(view.lead)],
    history: historyOf(view),
  };
}

function briefingOf({ lead, handoff, now }: CardView): Briefing {
  return brief(lead, now, { touched: handoff.firstTouchAt !== null });
}

function titleOf({ handoff, policy }: CardView, briefing: Briefing): string {
  const trigger = triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger;
  return `${trigger}: ${[briefing.who, briefing.company].filter(Boolean).join(' · ')}`;
}

function toneOf(handoff: Handoff): Card['tone'] {
  switch (handoff.status) {
    case 'offered':
      return isLate(handoff) ? 'late' : 'new';
    case 'accepted':
      return isLate(handoff) ? 'late' : 'active';
    case 'working':
      return 'active';
    case 'closed':
      return 'done';
    default:
      return handoff satisfies never;
  }
}

/** Whether the due time that runs now was missed; a breach before grace, or under another rep, is past. */
function isLate(handoff: Handoff): boolean {
  switch (handoff.status) {
    case 'offered':
      return handoff.ackBreachedAt !== null && handoff.respondBy <= handoff.ackBreachedAt;
    case 'accepted':
      return handoff.touchBreachedAt !== null && handoff.touchBy <= handoff.touchBreachedAt;
    case 'working':
    case 'closed':
      return false;
    default:
      return handoff satisfies never;
  }
}

function isTelling(reason: RouteReason): boolean {
  if (reason.taken) return true;
  switch (reason.kind) {
    case 'contactOwner':
    case 'accountOwner':
      return reason.ownerId !== null;
    case 'rep':
    case 'rotation':
    case 'pool':
      return true;
    case 'notForThis':
      return false;
    default:
      return reason satisfies never;
  }
}

/** What decided, and who was looked at and could not take it; rules that found nobody at all say nothing to a rep. */
function whyHolder({ handoff, names }: CardView): Line {
  const telling = handoff.assignment.reasons.filter(isTelling);
  return telling.toReversed().flatMap((reason, index) => {
    const [first, ...rest] = tellReason(reason, names);
    if (index > 0 || first?.kind !== 'text')
      return [...(index > 0 ? line`; ` : []), ...(first ? [first] : []), ...rest];
    return [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
  });
}

function soFar({ handoff, log }: CardView): Line {
  const reminders = log.filter(({ event }) => event.type === 'reminded').length;
  const reminded =
    reminders === 0 ? 'no reminder' : reminders === 1 ? 'one reminder' : `${reminders} reminders`;
  return handoff.deliveredAt
    ? line`Qualified ${dateTime(handoff.qualifiedAt)}, card delivered ${dateTime(handoff.deliveredAt)}, ${reminded}`
    : line`Qualified ${dateTime(handoff.qualifiedAt)}, card not delivered yet, ${reminded}`;
}

function historyOf({ log, policy, names }: CardView): Card['history'] {
  return log.flatMap((entry) => {
    const told = tell(entry, policy, names);
    return told ? [{ at: entry.at, text: told.text }] : [];
  });
}

function openInHubSpot(lead: Lead): CardAction {
  return { kind: 'link', url: lead.url, label: 'Open in HubSpot' };
}
