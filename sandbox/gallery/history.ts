import type { Command } from '../../src/domain/handoff/decide.ts';
import type { Handoff, HandoffEvent, HandoffId, Logged } from '../../src/domain/handoff/handoff.ts';
import { begin, offer } from '../../src/domain/handoff/handoff.ts';
import { climb, type Surroundings } from '../../src/domain/handoff/ladder.ts';
import { type Memory, noMemory } from '../../src/domain/handoff/memory.ts';
import type { Lead } from '../../src/domain/lead/lead.ts';
import type { PersonId, Policy } from '../../src/domain/policy/policy.ts';
import { type Judgement, judge } from '../../src/domain/routing/judge.ts';
import type { History as Known } from '../../src/domain/routing/qualify.ts';
import type { Standing } from '../../src/domain/routing/route.ts';
import type { Timer } from '../../src/domain/time/sla.ts';
import { after, apply, timersFor } from '../../src/flow/change.ts';

/** A handoff with all that happened to it by now. */
export type Told = {
  handoff: Handoff;
  log: readonly Logged[];
  lead: Lead;
  /** What the bot knows around the lead from before. */
  memory: Memory;
  now: Date;
};

/** What the bot decides by. */
export type Rules = { policy: Policy; standing: Standing };

/** How a lead is handed over, as intake would. Null: it would not be. */
export function handOver(
  id: HandoffId,
  lead: Lead,
  known: Known,
  { policy, standing }: Rules,
  now: Date,
): Told | null {
  const judged = judge(lead, policy, known, standing, now);
  return judged.verdict === 'handoff' ? opened(id, lead, judged, policy, now) : null;
}

function opened(
  id: HandoffId,
  lead: Lead,
  { trigger, since, targets, assignment, back, reason }: Extract<Judgement, { verdict: 'handoff' }>,
  policy: Policy,
  now: Date,
): Told {
  const owned = { ownerId: lead.ownerId, since: lead.ownerSince };
  const event = { ...offer(assignment, targets, reason, policy, owned), ...(back && { back }) };
  const handoff = begin(
    {
      id,
      leadId: lead.id,
      trigger: trigger.name,
      targets,
      policyVersion: policy.version,
      qualifiedAt: since,
    },
    event,
  );
  return { handoff, log: [{ seq: 1, at: now, by: null, event }], lead, memory: noMemory, now };
}

/** Somebody, or nobody, does something now; a refusal is a mistake of whoever tells the story. */
export function does(told: Told, command: Command, { policy }: Rules): Told {
  const by = 'by' in command ? command.by : null;
  const change = apply(told.handoff, command, policy, { by, at: told.now });
  if ('refused' in change) {
    throw new Error(`${command.type} at ${told.now.toISOString()} is refused: ${JSON.stringify(change)}`);
  }
  return noted(told, change, by);
}

/** The time until then passes, with everything that falls due on the way. */
export function waits(told: Told, until: Date, rules: Rules): Told {
  let current = told;
  let timers = timersFor(told.handoff, rules.policy, told.now);
  for (;;) {
    const [next, ...later] = timers
      .filter(({ dueAt }) => dueAt > current.now || dueAt.getTime() === current.now.getTime())
      .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
    if (!next || next.dueAt > until) return { ...current, now: until };
    const { clockRun } = current.handoff;
    current = fired({ ...current, now: next.dueAt }, next, rules);
    timers =
      current.handoff.clockRun === clockRun ? later : timersFor(current.handoff, rules.policy, current.now);
  }
}

/** Lets a timer do what it is for, as the bot's own watch does; one that time has overtaken does nothing. */
function fired(told: Told, { action, clock, step, run, dueAt }: Timer, rules: Rules): Told {
  const { policy, standing } = rules;
  const cause = { by: null, at: told.now };
  switch (action) {
    case 'breach': {
      const change = apply(told.handoff, { type: 'breach', clock, run, late: false }, policy, cause);
      return 'refused' in change ? told : noted(told, change, null);
    }
    case 'wake': {
      const change = apply(told.handoff, { type: 'endSnooze', run, late: false }, policy, cause);
      return 'refused' in change ? told : noted(told, change, null);
    }
    case 'tryAgain': {
      const change = apply(told.handoff, { type: 'remindOfAttempt', run }, policy, cause);
      return 'refused' in change ? told : noted(told, change, null);
    }
    case 'climb': {
      const rung = { clock, step, run, dueAt, late: false };
      const climbed = climb(told.handoff, rung, surroundings(told, standing), policy, told.now);
      if ('refused' in climbed) return told;
      return noted(told, after(told.handoff, climbed.events, policy, cause), null);
    }
    // Greetings, digests, what people have for themselves and the return of a lead are stories of their own.
    case 'introduce':
    case 'revisit':
    case 'digest':
    case 'notify':
    // It changes nothing but what the card offers.
    case 'settle':
      return told;
    default:
      return action satisfies never;
  }
}

/** What routing looks at besides the policy; whoever had the lead does not get it again. */
export function surroundings({ handoff, lead, log }: Told, standing: Standing): Surroundings {
  const had = log.flatMap(({ event }) => ('assignment' in event ? [event.assignment.rep] : []));
  const excluded = new Map(had.map((rep) => [rep, 'hadAlready'] as const));
  return {
    lead,
    passing: { trigger: handoff.trigger, workflows: [] },
    standing: { ...standing, excluded },
  };
}

function noted(
  told: Told,
  { handoff, events }: { handoff: Handoff; events: readonly HandoffEvent[] },
  by: PersonId | null,
): Told {
  const first = (told.log.at(-1)?.seq ?? 0) + 1;
  const news = events.map((event, index): Logged => ({ seq: first + index, at: told.now, by, event }));
  return { ...told, handoff, log: [...told.log, ...news] };
}
