import { touchKindLabels, touchOutcomeLabels } from './form.ts';
import type { HandoffEvent, Logged, Refusal } from './handoff.ts';
import type { PersonId, Policy } from './policy.ts';
import { tellReason } from './reasons.ts';
import { dateTime, type Line, line, type Names, person } from './text.ts';

/** A line in the card's thread, and who has to act on it or has to know. */
export type StoryLine = { text: Line; notify: readonly PersonId[] };

/** What an event reads like in the thread; null for the first ones, which the card itself tells. */
export function tell({ event, by }: Logged, policy: Policy, names: Names): StoryLine | null {
  const who = by ? person(by, names) : 'The bot';
  switch (event.type) {
    case 'offered':
    case 'delivered':
      return null;
    case 'unreachable':
      return {
        text: line`${person(event.rep, names)} cannot be reached: ${event.why}. ${person(event.manager, names)}, please decide.`,
        notify: [event.manager],
      };
    case 'accepted':
      return { text: line`${who} accepted. First touch due ${dateTime(event.touchBy)}.`, notify: [] };
    case 'touched':
      return { text: line`${who} logged a touch: ${touchWords(event)}`, notify: [] };
    case 'disqualified': {
      const label = policy.disqualifyReasons.find(({ name }) => name === event.reason)?.label ?? event.reason;
      return { text: line`${who} disqualified the lead: ${label}${noteWords(event.note)}`, notify: [] };
    }
    case 'reassigned': {
      const why = event.assignment.reasons.at(-1);
      const { moved } = event;
      return {
        text: [
          ...(moved ? line`${person(event.from, names)}: ${moved.why}. ` : []),
          ...line`Now with ${person(event.assignment.rep, names)}`,
          ...(why ? [...line` (`, ...tellReason(why, names), ...line`)`] : []),
          ...line`. Respond by ${dateTime(event.respondBy)}.`,
        ],
        notify: [event.assignment.rep, ...(moved?.manager ? [moved.manager] : [])],
      };
    }
    case 'graceGiven':
      return { text: line`${who} gave grace until ${dateTime(event.until)}.`, notify: [] };
    case 'reminded':
      return { text: reminderLine(event, names), notify: [event.rep] };
    case 'breached':
      return {
        text:
          event.clock === 'acknowledge'
            ? line`No answer by ${dateTime(event.due)}.`
            : line`No touch by ${dateTime(event.due)}.`,
        notify: [],
      };
    case 'escalated':
      return {
        text: line`${person(event.manager, names)}, please decide: reassign it, take it, or give grace.`,
        notify: [event.manager],
      };
    default:
      return event satisfies never;
  }
}

function reminderLine({ clock, rep, due }: Extract<HandoffEvent, { type: 'reminded' }>, names: Names): Line {
  return clock === 'acknowledge'
    ? line`Reminder for ${person(rep, names)}: this lead waits for your answer, due ${dateTime(due)}.`
    : line`Reminder for ${person(rep, names)}: the first touch is due ${dateTime(due)}.`;
}

function touchWords({ touch }: Extract<HandoffEvent, { type: 'touched' }>): string {
  const kind = touchKindLabels[touch.kind];
  return `${kind}, ${touchOutcomeLabels[touch.outcome].toLowerCase()}${noteWords(touch.note)}`;
}

function noteWords(note: string): string {
  return note === '' ? '.' : `. "${note}"`;
}

/** What the person reads whose click had no effect: what is so, and what they can do. */
export function tellRefusal(refusal: Refusal, names: Names): Line {
  switch (refusal.refused) {
    case 'closed':
      return line`This handoff is closed (${refusal.outcome}). Nothing was changed.`;
    case 'notYours':
      return line`${person(refusal.holder, names)} holds this lead now. Nothing was changed.`;
    case 'managersOnly':
      return line`Only ${person(refusal.manager, names)} can decide this. Nothing was changed.`;
    case 'alreadyAccepted':
      return line`Already accepted ${dateTime(refusal.acceptedAt)}. Log a touch when you have reached out.`;
    case 'alreadyHolds':
      return line`${person(refusal.rep, names)} holds this lead already. Choose somebody else.`;
    case 'unknownReason':
      return line`"${refusal.reason}" is not among the reasons any more. Open the form again and choose one.`;
    case 'noteMissing':
      return line`"${refusal.reason}" needs a note: tell marketing what to learn from it.`;
    case 'unknownPerson':
      return line`${refusal.person} takes no leads. Choose somebody from the list.`;
    case 'unknownGrace':
      return line`Choose how much longer, in minutes.`;
    case 'nothingRunning':
      return line`No deadline is running, so there is nothing to extend.`;
    case 'stale':
      return line`The handoff has moved on. Nothing was changed.`;
    default:
      return refusal satisfies never;
  }
}
