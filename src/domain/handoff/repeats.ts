import { check, partsOf } from '../policy/condition.ts';
import type { Facts } from '../policy/facts.ts';
import type { Policy, Trigger } from '../policy/policy.ts';
import { urgencyOf } from '../policy/triggers.ts';
import type { Command } from './decide.ts';
import type { Handoff, Logged } from './handoff.ts';

/** What is done again so soon after the last time needs no word of its own. */
const soonMs = 30 * 60_000;

/** A lead's repetitions of a trigger while sales has it, and when it did so last. */
export type Repeats = { trigger: string; count: number; at: Date };

/**
 * What a lead did once more: what it was handed over for, or what is less urgent. A score or a stage is no deed, and sales
 * moves both.
 * @param facts as the lead was looked at when it qualified
 */
export function onceMore(
  facts: Facts,
  { handoff, log }: { handoff: Handoff; log: readonly Logged[] },
  policy: Policy,
): Command[] {
  for (const trigger of policy.triggers.slice(urgencyOf(policy, handoff.trigger)).filter(isDeed)) {
    const last = lastTime(trigger.name, handoff, log);
    const { met, since, found } = check(trigger.when, { ...facts, spentUntil: last });
    if (!met || !since || since <= last) continue;
    const soon = since.getTime() - last.getTime() < soonMs;
    return [{ type: 'noteRepeat', trigger: trigger.name, found, at: since, soon }];
  }
  return [];
}

function isDeed({ when }: Trigger): boolean {
  const states = new Set(['scoreReached', 'scoreRose', 'stageEntered']);
  return !partsOf(when).some(({ kind }) => states.has(kind));
}

/**
 * Up to when it is known what the lead did. What it was not handed over for counts from the beginning, or from what it did once
 * more since: one deed may meet several triggers.
 */
function lastTime(trigger: string, { trigger: own, qualifiedAt }: Handoff, log: readonly Logged[]): Date {
  const isOwn = trigger === own;
  const known = log.flatMap(({ at, event }) => {
    if (event.type === 'repeated' && (!isOwn || event.trigger === trigger)) return [event.at];
    return event.type === 'strengthened' && event.trigger === trigger ? [at] : [];
  });
  const begun = isOwn ? qualifiedAt : (log[0]?.at ?? qualifiedAt);
  return known.length > 0 ? new Date(Math.max(...known.map(Number))) : begun;
}

/** How often it did what, since sales has it: what it was handed over for is counted with the first time. */
export function repeatsOf(handoff: Pick<Handoff, 'trigger'>, log: readonly Logged[]): Repeats[] {
  const counted = new Map<string, Repeats>();
  for (const { event } of log) {
    if (event.type !== 'repeated') continue;
    const { trigger, at } = event;
    const before = counted.get(trigger)?.count ?? (trigger === handoff.trigger ? 1 : 0);
    counted.set(trigger, { trigger, count: before + 1, at });
  }
  return [...counted.values()];
}
