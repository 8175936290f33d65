import { type Handoff, openTo } from '../../../src/domain/handoff/handoff.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { homeFreshMs } from '../../../src/flow/ports/homes.ts';
import type { Kept } from './kept.ts';

/** Whose homes a handoff stands in. */
export function standsWith(handoffs: readonly Handoff[]): PersonId[] {
  return handoffs.flatMap((handoff) => [
    handoff.assignment.rep,
    ...(handoff.escalatedTo ? [handoff.escalatedTo] : []),
    ...openTo(handoff),
  ]);
}

export function refreshHomes({ homes, jobs }: Kept, people: readonly PersonId[], now: Date): void {
  const since = now.getTime() - homeFreshMs;
  for (const [reader, { openedAt, watches }] of homes) {
    const isShown = watches.some((person) => people.includes(person));
    if (isShown && openedAt.getTime() >= since) jobs.add('home', reader);
  }
}
