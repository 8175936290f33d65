import { changeHandoff } from './change.ts';
import type { Observe } from './observe.ts';
import type { Clock, DueTimer, Handoffs, Holds, PolicyOf, Timers } from './ports.ts';

/**
 * Hands every timer that is due to a job, once, and has every lead looked at again that waited until now. What a timer
 * does is decided when its job runs.
 */
export function sweep({
  timers,
  holds,
  clock,
  observe,
}: {
  timers: Timers;
  holds: Holds;
  clock: Clock;
  observe: Observe;
}) {
  return async (): Promise<void> => {
    const fired = await timers.fireDue(clock());
    const woken = await holds.wakeDue(clock());
    observe({ what: 'swept', fired, woken });
  };
}

/** Lets a fired timer remind, mark the breach or tell the manager; a timer that time has overtaken does nothing. */
export function onTimer(needs: { handoffs: Handoffs; policyOf: PolicyOf; clock: Clock; observe: Observe }) {
  return async ({ id, handoffId, clock, action, run }: DueTimer): Promise<void> => {
    const cause = { by: null, at: needs.clock(), commandId: `timer:${id}` };
    const command = { type: action, clock, run } as const;
    const changed = await changeHandoff(needs.handoffs, needs.policyOf, handoffId, command, cause);
    if (changed?.outcome !== 'changed') return;
    needs.observe({ what: 'changed', handoffId, events: changed.events.map((event) => event.type) });
  };
}
