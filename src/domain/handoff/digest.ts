import type { Policy } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import { hoursOf } from '../policy/working-hours.ts';
import type { Assignment } from '../routing/route.ts';
import { nextDigest } from '../time/next-digest.ts';
import type { Timer } from '../time/sla.ts';
import { consequenceOf } from './consequences.ts';
import { type Handoff, type Logged, waitsForDigest } from './handoff.ts';

/**
 * When a lead comes to whoever gets it, together with others; null: at once. One that several may claim comes at once:
 * the first has it.
 */
export function digestOf(trigger: string, { rep, at, openTo }: Assignment, policy: Policy): Date | null {
  const times = triggerOf(policy, trigger)?.digestAt;
  if (!times || openTo?.length) return null;
  return nextDigest(times, hoursOf(policy, rep), at);
}

/** When its holder is to be told of it with others. */
export function digestTimers(handoff: Handoff): Timer[] {
  const { digestAt, clockRun: run } = handoff;
  if (!digestAt || !waitsForDigest(handoff)) return [];
  return [{ clock: 'acknowledge', step: 0, action: 'digest', run, dueAt: digestAt }];
}

/**
 * Whether its holder needs no card of it yet: it comes, or came, in a digest, and nothing has happened since that they have
 * to know.
 */
export function needsNoCard(
  { status, digestAt, assignment: { rep } }: Handoff,
  log: readonly Logged[],
): boolean {
  if (status !== 'offered' || !digestAt) return false;
  const since = log.findLastIndex(({ event }) => 'assignment' in event) + 1;
  return !log.slice(since).some(({ event, by }) => {
    const calls = consequenceOf(event).calls(event, { by, holder: [rep] });
    return calls.some(({ who }) => who.includes(rep));
  });
}
