import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Command, decide } from '../../../src/domain/handoff/decide.ts';
import { evolve, type Handoff, type HandoffEvent, type Logged } from '../../../src/domain/handoff/handoff.ts';
import { settledAfterSeconds, undoSeconds, withoutUndone } from '../../../src/domain/handoff/undo.ts';
import { giveBack, takeAgain } from '../../../src/domain/routing/rotation.ts';
import { apply, timersFor } from '../../../src/flow/change.ts';
import type { Change } from '../../../src/flow/ports/handoffs.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignedAt,
  assignment,
  at,
  ben,
  grace,
  minutesAfter,
  offered,
  policy,
  reason,
  touch,
  touchedAt,
  working,
} from '../../support/examples.ts';
import { beginning, history, play, rules } from '../../support/histories.ts';

const secondsAfter = (start: Date, seconds: number) => new Date(start.getTime() + seconds * 1000);

/** What somebody does changes the handoff, as it does when they click. */
function done(handoff: Handoff, command: Command & { by: string }, now: Date, by = command.by): Change {
  const change = apply(handoff, command, rules, { by, at: now });
  if ('refused' in change) throw new Error(`${command.type} is refused: ${change.refused}`);
  return change;
}

const undo = (by = ada, isElsewhere = false): Command & { by: string } => ({ type: 'undo', by, isElsewhere });
const accept: Command & { by: string } = { type: 'accept', by: ada };
const call: Command & { by: string } = { type: 'logTouch', by: ada, touch: touch() };
const giveUp: Command & { by: string } = { type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' };
const undoable = { accept, call, 'give up': giveUp };

/** A handoff but for what counts its changes, and what its last act can be taken back to. */
function standing({ version: _v, clockRun: _r, undoable: _u, ...facts }: Handoff) {
  return facts;
}

describe('what was done a moment ago is taken back', () => {
  test.each(Object.entries(undoable))('by whoever did it: %s', (_, command) => {
    const acted = done(offered(), command, acceptedAt);
    const { handoff, events } = done(acted.handoff, undo(), secondsAfter(acceptedAt, undoSeconds));
    expect(standing(handoff)).toEqual(standing(offered()));
    expect(handoff.version).toBe(acted.handoff.version + 1);
    expect(handoff.clockRun).toBe(acted.handoff.clockRun + 1);
    expect(events).toMatchObject([{ type: 'undone', after: offered().version, since: acceptedAt }]);
  });

  it('of the time that a manager gave or allowed, which the holder waits for again', () => {
    const asked = { until: at('19:00'), due: at('19:05') };
    for (const [handoff, given] of [
      [offered(), 15],
      [offered({ asked }), 'asAsked'],
    ] as const) {
      const acted = done(handoff, { type: 'giveGrace', by: grace, grace: given }, acceptedAt);
      const undone = done(acted.handoff, undo(grace), secondsAfter(acceptedAt, undoSeconds));
      expect(standing(undone.handoff)).toEqual(standing(handoff));
    }
  });

  it('with the acceptance that a touch brought along', () => {
    const { handoff, events } = done(offered(), call, acceptedAt);
    expect(events.map(({ type }) => type)).toEqual(['accepted', 'touched']);
    expect(done(handoff, undo(), acceptedAt).handoff).toMatchObject({ status: 'offered', attempts: [] });
  });

  it('alone where the lead was accepted before', () => {
    const { handoff } = done(done(offered(), accept, acceptedAt).handoff, call, touchedAt);
    expect(done(handoff, undo(), touchedAt).handoff).toMatchObject({ status: 'accepted', acceptedAt });
  });

  it('but what was missed before stays missed', () => {
    const late = at('15:30');
    const { handoff, events } = done(offered(), accept, late);
    expect(events.map(({ type }) => type)).toEqual(['breached', 'accepted']);
    expect(done(handoff, undo(), late).handoff).toMatchObject({
      status: 'offered',
      ackBreachedAt: at('15:15'),
    });
  });

  test.each<[string, Handoff, Command, Date, string]>([
    ['later', done(offered(), accept, acceptedAt).handoff, undo(), at('15:05:11'), 'undoneTooLate'],
    ['by others', done(offered(), accept, acceptedAt).handoff, undo(grace), acceptedAt, 'nothingToUndo'],
    [
      'while the lead is with sales again',
      done(offered(), giveUp, acceptedAt).handoff,
      undo(ada, true),
      acceptedAt,
      'elsewhere',
    ],
    [
      'twice',
      done(done(offered(), accept, acceptedAt).handoff, undo(), acceptedAt).handoff,
      undo(),
      acceptedAt,
      'nothingToUndo',
    ],
    [
      'after anything else has happened',
      evolve(
        done(offered(), accept, acceptedAt).handoff,
        { type: 'escalated', clock: 'touch', manager: grace },
        acceptedAt,
      ),
      undo(),
      acceptedAt,
      'nothingToUndo',
    ],
    [
      'when they took it from somebody',
      done(offered({ openTo: [ben] }), { type: 'takeIt', by: ben }, acceptedAt).handoff,
      undo(ben),
      acceptedAt,
      'nothingToUndo',
    ],
    ['when it was found in HubSpot', found(), undo(), touchedAt, 'nothingToUndo'],
  ])('not %s', (_, handoff, command, now, refused) => {
    expect(decide(handoff, command, rules, now)).toMatchObject({ refused });
  });

  function found(): Handoff {
    const noted = { type: 'noteTouch', rep: ada, touch: touch(), recordId: '7', at: touchedAt } as const;
    const change = apply(accepted(), noted, rules, { by: null, at: touchedAt });
    if ('refused' in change) throw new Error(change.refused);
    return change.handoff;
  }

  it('with the turn that a reason gave back, which counts again', () => {
    const weights = { [ada]: 50, [ben]: 25 };
    const rotation = {
      kind: 'rotation',
      team: 'Americas',
      person: ada,
      taken: true,
      skipped: [],
      weights,
    } as const;
    const handoff = offered({ assignment: assignment({ reasons: [rotation] }) });
    const spam = policy({ disqualifyReasons: [reason('spam', 'Spam', { refundsTurn: true })] });
    const cause = { by: ada, at: acceptedAt };
    const sentBack = apply(handoff, { ...giveUp, reason: 'spam' } as Command, spam, cause) as Change;
    const turn = { pool: 'Americas', winner: ada, weights };
    expect(sentBack).toMatchObject({ refund: turn, retaken: null });
    expect(apply(sentBack.handoff, undo(), spam, cause)).toMatchObject({ refund: null, retaken: turn });
    const credits = new Map([[ada, 0.25]]);
    const restored = takeAgain(turn, giveBack(turn, credits));
    for (const [who, credit] of restored) expect(credit).toBeCloseTo(credits.get(who) ?? 0);
  });
});

describe('whatever happened before', () => {
  const settings = { numRuns: 300, seed: 20260303 };
  const acts = fc.constantFrom(...Object.values(undoable));

  it('undo leaves everything as it was but for the log, and lets come only what had not come', () => {
    let tried = 0;
    fc.assert(
      fc.property(beginning, history, acts, fc.nat(undoSeconds), (start, moves, act, seconds) => {
        const played = play(start, moves);
        const last = played.at(-1);
        const [before, now] = [last?.after ?? start, minutesAfter(last?.now ?? assignedAt, 1)];
        const { rep: by } = before.assignment;
        const change = apply(before, { ...act, by } as Command, rules, { by, at: now });
        const later = secondsAfter(now, seconds);
        if ('refused' in change) return;
        const undone = apply(change.handoff, undo(by), rules, { by, at: later });
        if ('refused' in undone) throw new Error(undone.refused);
        tried += 1;
        const missed = change.events.filter(({ type }) => type === 'breached');
        const stood = missed.reduce((state: Handoff, event) => evolve(state, event, now), before);
        expect(standing(undone.handoff)).toEqual(standing(stood));
        const timesOf = (timers: Change['timers']) =>
          timers.map(({ action, step, dueAt }) => [action, step, dueAt]);
        const toCome = timersFor(stood, rules, now).filter(({ dueAt }) => dueAt > now);
        expect(timesOf(undone.timers)).toEqual(timesOf(toCome));
        for (const { run } of undone.timers) expect(run).toBe(undone.handoff.clockRun);
      }),
      settings,
    );
    expect(tried).toBeGreaterThan(100);
  });
});

describe('until it can be taken back no more', () => {
  it('a timer waits that makes it final', () => {
    const { timers, handoff } = done(offered(), accept, acceptedAt);
    const final = secondsAfter(acceptedAt, settledAfterSeconds);
    expect(timers).toContainEqual({
      clock: 'touch',
      step: 0,
      action: 'settle',
      run: handoff.clockRun,
      dueAt: final,
    });
    expect(timersFor(accepted(), policy(), acceptedAt).map(({ action }) => action)).not.toContain('settle');
  });

  it('a touch of a lead that is worked on has a run of its own, in which that timer runs', () => {
    const { handoff } = done(working(), { ...call, touch: touch({ id: 'second' }) }, at('15:50'));
    expect(handoff.clockRun).toBe(working().clockRun + 1);
  });
});

describe('a log', () => {
  const logged = (...events: HandoffEvent[]): Logged[] =>
    events.map((event, index) => ({ seq: index + 1, at: acceptedAt, by: ada, event }));

  it('has that something was taken back, and not what', () => {
    const { events: happened } = done(offered(), call, acceptedAt);
    const log = logged(
      { type: 'shown', to: ada },
      ...happened,
      { type: 'undone', what: 'touched', after: 1, since: acceptedAt },
      { type: 'shown', to: grace },
    );
    expect(withoutUndone(log).map(({ seq, event }) => [seq, event.type])).toEqual([
      [1, 'shown'],
      [4, 'undone'],
      [5, 'shown'],
    ]);
  });

  it('in which nothing was taken back stays what it is', () => {
    const log = logged({ type: 'shown', to: ada });
    expect(withoutUndone(log)).toBe(log);
  });
});
