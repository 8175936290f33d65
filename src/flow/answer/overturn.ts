import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import { changeHandoff } from '../change.ts';
import type { Cause, Changed, Handoffs } from '../ports/handoffs.ts';
import type { PolicyOf } from '../ports/time.ts';

type Needs = { handoffs: Handoffs; policyOf: PolicyOf };

/** Has a lead that was sent back go on where it was, unless sales has it again already. Null: no such handoff. */
export async function overturn(
  { handoffs, policyOf }: Needs,
  id: HandoffId,
  { by }: { by: PersonId },
  cause: Cause,
): Promise<Changed | null> {
  const view = await handoffs.view(id);
  if (!view) return null;
  const others = await handoffs.ofLeads([view.lead.id]);
  const isElsewhere = others.some(({ handoff }) => handoff.id !== id && handoff.status !== 'closed');
  return changeHandoff(handoffs, policyOf, view.handoff, { type: 'overturn', by, isElsewhere }, cause);
}
