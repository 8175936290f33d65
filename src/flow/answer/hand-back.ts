import { decide } from '../../domain/handoff/decide.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import { reroute } from '../../domain/routing/route.ts';
import type { Cause, Changed } from '../ports/handoffs.ts';
import { changeWithRouting, type RoutingNeeds } from '../with-routing.ts';

/** Gives a lead that its rep hands back to somebody else at once, and to nobody who has had it. Null: no such handoff. */
export async function handBack(
  needs: RoutingNeeds,
  id: HandoffId,
  { by, ...told }: { by: PersonId; reason: string; note: string },
  cause: Cause,
): Promise<Changed | null> {
  const view = await needs.handoffs.view(id);
  if (!view) return null;
  return changeWithRouting(needs, view, cause, (handoff, { lead, passing, standing }, policy) => {
    const excluded = new Map([...standing.excluded, [by, 'handedBack'] as const]);
    const routed = reroute(null, lead, passing, policy, { ...standing, excluded }, cause.at);
    const to = routed?.assignment ?? null;
    const events = decide(handoff, { type: 'handBack', by, ...told, to }, policy, cause.at);
    return 'refused' in events ? events : { events, credits: routed?.credits ?? null };
  });
}
