import { type ClickCommand, decide } from '../../domain/handoff/decide.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import { cannotHold } from '../../domain/routing/route.ts';
import type { Cause, Changed } from '../ports/handoffs.ts';
import { changeWithRouting, type RoutingNeeds } from '../with-routing.ts';

/**
 * Gives a lead to whom a button named: it may be on a card of some time ago, and they may have gone away since, or have had
 * the lead meanwhile. Null: no such handoff.
 */
export async function giveTo(
  needs: RoutingNeeds,
  id: HandoffId,
  command: Extract<ClickCommand, { type: 'reassign' }>,
  cause: Cause,
): Promise<Changed | null> {
  const view = await needs.handoffs.view(id);
  if (!view) return null;
  return changeWithRouting(needs, view, cause, (handoff, { standing }, policy) => {
    const events = decide(handoff, command, policy, cause.at);
    if ('refused' in events) return events;
    const why = cannotHold(command.to, policy, standing, cause.at);
    return why ? { refused: 'cannotTakeIt', person: command.to, why } : { events, credits: null };
  });
}
