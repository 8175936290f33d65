import type { Identify } from './identify.ts';
import type { Cards, Clock, NoteSeen } from './ports.ts';

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
