import { type Handoff, running, waitsForDigest } from '../../domain/handoff/handoff.ts';
import { changeHandoff } from '../change.ts';
import type { Outbox } from '../ports/cards.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { DueTimer, PolicyOf } from '../ports/time.ts';

type Needs = {
  handoffs: Handoffs;
  outbox: Outbox;
  policyOf: PolicyOf;
  learnPolicyOf: (handoff: Handoff) => Promise<void>;
  observe: Observe;
};

/**
 * The time of a digest has come. Whichever of its leads is first brings them all: their rep is told of them in one message,
 * however long the others' timers take. Those that have been told of meanwhile are left out when it is written; one that
 * was still being assigned when it was called for comes in the next.
 */
export async function callForDigest(
  { id, handoffId, run }: DueTimer,
  now: Date,
  needs: Needs,
): Promise<void> {
  const { handoffs, outbox, policyOf, observe } = needs;
  const first = (await handoffs.view(handoffId))?.handoff;
  if (!first?.digestAt || running(first)?.run !== run || !waitsForDigest(first)) return;
  const { digestAt: since, assignment } = first;
  // Whoever fired the timer may have a clock that is ahead of this one.
  const at = now < since ? since : now;
  const views = await handoffs.views(await handoffs.heldBy(assignment.rep));
  const due = views
    .map(({ handoff }) => handoff)
    .filter((handoff) => isDue(handoff, at))
    .toSorted((a, b) => a.assignment.at.getTime() - b.assignment.at.getTime());
  const called = await outbox.callForDigest(
    assignment.rep,
    due.map((handoff) => handoff.id),
    { since, at },
  );
  if (called.includes(handoffId)) return;
  await needs.learnPolicyOf(first);
  const cause = { by: null, at, commandId: `timer:${id}` };
  const changed = await changeHandoff(handoffs, policyOf, first, { type: 'missDigest', run }, cause);
  if (changed?.outcome !== 'changed') return;
  observe({ what: 'changed', handoffId, events: changed.events.map(({ type }) => type) });
}

function isDue(handoff: Handoff, at: Date): boolean {
  return waitsForDigest(handoff) && handoff.digestAt !== undefined && handoff.digestAt <= at;
}
