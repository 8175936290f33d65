import { type Command, decide, type Refusal } from '../domain/handoff/decide.ts';
import {
  evolve,
  type Handoff,
  type HandoffEvent,
  type HandoffId,
  refundOf,
  running,
} from '../domain/handoff/handoff.ts';
import type { PersonId, Policy } from '../domain/policy/policy.ts';
import { timersOf } from '../domain/time/sla.ts';
import type { Change, Changed, Handoffs } from './ports/handoffs.ts';
import type { PolicyOf } from './ports/time.ts';

/** Carries out a command on a handoff: decided by the domain, committed by the store. Null: no such handoff. */
export function changeHandoff(
  handoffs: Handoffs,
  policyOf: PolicyOf,
  id: HandoffId,
  command: Command,
  cause: { by: PersonId | null; at: Date; commandId: string | null },
): Promise<Changed | null> {
  return handoffs.change(id, cause, (handoff) => apply(handoff, command, policyOf(handoff), cause.at));
}

/** What a command does to a handoff, with the timers that follow. */
export function apply(handoff: Handoff, command: Command, policy: Policy, now: Date): Change | Refusal {
  const events = decide(handoff, command, policy, now);
  return 'refused' in events ? events : after(handoff, events, policy, now);
}

/** A handoff after events, with the timers that follow. */
export function after(handoff: Handoff, events: readonly HandoffEvent[], policy: Policy, now: Date): Change {
  const next = events.reduce((state, event) => evolve(state, event, now), handoff);
  const refund = refundOf(handoff, events, policy);
  return {
    handoff: next,
    events,
    timers: timersFor(next, policy, now),
    refund,
    news: newsOf(handoff.id, events),
  };
}

/** What was missed while the bot stood still is told together: one message a person, not one for each lead. */
function newsOf(handoffId: HandoffId, events: readonly HandoffEvent[]): Change['news'] {
  return events.flatMap((event) => {
    if (event.type !== 'resumed') return [];
    const readers = event.manager ? [event.rep, event.manager] : [event.rep];
    return readers.map((person) => ({ person, news: { kind: 'missed', handoffId } as const }));
  });
}

/** The timers that run for a handoff as it stands; none when no clock is ticking. */
export function timersFor(handoff: Handoff, policy: Policy, now: Date): Change['timers'] {
  const ticking = running(handoff);
  return ticking ? timersOf(ticking, policy, now) : [];
}
