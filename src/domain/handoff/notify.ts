import { rulesOf } from '../policy/notify-rules.ts';
import type { NotifyRule, Policy } from '../policy/policy.ts';
import { dueOf, type RunningTarget, type Timer } from '../time/sla.ts';
import type { Refusal } from './decide.ts';
import { type Handoff, type HandoffEvent, openTo, running } from './handoff.ts';

/**
 * When the holder of a lead that waits for an answer is told again as they wish: counted as the target counts, from when it
 * began. The timer's step is the minutes of its rules. What is past, or within a snooze, is left out.
 */
export function notifyTimers(handoff: Handoff, policy: Policy, now: Date): Timer[] {
  const ticking = running(handoff);
  if (ticking?.clock !== 'acknowledge' || openTo(handoff).length > 0) return [];
  const { run, rep, snoozedUntil } = ticking;
  const from = handoff.granted?.from ?? handoff.assignment.at;
  const awakeFrom = snoozedUntil && snoozedUntil > now ? snoozedUntil : now;
  const times = new Set(rulesOf(policy, rep).map(({ afterMinutes }) => afterMinutes));
  return [...times]
    .map((minutes): Timer => {
      const dueAt = dueOf({ from, minutes }, handoff.targets.acknowledge, policy, rep);
      return { clock: 'acknowledge', step: minutes, action: 'notify', run, dueAt };
    })
    .filter(({ dueAt }) => dueAt > awakeFrom);
}

/** What the holder's own rules have happen now; stale when they have answered, or want it no more. */
export function notify(
  handoff: Handoff,
  { step, run }: Pick<Timer, 'step' | 'run'>,
  policy: Policy,
  now: Date,
): HandoffEvent[] | Refusal {
  const ticking = running(handoff);
  if (ticking?.run !== run || ticking.clock !== 'acknowledge') return { refused: 'stale' };
  const isAsked = handoff.asked !== null && handoff.asked.until > now;
  const due = rulesOf(policy, ticking.rep).filter(
    // Whoever has asked for time waits for the answer.
    ({ kind, afterMinutes }) => afterMinutes === step && !(isAsked && kind === 'again'),
  );
  return due.length > 0 ? due.map((rule) => eventOf(rule, ticking)) : { refused: 'stale' };
}

function eventOf(rule: NotifyRule, { clock, rep, due }: RunningTarget): HandoffEvent {
  switch (rule.kind) {
    case 'again':
      return { type: 'reminded', clock, rep, due, loud: true };
    case 'mail':
      return { type: 'alerted', clock, rep, due, alert: { kind: 'mail', to: rep } };
    case 'webhook':
      return { type: 'alerted', clock, rep, due, alert: { kind: 'webhook', name: rule.name } };
    default:
      return rule satisfies never;
  }
}
