import type { Handoff } from './handoff.ts';

/**
 * The places in the log of the webhooks that were told of a target which runs no more for whoever held the lead: what they
 * were told is over.
 */
export function noLongerCalled(before: Handoff, after: Handoff): readonly number[] {
  const still = new Set(after.called);
  return (before.called ?? []).filter((seq) => !still.has(seq));
}
