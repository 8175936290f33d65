import { passOn } from '../../domain/handoff/ladder.ts';
import type { Destination, PersonId } from '../../domain/policy/policy.ts';
import type { Why } from '../../domain/words/reason.ts';
import type { Changed, HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import { changeWithRouting, type RoutingNeeds } from '../with-routing.ts';

type Needs = RoutingNeeds & { observe: Observe };

/** Finds somebody else for every open handoff of a person who takes none any more, and lets the manager know. */
export function findSuccessors(needs: Needs) {
  return async (person: PersonId, why: Why): Promise<void> => {
    for (const id of await needs.handoffs.heldBy(person)) {
      const view = await needs.handoffs.view(id);
      if (view) await findSuccessor(view, person, { why, quiet: false }, needs);
    }
  };
}

/**
 * Finds somebody else for one handoff of a person.
 * @param told `quiet`: the manager is told of it together with others; `to`: where it goes, in place of the routing rules
 */
export async function findSuccessor(
  view: HandoffView,
  person: PersonId,
  { to = null, ...told }: { why: Why; quiet: boolean; to?: Destination | null },
  needs: Needs,
): Promise<Changed | null> {
  const now = needs.clock();
  const cause = { by: null, at: now, commandId: null };
  const changed = await changeWithRouting(needs, view, cause, (handoff, around, policy) => {
    if (handoff.assignment.rep !== person) return { refused: 'stale' };
    return passOn(handoff, to, told, around, policy, now) ?? { refused: 'nobodyElse' };
  });
  if (changed?.outcome === 'changed') {
    needs.observe({
      what: 'changed',
      handoffId: view.handoff.id,
      events: changed.events.map(({ type }) => type),
    });
  }
  return changed;
}
