import { dateTime, type Line, line, type Names, person } from '../words/line.ts';
import type { CardView } from './card.ts';
import { reasonLabel } from './reasons.ts';
import { noteWords } from './touch-words.ts';

/** A recycled lead in a list: until when it sleeps, who sent it back, and what they said. */
export function sleepWords({
  handoff,
  names,
  policy,
}: Pick<CardView, 'handoff' | 'policy'> & { names: Names }): Line | null {
  if (handoff.status !== 'closed' || !handoff.sentBack?.revisitAt) return null;
  const { by, note, revisitAt } = handoff.sentBack;
  const who = person(by ?? handoff.assignment.rep, names);
  return line`Back ${dateTime(revisitAt)} with ${person(handoff.assignment.rep, names)}. ${reasonLabel(policy, handoff.reason)}, by ${who}${noteWords(note)}`;
}
