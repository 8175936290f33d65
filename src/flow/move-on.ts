import type { PersonId, Policy } from '../domain/policy.ts';
import { route } from '../domain/route.ts';
import { apply } from './change.ts';
import { presenceIn } from './intake.ts';
import type { Observe } from './observe.ts';
import type { Clock, Directory, Handoffs, Inbox, PolicyOf } from './ports.ts';

type Needs = {
  handoffs: Handoffs;
  inbox: Inbox;
  directory: Directory;
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

/**
 * Finds somebody else for every open handoff of a person who takes none any more, and lets the manager know. Nobody
 * waits for a team here: a lead that is held already has to be somebody's.
 */
export function moveOn({ handoffs, inbox, directory, policy, policyOf, clock, observe }: Needs) {
  return async (person: PersonId, why: string): Promise<void> => {
    for (const id of await handoffs.heldBy(person)) {
      const view = await handoffs.view(id);
      if (!view) continue;
      const { lead, handoff } = view;
      const now = clock();
      const workflows = await inbox.workflowRequests(lead.id);
      const presence = await presenceIn(directory, policy(), now);
      const inactive = new Set([...presence.inactive, person]);
      const passing = { trigger: handoff.trigger, workflows };
      const cause = { by: null, at: now, commandId: null };
      const changed = await handoffs.reassign(id, cause, (current, balance) => {
        if (current.assignment.rep !== person) return { refused: 'stale' };
        const standing = { ...presence, ...balance, inactive };
        const routed = route(lead, passing, neverWaiting(policy()), standing, now);
        if (routed.outcome !== 'assigned') return { refused: 'stale' };
        const command = { type: 'moveOn', from: person, assignment: routed.assignment, why } as const;
        const decided = apply(current, command, policyOf(current), now);
        return 'refused' in decided ? decided : { ...decided, credits: routed.credits };
      });
      if (changed?.outcome === 'changed') {
        observe({ what: 'changed', handoffId: id, events: changed.events.map(({ type }) => type) });
      }
    }
  };
}

function neverWaiting(policy: Policy): Policy {
  const rules = policy.routing.rules.map((rule) => ({ ...rule, whenNobody: 'next' as const }));
  return { ...policy, routing: { ...policy.routing, rules } };
}
