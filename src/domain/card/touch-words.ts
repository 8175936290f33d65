import type { HandoffEvent, TouchKind } from '../handoff/handoff.ts';
import { dateTime, type Line, line, type Names, person, type Span } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import { touchKindLabels, touchOutcomeLabels } from './form.ts';

type Touched = Extract<HandoffEvent, { type: 'touched' }>;

/** A touch in the thread: logged from the card by `who`, or found in HubSpot with who made it and when. */
export function touchWords({ touch, found }: Touched, who: Span | string, names: Names): Line {
  const outcome = touchOutcomeLabels[touch.outcome].toLowerCase();
  if (!found)
    return line`${who} logged a touch: ${touchKindLabels[touch.kind]}, ${outcome}${noteWords(touch.note)}`;
  const hasMet = touch.kind === 'meeting' && touch.outcome === 'connected';
  const done = hasMet ? 'met the lead' : doneInHubSpot[touch.kind];
  // Of everything else the outcome is in the words already.
  const ended = touch.kind === 'call' ? `: ${outcome}` : '';
  return line`${person(found.rep, names)} ${done} (found in HubSpot, ${dateTime(found.at)})${ended}.`;
}

const doneInHubSpot: Readonly<Record<TouchKind, string>> = {
  call: 'called the lead',
  email: 'wrote to the lead',
  meeting: 'booked a meeting with the lead',
  message: 'messaged the lead',
  other: 'reached out to the lead',
};

/** What somebody wrote beside it, as the end of a sentence. */
export function noteWords(note: string): string {
  return note === '' ? '.' : `. "${note}"`;
}

/** That the time of the next attempt has come. */
export function attemptDueWords(
  { rep, due }: Extract<HandoffEvent, { type: 'attemptDue' }>,
  names: Names,
  words: Words,
): Line {
  return words.line('forms.attemptDue', { rep: person(rep, names), due: dateTime(due) });
}

/** That somebody took back what they had just done. */
export function undoneWords(
  { what }: Extract<HandoffEvent, { type: 'undone' }>,
  who: Span | string,
  words: Words,
): Line {
  switch (what) {
    case 'accepted':
      return words.line('forms.undidAccepted', { who });
    case 'touched':
      return words.line('forms.undidTouched', { who });
    case 'disqualified':
    case 'gaveUp':
    case 'recycled':
      return words.line('forms.undidEnd', { who });
    default:
      return what satisfies never;
  }
}
