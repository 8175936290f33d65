import type { Refusal } from '../domain/handoff/decide.ts';
import type { Handoff } from '../domain/handoff/handoff.ts';
import type { Climbed, Surroundings } from '../domain/handoff/ladder.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Standing } from '../domain/routing/route.ts';
import { after } from './change.ts';
import { inactiveOf, ownersIn } from './people/people.ts';
import type { Cause, Changed, Handoffs, HandoffView } from './ports/handoffs.ts';
import type { Inbox } from './ports/inbox.ts';
import type { Directory } from './ports/people.ts';
import type { Clock, PolicyOf } from './ports/time.ts';

export type RoutingNeeds = {
  handoffs: Handoffs;
  inbox: Inbox;
  directory: Directory;
  policyOf: PolicyOf;
  clock: Clock;
};

/**
 * Changes a handoff by a decision for which routing may have to find somebody. Everything that routing depends on is
 * read before, but for the balances, which are locked until the change is saved.
 */
export async function changeWithRouting(
  { handoffs, inbox, directory, policyOf }: RoutingNeeds,
  { lead, handoff }: HandoffView,
  cause: Cause,
  decide: (handoff: Handoff, around: Surroundings, policy: Policy) => Climbed | Refusal,
): Promise<Changed | null> {
  const workflows = await inbox.workflowRequests(lead.id);
  const availability = await availabilityIn(directory, policyOf(handoff), cause.at);
  return handoffs.reassign(handoff.id, cause, (current, balance) => {
    const policy = policyOf(current);
    const passing = { trigger: current.trigger, workflows };
    const decided = decide(current, { lead, passing, standing: { ...availability, ...balance } }, policy);
    if ('refused' in decided) return decided;
    return { ...after(current, decided.events, policy, cause), credits: decided.credits };
  });
}

/** Who is who, and who is there. */
export async function availabilityIn(
  directory: Directory,
  policy: Policy,
  now: Date,
): Promise<Pick<Standing, 'peopleByOwner' | 'inactive' | 'absences'>> {
  const people = await directory.people();
  return {
    peopleByOwner: ownersIn(policy, people),
    inactive: inactiveOf(people),
    absences: await directory.absences(now),
  };
}
