import { passOn } from '../../domain/handoff/ladder.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Absence } from '../../domain/routing/availability.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import { availabilityIn, type RoutingNeeds } from '../with-routing.ts';
import { waitsPast } from './cover.ts';

/** What would become of somebody's leads if they went away now. */
export type ForeseenCover = {
  /** Not answered, and somebody else would get them. */
  goes: readonly HandoffView[];
  /** Not answered, and nobody else can take them now. */
  stays: readonly HandoffView[];
  accepted: readonly HandoffView[];
};

/** Tells what `cover` would do about an absence, without effect. */
export function foreseeCover(needs: RoutingNeeds) {
  return async (person: PersonId, away: Absence): Promise<ForeseenCover> => {
    const { handoffs, policyOf } = needs;
    const views = await handoffs.views(await handoffs.heldBy(person));
    const byDue = views.toSorted((a, b) => +a.handoff.respondBy - +b.handoff.respondBy);
    const waiting = byDue.filter(({ handoff }) => waitsPast(handoff, away, policyOf(handoff)));
    const goes: HandoffView[] = [];
    for (const view of waiting) if (await hasSuccessor(view, away, needs)) goes.push(view);
    return {
      goes,
      stays: waiting.filter((view) => !goes.includes(view)),
      accepted: byDue.filter(({ handoff }) => handoff.status !== 'offered'),
    };
  };
}

async function hasSuccessor(
  { handoff, lead }: HandoffView,
  { why }: Absence,
  needs: RoutingNeeds,
): Promise<boolean> {
  const { handoffs, inbox, directory, policyOf, clock } = needs;
  const [policy, now] = [policyOf(handoff), clock()];
  const passing = { trigger: handoff.trigger, workflows: await inbox.workflowRequests(lead.id) };
  const standing = {
    ...(await availabilityIn(directory, policy, now)),
    ...(await handoffs.balance(lead.id, handoff.id)),
  };
  const passed = passOn(handoff, null, { why, quiet: true }, { lead, passing, standing }, policy, now);
  return passed !== null && !('refused' in passed);
}
