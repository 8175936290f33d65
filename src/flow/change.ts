import {
  type Command,
  decide,
  evolve,
  type Handoff,
  type HandoffId,
  type Refusal,
  running,
} from '../domain/handoff.ts';
import type { PersonId, Policy } from '../domain/policy.ts';
import { timersOf } from '../domain/sla.ts';
import type { Change, Changed, Handoffs } from './ports.ts';

/** Carries out a command on a handoff: decided by the domain, committed by the store. Null: no such handoff. */
export function changeHandoff(
  handoffs: Handoffs,
  policy: Policy,
  id: HandoffId,
  command: Command,
  cause: { by: PersonId | null; at: Date; commandId: string | null },
): Promise<Changed | null> {
  return handoffs.change(id, cause, (handoff) => apply(handoff, command, policy, cause.at));
}

function apply(handoff: Handoff, command: Command, policy: Policy, now: Date): Change | Refusal {
  const events = decide(handoff, command, policy, now);
  if ('refused' in events) return events;
  const next = events.reduce((state, event) => evolve(state, event, now), handoff);
  return { handoff: next, events, timers: timersFor(next, policy, now) };
}

/** The timers that run for a handoff as it stands; none when no clock is ticking. */
export function timersFor(handoff: Handoff, policy: Policy, now: Date): Change['timers'] {
  const ticking = running(handoff);
  return ticking ? timersOf(ticking, policy, now) : [];
}
