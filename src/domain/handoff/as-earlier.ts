import type { End } from '../routing/came-back.ts';
import type { EarlierHandoff } from '../routing/qualify.ts';
import type { Handoff } from './handoff.ts';
import { timesRecycled } from './recycle.ts';

/** A handoff as the next decision about its lead looks at it. */
export function asEarlier(handoff: Handoff): EarlierHandoff {
  const { trigger, qualifiedAt } = handoff;
  const closedAt = handoff.status === 'closed' ? handoff.closedAt : null;
  return { trigger, qualifiedAt, closedAt, end: endOf(handoff) };
}

/** Null for one that is open, or that nobody of sales sent back. */
function endOf(handoff: Handoff): End | null {
  if (handoff.status !== 'closed' || !handoff.sentBack) return null;
  const { id: handoffId, assignment, closedAt: at, outcome, reason, sentBack } = handoff;
  if (outcome === 'converted' || outcome === 'withdrawn') return null;
  const { rep } = assignment;
  return { handoffId, rep, at, outcome, reason, recycled: timesRecycled(handoff), ...sentBack };
}
