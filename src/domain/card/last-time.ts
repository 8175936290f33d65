import { dateTime, type Line, type Names, person } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import type { CardView } from './card.ts';
import { reasonLabel } from './reasons.ts';
import { noteWords } from './touch-words.ts';

/** A recycled lead in a list: until when it sleeps, who sent it back, and what they said. */
export function sleepWords({
  handoff,
  names,
  policy,
  words,
}: Pick<CardView, 'handoff' | 'policy'> & { names: Names; words: Words }): Line | null {
  if (handoff.status !== 'closed' || !handoff.sentBack?.revisitAt) return null;
  const { by, note, revisitAt } = handoff.sentBack;
  return words.line('bulletins.again', {
    day: dateTime(revisitAt),
    rep: person(handoff.assignment.rep, names),
    reason: reasonLabel(policy, handoff.reason),
    who: person(by ?? handoff.assignment.rep, names),
    note: noteWords(note, words),
  });
}
