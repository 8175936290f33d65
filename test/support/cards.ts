import type { Card } from '../../src/domain/card/card.ts';
import { line } from '../../src/domain/words/line.ts';

/** A card on which there is only who it is about and that something is expected, and whatever a test is about. */
export function plainCard(override: Partial<Card> = {}): Card {
  return {
    notification: line`Demo request: Priya Nair. Respond by ten`,
    tone: 'new',
    status: line`Respond by ten`,
    title: 'Demo request: Priya Nair',
    body: [],
    actions: [],
    menu: [],
    more: null,
    foot: null,
    history: [],
    language: 'en',
    ...override,
  };
}
