import type { HandoffId } from '../domain/handoff/handoff.ts';
import type { PersonId } from '../domain/policy/policy.ts';
import type { AskBack, ShownForm } from './ports/chat.ts';
import type { Clock } from './ports/time.ts';

/** Whoever has acted through this process a moment ago, and can be asked something without having to press anything. */
export type StillThere = {
  /** Somebody acts on a handoff. */
  acts(handoffId: HandoffId, by: PersonId, askBack: AskBack): void;
  /** Puts a form in front of somebody. @returns false when they are not there any more, or it could not be shown */
  ask(handoffId: HandoffId, person: PersonId, prepare: () => Promise<ShownForm | null>): Promise<boolean>;
};

export function createStillThere(clock: Clock): StillThere {
  const there = new Map<HandoffId, { by: PersonId; until: number; show: AskBack['show'] }>();
  const forget = (now: number) => {
    for (const [handoffId, { until }] of there) if (until <= now) there.delete(handoffId);
  };
  return {
    acts: (handoffId, by, { show, forMs }) => {
      const now = clock().getTime();
      forget(now);
      there.set(handoffId, { by, show, until: now + forMs });
    },
    ask: async (handoffId, person, prepare) => {
      forget(clock().getTime());
      const found = there.get(handoffId);
      if (found?.by !== person) return false;
      there.delete(handoffId);
      try {
        const prepared = await prepare();
        if (prepared) await found.show(prepared);
        return prepared !== null;
      } catch {
        // They are told in words instead, and find the form behind its button.
        return false;
      }
    },
  };
}
