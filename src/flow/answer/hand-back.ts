import { type ClickCommand, decide } from '../../domain/handoff/decide.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import { reroute } from '../../domain/routing/route.ts';
import type { Cause, Changed } from '../ports/handoffs.ts';
import { changeWithRouting, type RoutingNeeds } from '../with-routing.ts';

/** What somebody says who passes a lead on, before anybody is found to whom it goes. */
export type PassedOn = Omit<Extract<ClickCommand, { type: 'handBack' | 'disqualify' }>, 'to'>;

/**
 * Gives a lead that its rep hands back, or that is not theirs by the reason that they give, to somebody else at once, and
 * to nobody who has had it. Null: no such handoff.
 */
export async function handBack(
  needs: RoutingNeeds,
  id: HandoffId,
  said: PassedOn,
  cause: Cause,
): Promise<Changed | null> {
  const view = await needs.handoffs.view(id);
  if (!view) return null;
  return changeWithRouting(needs, view, cause, (handoff, { lead, passing, standing }, policy) => {
    const excluded = new Map([...standing.excluded, [said.by, 'handedBack'] as const]);
    const routed = reroute(null, lead, passing, policy, { ...standing, excluded }, cause.at);
    const to = routed?.assignment ?? null;
    const events = decide(handoff, { ...said, to } as ClickCommand, policy, cause.at);
    return 'refused' in events ? events : { events, credits: routed?.credits ?? null };
  });
}
