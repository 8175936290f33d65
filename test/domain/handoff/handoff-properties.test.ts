import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consequenceOf } from '../../../src/domain/handoff/consequences.ts';
import { decide } from '../../../src/domain/handoff/decide.ts';
import { evolve, openTo, running } from '../../../src/domain/handoff/handoff.ts';
import { climb } from '../../../src/domain/handoff/ladder.ts';
import { takersOf } from '../../../src/domain/policy/people-of.ts';
import { decidesOver } from '../../../src/domain/policy/who-decides.ts';
import { dueOf } from '../../../src/domain/time/sla.ts';
import { timersFor } from '../../../src/flow/change.ts';
import { minutesAfter } from '../../support/examples.ts';

import {
  beginning,
  history,
  outcome,
  play,
  rules,
  type Step,
  steps,
  surroundings,
} from '../../support/histories.ts';

const settings = { numRuns: 400, seed: 20260303 };

/** What must hold of every step of every history. */
function always(what: string, check: (step: Step) => void): void {
  it(what, () => {
    fc.assert(
      fc.property(beginning, history, (start, moves) => {
        for (const step of play(start, moves)) check(step);
      }),
      settings,
    );
  });
}

const commandIn = ({ asked }: Step) => ('type' in asked ? asked : null);
const isUndone = (events: Step['events']) => events.some(({ type }) => type === 'undone');
const typesOf = ({ events }: Step) => events.map(({ type }) => type);

describe('whatever happens in whatever order', () => {
  it('every kind of event comes to pass, so that what follows says something', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(beginning, history, (start, moves) => {
        for (const step of play(start, moves)) for (const type of typesOf(step)) seen.add(type);
      }),
      settings,
    );
    expect([...seen].sort()).toEqual([
      ...[
        'accepted',
        'attemptDue',
        'breached',
        'channelTold',
        'channelUnreachable',
        'dealCreated',
        'dealMade',
      ],
      ...['dealNotMade', 'dealWon'],
      ...[
        'delivered',
        'disqualified',
        'escalated',
        'excluded',
        'gaveUp',
        'graceAsked',
        'graceGiven',
        'handedBack',
        'heldUp',
        'meetingBooked',
        'meetingCalledOff',
      ],
      ...['nobodyFree', 'offeredToTeam', 'ownerLost', 'pinged', 'reassigned', 'reminded', 'rescheduled'],
      ...[
        'resumed',
        'shown',
        'snoozeEnded',
        'snoozed',
        'strengthened',
        'touched',
        'undone',
        'unreachable',
        'updated',
        'withdrawn',
      ],
    ]);
  });

  always('the version counts the events', ({ before, events, after }) => {
    expect(after.version).toBe(before.version + events.length);
  });

  always('what is not refused has an event', ({ before, asked, rules, now }) => {
    expect(outcome(before, asked, rules, now)).not.toEqual([]);
  });

  always(
    'it is offered, accepted, worked on or closed, and closed it stays unless that is taken back',
    ({ before, events, after }) => {
      expect(['offered', 'accepted', 'working', 'closed']).toContain(after.status);
      if (before.status !== 'closed' || isUndone(events)) return;
      expect(after).toMatchObject({ status: 'closed', closedAt: before.closedAt, outcome: before.outcome });
    },
  );

  always('it holds what belongs to its status, and nothing that is left of the one before', ({ after }) => {
    const own = {
      offered: [],
      accepted: ['acceptedAt', 'touchBy'],
      working: ['acceptedAt', 'touchBy'],
      closed: ['closedAt', 'outcome', 'reason'],
    };
    const those = Object.values(own).flat();
    const held = Object.keys(after).filter((name) => those.includes(name));
    expect(held.sort()).toEqual(own[after.status]);
  });

  always('after the end there is a deal, a card that arrives, or what HubSpot says of it', (step) => {
    if (step.before.status !== 'closed') return;
    for (const type of typesOf(step))
      expect(['dealMade', 'dealWon', 'delivered', 'heldUp', 'undone', 'updated']).toContain(type);
  });

  always('one person who takes leads holds it', ({ after }) => {
    expect(takersOf(rules)).toContain(after.assignment.rep);
  });

  always('nobody may claim what somebody works on, what is closed, or what is their own', ({ after }) => {
    if (after.status === 'working' || after.status === 'closed') expect(after.openTo).toEqual([]);
    expect(after.openTo).not.toContain(after.assignment.rep);
  });

  always('nobody asks for time, or is left alone, when nothing is due', ({ after }) => {
    if (running(after)) return;
    expect(after).toMatchObject({ asked: null, snoozedUntil: null });
  });

  always('nobody snoozes more than twice', ({ after }) => {
    expect(after.snoozes).toBeLessThanOrEqual(2);
  });

  always(
    'a milestone that was reached stays, unless a meeting is called off or it is taken back; what HubSpot tells may only bring it forward',
    (step) => {
      const found = commandIn(step)?.type === 'noteTouch';
      if (commandIn(step)?.type === 'loseMeeting' || isUndone(step.events)) return;
      for (const milestone of ['deliveredAt', 'acknowledgedAt', 'firstTouchAt', 'meetingAt'] as const) {
        const [was, is] = [step.before[milestone], step.after[milestone]];
        if (!was) continue;
        if (found) expect(is?.getTime()).toBeLessThanOrEqual(was.getTime());
        else expect([milestone, is]).toEqual([milestone, was]);
      }
    },
  );

  always('whoever accepted, gave up or passed it on has answered, and whoever works has touched', (step) => {
    const { after } = step;
    const byRep = ['accepted', 'disqualified', 'gaveUp', 'handedBack'];
    if (typesOf(step).some((type) => byRep.includes(type))) expect(after.acknowledgedAt).not.toBeNull();
    if (after.status !== 'working') return;
    expect(after.firstTouchAt).toEqual(after.attempts[0]);
    expect(after.attempts.toSorted((a, b) => a.getTime() - b.getTime())).toEqual(after.attempts);
  });

  always('whoever a card has reached is not out of reach', (step) => {
    const command = commandIn(step);
    if (
      command?.type === 'markDelivered' &&
      step.events.length > 0 &&
      command.to === step.after.assignment.rep
    )
      expect(step.after.unreachable).toBeNull();
  });

  always('only the holder answers, and only who may moves it', (step) => {
    const command = commandIn(step);
    if (!command || !('by' in command) || step.events.length === 0) return;
    const { before, rules } = step;
    const decides = decidesOver(rules, before.assignment, command.by);
    if (['accept', 'logTouch', 'handBack', 'snooze'].includes(command.type))
      expect(command.by).toBe(before.assignment.rep);
    if (['reassign', 'giveGrace', 'ping'].includes(command.type)) expect(decides).toBe(true);
    if (command.type === 'takeIt') expect(decides || openTo(before).includes(command.by)).toBe(true);
  });
});

describe('whatever happens to the clocks', () => {
  always(
    'one runs exactly while an answer or a first touch is owed, and no meeting is booked',
    ({ after }) => {
      const met = after.meetingAt !== null && after.meetingAt >= after.assignment.at;
      const owed = (after.status === 'offered' || after.status === 'accepted') && !met;
      const ticking = running(after);
      expect(ticking !== null).toBe(owed);
      expect(Number.isFinite(ticking?.due.getTime() ?? 0)).toBe(true);
    },
  );

  always('timers are those of the clock that runs, and of its present run', ({ after, rules, now }) => {
    const ticking = running(after);
    const all = timersFor(after, rules, now);
    const timers = all.filter(({ action }) => !['tryAgain', 'settle'].includes(action));
    if (!ticking) expect(timers).toEqual([]);
    for (const { run } of all) expect(run).toBe(after.clockRun);
    for (const { clock, run } of timers)
      expect({ clock, run }).toEqual({ clock: ticking?.clock, run: after.clockRun });
    expect(timers.filter(({ action }) => action === 'breach')).toHaveLength(ticking ? 1 : 0);
    const alone = ticking?.snoozedUntil && ticking.snoozedUntil > now;
    expect(timers.filter(({ action }) => action === 'wake')).toHaveLength(alone ? 1 : 0);
  });

  always('no two timers are the same', ({ after, rules, now }) => {
    const timers = timersFor(after, rules, now).map(
      ({ action, step, dueAt }) => `${action} ${step} ${+dueAt}`,
    );
    expect(new Set(timers).size).toBe(timers.length);
  });

  always('a new due time, a new holder or a snooze has a new run', ({ before, after }) => {
    const [was, is] = [running(before), running(after)];
    const moved = is && (was?.due.getTime() !== is.due.getTime() || was.rep !== is.rep);
    const snoozed = is?.snoozedUntil && was?.snoozedUntil?.getTime() !== is.snoozedUntil.getTime();
    if (moved || snoozed) expect(after.clockRun).toBeGreaterThan(before.clockRun);
  });

  always(
    'each event moves, stops or ends what is due only as it is said of it',
    ({ before, events, now }) => {
      let handoff = before;
      for (const event of events) {
        const [was, next] = [running(handoff), evolve(handoff, event, now)];
        const is = running(next);
        const { clock } = consequenceOf(event);
        const ended = handoff.status !== 'closed' && next.status === 'closed';
        expect([event.type, clock === 'ends']).toEqual([event.type, ended]);
        if (was && !is && !ended) expect([event.type, clock]).toEqual([event.type, 'stops']);
        if (is && (is.clock !== was?.clock || +is.due !== +was.due))
          expect([event.type, clock]).toEqual([event.type, 'moves']);
        handoff = next;
      }
    },
  );

  always('a timer of an earlier run is refused', ({ after, rules, now }) => {
    const run = after.clockRun - 1;
    expect(decide(after, { type: 'endSnooze', run, late: false }, rules, now)).toEqual({ refused: 'stale' });
    for (const clock of ['acknowledge', 'touch'] as const) {
      expect(decide(after, { type: 'resume', clock, run }, rules, now)).toEqual({ refused: 'stale' });
      expect(decide(after, { type: 'breach', clock, run, late: false }, rules, now)).toEqual({
        refused: 'stale',
      });
      for (const [index, { offsetMinutes }] of steps.entries()) {
        const dueAt = minutesAfter(running(after)?.due ?? now, offsetMinutes);
        const old = { clock, step: index + 1, run, dueAt, late: false };
        expect(climb(after, old, surroundings, rules, now)).toEqual({ refused: 'stale' });
      }
    }
  });

  always('an answer stops the ladder of the first clock', (step) => {
    const { after, rules, now } = step;
    if (!typesOf(step).includes('accepted')) return;
    for (const run of [step.before.clockRun, after.clockRun]) {
      for (const index of steps.keys()) {
        const old = { clock: 'acknowledge', step: index + 1, run, dueAt: now, late: false } as const;
        expect(climb(after, old, surroundings, rules, now)).toEqual({ refused: 'stale' });
      }
    }
  });

  always('nothing is due before what it is counted from, and counting again gives the same', (step) => {
    const { before, after } = step;
    const ticking = running(after);
    if (!ticking || !after.granted) return;
    expect(ticking.due.getTime()).toBeGreaterThan(after.granted.from.getTime());
    if (after.granted === before.granted || isUndone(step.events)) return;
    const target = after.targets[ticking.clock];
    expect(dueOf(after.granted, target, step.rules, ticking.rep)).toEqual(ticking.due);
  });

  always('grace leaves more time than there was, and some of it is still to come', (step) => {
    const [was, is] = [running(step.before), running(step.after)];
    if (!typesOf(step).includes('graceGiven') || !was || !is) return;
    expect(is.due.getTime()).toBeGreaterThan(was.due.getTime());
    expect(is.due.getTime()).toBeGreaterThan(step.now.getTime());
  });

  always('what is late does nothing but let its clock begin anew, with some time to come', (step) => {
    const { asked, before, after, now } = step;
    const isLate = 'late' in asked && asked.late && (!('type' in asked) || asked.type === 'breach');
    if (!isLate || step.events.length === 0) return;
    const noted = typesOf(step).length === 2 ? ['breached'] : [];
    expect(typesOf(step)).toEqual([...noted, 'resumed']);
    expect(running(after)?.due.getTime()).toBeGreaterThan(now.getTime());
    expect(after).toMatchObject({ assignment: before.assignment, clockRun: before.clockRun + 1 });
  });

  always('no answer hides that its target had passed', ({ before, events, now }) => {
    const ticking = running(before);
    const answered = events.some((event) => event.type === 'accepted' && !event.since);
    if (!answered || !ticking || ticking.clock === 'touch' || now <= ticking.due) return;
    const noted = before.ackBreachedAt !== null && before.ackBreachedAt >= ticking.due;
    expect(noted || events[0]?.type === 'breached').toBe(true);
  });

  always('an arrival brings no due time nearer', (step) => {
    if (commandIn(step)?.type === 'markDelivered')
      expect(step.after.respondBy.getTime()).toBeGreaterThanOrEqual(step.before.respondBy.getTime());
  });

  always('nobody is left alone past the due time', ({ after }) => {
    const ticking = running(after);
    if (ticking?.snoozedUntil)
      expect(ticking.snoozedUntil.getTime()).toBeLessThanOrEqual(ticking.due.getTime());
  });

  always('the same accept, ping, snooze’s end or breach a second time has no effect', (step) => {
    const command = commandIn(step);
    if (!command || !['accept', 'ping', 'endSnooze', 'breach'].includes(command.type)) return;
    if (step.events.length > 0)
      expect(decide(step.after, command, step.rules, step.now)).toHaveProperty('refused');
  });

  it('a rep lets a card pass once at most, and only one that they had', () => {
    fc.assert(
      fc.property(beginning, history, (start, moves) => {
        const missed = new Set<string>();
        for (const { before, events } of play(start, moves)) {
          for (const event of events) {
            if (event.type !== 'breached' || !event.unanswered) continue;
            expect(before.reachedAt).not.toBeNull();
            const card = `${event.rep} ${before.assignment.at.toISOString()}`;
            expect(missed).not.toContain(card);
            missed.add(card);
          }
        }
      }),
      settings,
    );
  });
});
