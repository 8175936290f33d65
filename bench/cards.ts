import type { SlackServer } from '../sandbox/slack/server.ts';
import { reps } from './platforms.ts';

/** What arrives in the reps' conversations. */
export type Cards = {
  count(): number;
  /**
   * @returns when, by `performance.now`, there were so many in all.
   * @throws when they are not there in time.
   */
  reach(count: number, withinMs: number): Promise<number>;
  /** How many cards there are about each lead. */
  byLead(): ReadonlyMap<string, number>;
};

/** Counts the top-level messages; the server calls back in the very moment in which it takes one in. */
export function watchCards(slack: SlackServer): Cards {
  const all = () => reps.flatMap((rep) => slack.messages(rep));
  const count = () => reps.reduce((sum, rep) => sum + slack.messages(rep).length, 0);
  return {
    count,
    reach: (wanted, withinMs) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          clearTimeout(deadline);
          stopListening();
          settle();
        };
        const look = () => {
          if (count() >= wanted) end(() => resolve(performance.now()));
        };
        const stopListening = slack.onChange(look);
        const deadline = setTimeout(() => {
          const message = `${count()} cards arrived within ${withinMs / 1000} s, expected ${wanted}`;
          end(() => reject(new Error(message)));
        }, withinMs);
        look();
      }),
    byLead: () => {
      const cards = new Map<string, number>();
      for (const { blocks } of all()) {
        // The card links to the lead's record.
        const [, lead = 'unknown'] = /\/record\/0-1\/(\d+)/.exec(JSON.stringify(blocks)) ?? [];
        cards.set(lead, (cards.get(lead) ?? 0) + 1);
      }
      return cards;
    },
  };
}
