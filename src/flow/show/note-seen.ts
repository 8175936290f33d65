import type { Identify } from '../people/identify.ts';
import type { Cards } from '../ports/cards.ts';
import type { NoteSeen } from '../ports/chat.ts';
import type { Clock } from '../ports/time.ts';

/** Remembers that somebody has had their cards in front of them. */
export function noteSeen({
  cards,
  identify,
  clock,
}: {
  cards: Cards;
  identify: Identify;
  clock: Clock;
}): NoteSeen {
  return async ({ platform, userId, handoffId }) => {
    const person = await identify(platform, userId);
    if (person) await cards.noteSeen(person, platform, handoffId, clock());
  };
}
