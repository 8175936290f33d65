import { consequenceOf } from '../domain/handoff/consequences.ts';
import { type Command, decide, type Refusal } from '../domain/handoff/decide.ts';
import { digestTimers } from '../domain/handoff/digest.ts';
import { type Handoff, type HandoffEvent, type HandoffId, running } from '../domain/handoff/handoff.ts';
import { introTimers } from '../domain/handoff/intro.ts';
import { notifyTimers } from '../domain/handoff/notify.ts';
import { destinationsOf } from '../domain/handoff/outside-events.ts';
import { withPauses } from '../domain/handoff/pause.ts';
import { settledAt } from '../domain/handoff/undo.ts';
import { whatFollows } from '../domain/handoff/what-follows.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { hoursOf } from '../domain/policy/working-hours.ts';
import { isWorkingAt } from '../domain/time/calendar.ts';
import { type TimerAction, timersOf } from '../domain/time/sla.ts';
import type { Cause, Change, Changed, Handoffs } from './ports/handoffs.ts';
import type { PolicyOf } from './ports/time.ts';

/**
 * Carries out a command on a handoff: decided by the domain, committed by the store. Null: no such handoff.
 * @param besides what is saved with it, told how the handoff stands afterwards
 */
export function changeHandoff(
  handoffs: Handoffs,
  policyOf: PolicyOf,
  known: HandoffId | Handoff,
  command: Command,
  cause: Cause,
  besides: (after: Handoff) => Partial<Pick<Change, 'cards' | 'ends'>> = () => ({}),
): Promise<Changed | null> {
  return handoffs.change(known, cause, (handoff) => {
    const change = apply(handoff, command, policyOf(handoff), cause);
    return 'refused' in change ? change : { ...change, ...besides(change.handoff) };
  });
}

/** What a command does to a handoff, and all that follows. */
export function apply(
  handoff: Handoff,
  command: Command,
  policy: Policy,
  cause: Pick<Cause, 'by' | 'at'>,
): Change | Refusal {
  const events = decide(handoff, command, policy, cause.at);
  return 'refused' in events ? events : after(handoff, events, policy, cause);
}

/** A handoff after events, and all that follows. */
export function after(
  handoff: Handoff,
  decided: readonly HandoffEvent[],
  policy: Policy,
  cause: Pick<Cause, 'by' | 'at'>,
): Change {
  const events = withPauses(handoff, decided, policy, cause.at);
  const following = whatFollows(handoff, events, policy, cause);
  const timers = timersAfter(following.handoff, events, policy, cause.at);
  const heardBy = destinationsOf(events, policy);
  const news = newsOf(handoff, events, policy, cause);
  return { ...following, events, timers, news, heardBy, cards: [], ends: null };
}

/**
 * What people are told beside their cards: what was missed while the bot stood still together, and that they are called to
 * the lead. What is only news for them waits on their card until they are at work, and comes with it to who has none yet.
 */
function newsOf(
  { id: handoffId, version, assignment, escalatedTo }: Handoff,
  events: readonly HandoffEvent[],
  policy: Policy,
  { by, at }: Pick<Cause, 'by' | 'at'>,
): Change['news'] {
  let holder = assignment.rep;
  return events.flatMap((event, index) => {
    if ('assignment' in event) holder = event.assignment.rep;
    const called = { kind: 'called', handoffId, seq: version + 1 + index } as const;
    return consequenceOf(event)
      .calls(event, { by, holder: [holder] })
      .flatMap(({ who, how }) =>
        who.flatMap((person): Change['news'] => {
          switch (how) {
            case 'bulletin':
              return [{ person, news: { kind: 'missed', handoffId } }];
            case 'message':
              return [{ person, news: called }];
            case 'news':
              return escalatedTo === person && isWorkingAt(hoursOf(policy, person), at)
                ? [{ person, news: called }]
                : [];
            default:
              return [];
          }
        }),
      );
  });
}

/** What fell due before something was done that is taken back has come already, and does not come again. */
function timersAfter(
  handoff: Handoff,
  events: readonly HandoffEvent[],
  policy: Policy,
  now: Date,
): Change['timers'] {
  const undone = events.find((event) => event.type === 'undone');
  if (!undone) return timersFor(handoff, policy, now);
  return timersFor(handoff, policy, undone.since).filter(({ dueAt }) => dueAt > undone.since);
}

/**
 * The timers that run for a handoff as it stands: those of its target, the one by which somebody means to try again, or the
 * one that has its lead come back; and the one that makes final what was done last.
 */
export function timersFor(handoff: Handoff, policy: Policy, now: Date): Change['timers'] {
  const ticking = running(handoff);
  const final = settledAt(handoff);
  const one = (action: TimerAction, dueAt: Date) =>
    ({ clock: 'touch', step: 0, action, run: handoff.clockRun, dueAt }) as const;
  return [
    ...(ticking
      ? [
          ...timersOf(ticking, policy, now),
          ...digestTimers(handoff),
          ...notifyTimers(handoff, policy, now),
          ...introTimers(handoff, policy, now),
        ]
      : []),
    ...(handoff.status === 'working' && handoff.tryAgainBy ? [one('tryAgain', handoff.tryAgainBy)] : []),
    ...(handoff.status === 'closed' && handoff.sentBack?.revisitAt
      ? [one('revisit', handoff.sentBack.revisitAt)]
      : []),
    ...(final ? [one('settle', final)] : []),
  ];
}
