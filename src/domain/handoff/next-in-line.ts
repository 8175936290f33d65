import type { PersonId, Policy } from '../policy/policy.ts';
import { reroute } from '../routing/route.ts';
import type { Handoff } from './handoff.ts';
import type { Surroundings } from './ladder.ts';

/** Whom routing would choose instead of the holder, and how many open leads they have. */
export type NextInLine = { rep: PersonId; open: number };

/** Who would get a handoff now by the routing rules; null when nobody but the fallback is left. */
export function nextInLine(
  { assignment }: Handoff,
  { lead, passing, standing }: Surroundings,
  policy: Policy,
  now: Date,
): NextInLine | null {
  const excluded = new Map([...standing.excluded, [assignment.rep, 'hadAlready'] as const]);
  const routed = reroute(null, lead, passing, policy, { ...standing, excluded }, now)?.assignment;
  if (!routed || routed.reasons.at(-1)?.kind === 'fallback') return null;
  return { rep: routed.rep, open: standing.load.get(routed.rep)?.open ?? 0 };
}
