import type { HandoffEvent } from '../handoff/handoff.ts';
import { sortOf } from '../handoff/touch-sort.ts';
import { dateTime, type Line, type Names, person, type Span } from '../words/line.ts';
import type { Words } from '../words/words.ts';

type Touched = Extract<HandoffEvent, { type: 'touched' }>;

/** A touch in the thread: logged from the card by `who`, or found in HubSpot with who made it and when. */
export function touchWords(
  { touch, found, madeAt, next }: Touched,
  who: Span | string,
  names: Names,
  words: Words,
): Line {
  const by = found ? person(found.rep, names) : who;
  const done = words.line(`touch.${sortOf(touch)}By`, { who: by });
  const { note, startsAt } = touch;
  const did = startsAt ? words.line('touch.startsAt', { did: done, at: dateTime(startsAt) }) : done;
  if (found) return words.line('touch.found', { did, at: dateTime(found.at) });
  const then = madeAt ? words.line('touch.madeAt', { did, at: dateTime(madeAt) }) : did;
  const said = note
    ? words.line('touch.saidNote', { did: then, note })
    : words.line('touch.said', { did: then });
  return next ? words.line('touch.next', { said, at: dateTime(next) }) : said;
}

/** What somebody wrote beside it, as the end of a sentence. */
export function noteWords(note: string, words: Words): string {
  return note === '' ? '.' : words.text('story.note', { note });
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
    case 'graceGiven':
      return words.line('forms.undidGrace', { who });
    case 'disqualified':
    case 'gaveUp':
    case 'recycled':
      return words.line('forms.undidEnd', { who });
    default:
      return what satisfies never;
  }
}
