import type { Policy } from '../domain/policy.ts';
import { changeHandoff } from './change.ts';
import type { Observe } from './observe.ts';
import type { Clock, DueTimer, Handoffs, Timers } from './ports.ts';

/** Hands every timer that is due to a job, once. What a timer does is decided when its job runs. */
export function sweep({ timers, clock, observe }: { timers: Timers; clock: Clock; observe: Observe }) {
  return async (): Promise<void> => {
    const fired = await timers.fireDue(clock());
    observe({ what: 'swept', fired });
  };
}

/** Lets a fired timer remind, mark the breach or tell the manager; a timer that time has overtaken does nothing. */
export function onTimer(needs: { handoffs: Handoffs; policy: () => Policy; clock: Clock; observe: Observe }) {
  return async ({ id, handoffId, clock, action, run }: DueTimer): Promise<void> => {
    const cause = { by: null, at: needs.clock(), commandId: `timer:${id}` };
    const command = { type: action, clock, run } as const;
    const changed = await changeHandoff(needs.handoffs, needs.policy(), handoffId, command, cause);
    if (changed?.outcome !== 'changed') return;
    needs.observe({ what: 'changed', handoffId, events: changed.events.map((event) => event.type) });
  };
}
