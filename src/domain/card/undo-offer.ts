import { mayUndo } from '../handoff/undo.ts';
import type { PersonId } from '../policy/policy.ts';
import type { Card, CardView } from './card.ts';

const mostButtons = 3;

/** A card by which its reader can take back what they did a moment ago, as long as they can. */
export function withUndo(card: Card, reader: PersonId, { handoff, policy, words, now }: CardView): Card {
  if (!mayUndo(handoff, reader, policy, now)) return card;
  const undo = { kind: 'command', command: 'undo', label: words.text('card.undo'), primary: false } as const;
  const [first, ...others] = card.actions;
  const actions = first ? [first, undo, ...others] : [undo];
  // What has no room beside it for these seconds is behind the menu.
  return {
    ...card,
    actions: actions.slice(0, mostButtons),
    menu: [...actions.slice(mostButtons), ...card.menu],
  };
}
