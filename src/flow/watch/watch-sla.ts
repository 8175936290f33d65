import type { Handoff, HandoffEvent, HandoffId } from '../../domain/handoff/handoff.ts';
import { climb } from '../../domain/handoff/ladder.ts';
import { notify } from '../../domain/handoff/notify.ts';
import { isReminder, reminderAfter } from '../../domain/handoff/quiet.ts';
import { withNotifyRules } from '../../domain/policy/notify-rules.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { after, changeHandoff } from '../change.ts';
import type { Outbox } from '../ports/cards.ts';
import type { Chat } from '../ports/chat.ts';
import type { Cause, Changed, Handoffs } from '../ports/handoffs.ts';
import type { Holds } from '../ports/inbox.ts';
import type { Observe } from '../ports/observe.ts';
import type { Clock, DueTimer, Runs, Timers } from '../ports/time.ts';
import { availabilityIn, changeWithRouting } from '../with-routing.ts';
import { callForDigest } from './call-for-digest.ts';
import { quietUntil } from './quiet-people.ts';
import { type SilenceNeeds, setAwayIfSilent } from './silence.ts';

export const sweepEverySeconds = 15;
/** After three missed sweeps the bot counts as having stood still. */
export const standstillMs = 3 * sweepEverySeconds * 1000;

/** A timer that fires this long after its time is late: it only records what is past. */
const lateAfterMs = 10 * 60_000;
/** Clocks of several machines differ; beyond this one of them was wrong. */
const clocksDifferMs = 60_000;

/**
 * Fires every timer that is due, once, and has every lead looked at again that waited until now. What a timer
 * does is decided when its handoff acts on it. The first sweep after a standstill tells the admins.
 */
export function sweep({
  timers,
  holds,
  runs,
  outbox,
  policy,
  clock,
  observe,
  standsStillAfterMs = standstillMs,
}: {
  timers: Timers;
  holds: Holds;
  runs: Runs;
  outbox: Outbox;
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
  standsStillAfterMs?: number;
}) {
  return async (): Promise<void> => {
    const now = clock();
    const fired = await timers.fireDue(now);
    const woken = await holds.wakeDue(now);
    // Recorded only now, since a sweep that failed does not count.
    const before = await runs.note('sweep', now);
    if (before && now.getTime() - before.getTime() > standsStillAfterMs) {
      const news = { kind: 'clockStood', from: before, until: now } as const;
      await outbox.add(
        policy().admins.map((person) => ({ person, news })),
        now,
      );
      observe({ what: 'clockStood', seconds: Math.round((now.getTime() - before.getTime()) / 1000) });
    }
    observe({ what: 'swept', fired, woken });
  };
}

type Needs = SilenceNeeds & {
  chats: readonly Chat[];
  timers: Timers;
  observe: Observe;
  /** Reads the policy that a handoff began under, should another process have read it after this one. */
  learnPolicyOf: (handoff: Handoff) => Promise<void>;
};

/**
 * Acts on the timers of a handoff that have fired, one after the other, in the order in which they were due: none before
 * the one before it is done. What breaks off goes on with the one that was not done.
 * @param last whether nobody would come again: then one that fails is given up, and those after it are acted on
 */
export function actOnFired(
  { timers, clock }: { timers: Timers; clock: Clock },
  act: (timer: DueTimer) => Promise<void>,
) {
  return async (handoffId: HandoffId, { last }: { last: boolean }): Promise<void> => {
    const failures: unknown[] = [];
    for (const timer of await timers.fired(handoffId)) {
      try {
        await act(timer);
      } catch (error) {
        if (!last) throw error;
        failures.push(error);
      }
      await timers.done(timer.id, clock());
    }
    if (failures.length > 0) throw failures[0];
  };
}

/** Acts on the timers of a handoff. */
export function actOnTimers(needs: Needs) {
  return actOnFired(needs, onTimer(needs));
}

/**
 * Lets a fired timer mark the breach, climb its rung, end a snooze or remind of an attempt; one that time has overtaken does
 * nothing.
 */
export function onTimer(needs: Needs) {
  return async (timer: DueTimer): Promise<void> => {
    const now = needs.clock();
    if (timer.dueAt.getTime() - now.getTime() > clocksDifferMs) return needs.timers.putBack(timer.id);
    if (timer.action === 'revisit') return comeBack(timer, now, needs);
    if (timer.action === 'digest') return callForDigest(timer, now, needs);
    if (timer.action === 'settle') return needs.handoffs.redraw(timer.handoffId);
    const cause = { by: null, at: now, commandId: `timer:${timer.id}` };
    const changed = await carryOut({ ...timer, action: timer.action }, cause, needs);
    if (changed?.outcome === 'changed') {
      const events = changed.events.map(({ type }) => type);
      needs.observe({ what: 'changed', handoffId: timer.handoffId, events });
    }
    const rep = changed && timer.action === 'breach' ? await whoLetItPass(changed, needs) : null;
    if (rep) await setAwayIfSilent(rep, needs);
  };
}

/** Whose card it was, also when the breach was recorded before: that attempt may have broken off after it. */
async function whoLetItPass(changed: Changed, { handoffs }: Needs): Promise<PersonId | null> {
  if (changed.outcome === 'refused') return null;
  const events =
    changed.outcome === 'changed' ? changed.events : await eventsOf(changed.handoff.id, handoffs);
  const missed = events.findLast((event) => event.type === 'breached' && event.unanswered === true);
  return missed?.type === 'breached' ? (missed.rep ?? null) : null;
}

async function eventsOf(id: HandoffId, handoffs: Handoffs): Promise<readonly HandoffEvent[]> {
  const view = await handoffs.view(id);
  return view?.log.map(({ event }) => event) ?? [];
}

/** The day of a recycled lead has come: it is looked at like every lead about which something arrives. */
async function comeBack({ id, handoffId, dueAt }: DueTimer, now: Date, needs: Needs): Promise<void> {
  const view = await needs.handoffs.view(handoffId);
  if (!view) return;
  const event = {
    dedupeKey: `${revisitDue}:${id}`,
    leadId: view.lead.id,
    type: revisitDue,
    record: null,
    occurredAt: dueAt,
    payload: {},
    ignored: null,
  };
  await needs.inbox.store([event], now);
}

/** How the event is called by which a recycled lead comes back. */
const revisitDue = 'revisit.due';

function carryOut(
  timer: DueTimer & { action: Exclude<DueTimer['action'], 'revisit' | 'digest' | 'settle'> },
  cause: Cause,
  needs: Needs,
): Promise<Changed | null> {
  const { handoffId, clock, run } = timer;
  const late = cause.at.getTime() - timer.dueAt.getTime() > lateAfterMs;
  switch (timer.action) {
    case 'breach':
      return changeHandoff(
        needs.handoffs,
        needs.policyOf,
        handoffId,
        { type: 'breach', clock, run, late },
        cause,
      );
    case 'wake':
      return changeHandoff(
        needs.handoffs,
        needs.policyOf,
        handoffId,
        { type: 'endSnooze', run, late },
        cause,
      );
    case 'tryAgain':
      return changeHandoff(
        needs.handoffs,
        needs.policyOf,
        handoffId,
        { type: 'remindOfAttempt', run },
        cause,
      );
    case 'climb':
      return climbRung(timer, late, cause, needs);
    case 'notify':
      // Long after its time it would be one message more, and no help.
      return late ? Promise.resolve(null) : notifyAsWished(timer, cause, needs);
    default:
      return timer.action satisfies never;
  }
}

/** By the rules that the holder has now: what was taken out of them is not done. */
async function notifyAsWished(timer: DueTimer, cause: Cause, needs: Needs): Promise<Changed | null> {
  const people = await needs.directory.people();
  const rules = new Map(people.map(({ id, notify: theirs = [] }) => [id, theirs]));
  const today = withNotifyRules(needs.policy(), rules);
  return needs.handoffs.change(timer.handoffId, cause, (handoff) => {
    const events = notify(handoff, timer, today, cause.at);
    return 'refused' in events ? events : after(handoff, events, needs.policyOf(handoff), cause);
  });
}

/** Only a rung that may reassign the lead takes the rotation's balances: their changes wait for one another. */
async function climbRung(
  timer: DueTimer,
  late: boolean,
  cause: Cause,
  needs: Needs,
): Promise<Changed | null> {
  const { handoffId, clock, step, run, dueAt } = timer;
  const rung = { clock, step, run, dueAt, late };
  const view = await needs.handoffs.view(handoffId);
  if (!view) return null;
  await needs.learnPolicyOf(view.handoff);
  const ruledBy = needs.policyOf(view.handoff);
  const { rep } = view.handoff.assignment;
  const mayDisturb = !needs.policy().respectsQuiet || !isReminder(view.handoff, rung, ruledBy);
  const quiet = mayDisturb ? null : await quietUntil(rep, needs);
  if (quiet) {
    const until = reminderAfter(quiet, rung, view.handoff, ruledBy);
    if (until) await needs.timers.postpone(timer.id, until);
    needs.observe({ what: 'reminderWaits', handoffId, until });
    return null;
  }
  const action = ruledBy.ladders[clock][step - 1]?.action.do;
  if (action === 'offerToTeam' || action === 'reassign') {
    return changeWithRouting(needs, view, cause, (handoff, around, policy) =>
      climb(handoff, rung, around, policy, cause.at),
    );
  }
  const availability = await availabilityIn(needs.directory, needs.policyOf(view.handoff), cause.at);
  const standing = { ...availability, credits: new Map(), load: new Map(), excluded: new Map() };
  const { lead } = view;
  return needs.handoffs.change(view.handoff, cause, (handoff) => {
    const policy = needs.policyOf(handoff);
    const passing = { trigger: handoff.trigger, workflows: [] };
    const climbed = climb(handoff, rung, { lead, passing, standing }, policy, cause.at);
    return 'refused' in climbed ? climbed : after(handoff, climbed.events, policy, cause);
  });
}
