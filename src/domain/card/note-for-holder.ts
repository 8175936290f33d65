import { oneLine, person } from '../words/line.ts';
import type { Card, CardView } from './card.ts';

const mostOfNote = 76;

/** What whoever passed the lead on had to say to its holder, until they have reached out: 'Grace Whitfield: “prefers mornings”'. */
export function noteForHolder({ handoff, log, names, words }: CardView): Card['body'] {
  if (handoff.status !== 'offered' && handoff.status !== 'accepted') return [];
  const given = log.findLastIndex(({ event }) => 'assignment' in event);
  const [before, last] = [log[given - 1], log[given]];
  if (last?.event.type !== 'reassigned') return [];
  const handedBack = before?.event.type === 'handedBack' ? before.event.note : '';
  const note = oneLine(last.event.note ?? handedBack, mostOfNote);
  if (note === '' || last.by === null) return [];
  return [{ kind: 'line', text: words.line('card.noteFor', { who: person(last.by, names), note }) }];
}
