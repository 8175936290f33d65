import type { PauseEnd } from '../../domain/handoff/handoff.ts';
import { changeHandoff } from '../change.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { PauseEntry, Suppressions } from '../ports/suppressions.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';

type Needs = {
  suppressions: Suppressions;
  handoffs: Handoffs;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

/** Ends a pause before its time, or at it. */
export async function endPause(
  { id, cause: of }: PauseEntry,
  why: PauseEnd,
  { suppressions, handoffs, policyOf, clock, observe }: Needs,
): Promise<void> {
  const at = clock();
  if (of.kind === 'hand') return suppressions.lift([id], at, why);
  const { handoffId } = of;
  const cause = { by: null, at, commandId: null };
  const changed = await changeHandoff(handoffs, policyOf, handoffId, { type: 'endPause', why }, cause);
  if (changed?.outcome === 'changed') observe({ what: 'changed', handoffId, events: ['pauseEnded'] });
}
