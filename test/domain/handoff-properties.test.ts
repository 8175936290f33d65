import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, decide, type Handoff, running } from '../../src/domain/handoff.ts';
import { decidesOver, peopleOf } from '../../src/domain/policy.ts';
import {
  ada,
  assignedAt,
  ben,
  chloe,
  dario,
  grace,
  henrik,
  minutesAfter,
  offered,
  policy,
  stranger,
} from '../support/examples.ts';
import { afterAll } from '../support/given.ts';

const rules = policy();
const anybody = fc.constantFrom(ada, ben, chloe, dario, grace, henrik, stranger);
const note = fc.constantFrom('', '  ', 'said no');
const clock = fc.constantFrom('acknowledge' as const, 'touch' as const);
const run = fc.integer({ min: 1, max: 8 });

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('markDelivered'), to: anybody }),
  fc.record({ type: fc.constant('markUnreachable'), rep: anybody, why: fc.constant('no account') }),
  fc.record({ type: fc.constant('accept'), by: anybody }),
  fc.record({
    type: fc.constant('logTouch'),
    by: anybody,
    touch: fc.record({
      id: fc.uuid(),
      kind: fc.constantFrom('call', 'email'),
      outcome: fc.constantFrom('connected', 'noAnswer'),
      note,
    }),
  }),
  fc.record({
    type: fc.constant('disqualify'),
    by: anybody,
    reason: fc.constantFrom('not_a_fit', 'timing', 'gone_from_the_policy'),
    note,
  }),
  fc.record({ type: fc.constant('reassign'), by: anybody, to: anybody }),
  fc.record({ type: fc.constant('takeIt'), by: anybody }),
  fc.record({ type: fc.constant('giveGrace'), by: anybody, minutes: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ type: fc.constantFrom('remind', 'breach', 'tellManager'), clock, run }),
) as fc.Arbitrary<Command>;

/** Whoever holds the handoff and whoever manages it act far more often than chance would have it. */
const likelyCommand = fc.oneof(
  anyCommand,
  fc.constantFrom<Command>(
    { type: 'accept', by: ada },
    { type: 'takeIt', by: grace },
    { type: 'reassign', by: grace, to: ben },
    { type: 'reassign', by: grace, to: dario },
    { type: 'accept', by: ben },
    { type: 'giveGrace', by: grace, minutes: 60 },
    { type: 'markDelivered', to: ada },
    { type: 'markDelivered', to: grace },
    { type: 'markUnreachable', rep: ada, why: 'no account' },
  ),
);

/** Commands with the minutes that pass before each. */
const history = fc.array(fc.tuple(likelyCommand, fc.integer({ min: 0, max: 3000 })), { maxLength: 25 });

type Step = { before: Handoff; command: Command; now: Date; events: number; after: Handoff };

/** Plays a history and keeps what each command did; a refusal is a step without events. */
function play(commands: [Command, number][]): Step[] {
  const steps: Step[] = [];
  let handoff: Handoff = offered();
  let now = assignedAt;
  for (const [command, minutes] of commands) {
    now = minutesAfter(now, minutes);
    const decided = decide(handoff, command, rules, now);
    const events = 'refused' in decided ? [] : decided;
    const after = afterAll(handoff, events, now);
    steps.push({ before: handoff, command, now, events: events.length, after });
    handoff = after;
  }
  return steps;
}

/** What must hold of every step of every history. */
function always(what: string, check: (step: Step) => void): void {
  it(what, () => {
    fc.assert(
      fc.property(history, (commands) => {
        for (const step of play(commands)) check(step);
      }),
      { numRuns: 400, seed: 20260303 },
    );
  });
}

const known = peopleOf(rules);

describe('whatever anybody does in whatever order', () => {
  always('the version counts the events', ({ before, events, after }) => {
    expect(after.version).toBe(before.version + events);
  });

  always('a command that is not refused has an event', ({ before, command, now }) => {
    const decided = decide(before, command, rules, now);
    if (!('refused' in decided)) expect(decided.length).toBeGreaterThan(0);
  });

  always('closed stays closed, with the same outcome', ({ before, after }) => {
    if (before.status !== 'closed') return;
    expect(after).toMatchObject({ status: 'closed', closedAt: before.closedAt, outcome: before.outcome });
  });

  always('one person of the policy holds it', ({ after }) => {
    expect(known).toContain(after.assignment.rep);
  });

  always('a due time runs exactly while an answer or a first touch is owed', ({ after }) => {
    const owed = after.status === 'offered' || after.status === 'accepted';
    const clock = running(after);
    expect(clock !== null).toBe(owed);
    expect(Number.isFinite(clock?.due.getTime() ?? 0)).toBe(true);
  });

  always(
    'a new due time, or a new holder, has a new run, so that older timers are stale',
    ({ before, after }) => {
      const [was, is] = [running(before), running(after)];
      if (is && (was?.due.getTime() !== is.due.getTime() || was.rep !== is.rep)) {
        expect(after.clockRun).toBeGreaterThan(before.clockRun);
      }
    },
  );

  always('the due time moves later or starts anew; grace never shortens it', ({ before, command, after }) => {
    const [was, is] = [running(before), running(after)];
    if (command.type === 'giveGrace' && was && is) {
      expect(is.due.getTime()).toBeGreaterThanOrEqual(was.due.getTime());
    }
  });

  always('an arrival brings no due time nearer', ({ before, command, after }) => {
    if (command.type === 'markDelivered')
      expect(after.respondBy.getTime()).toBeGreaterThanOrEqual(before.respondBy.getTime());
  });

  always('whoever a card has reached is not out of reach', ({ command, events, after }) => {
    if (command.type === 'markDelivered' && events > 0 && command.to === after.assignment.rep)
      expect(after.unreachable).toBeNull();
  });

  always('a milestone that was reached stays where it is', ({ before, after }) => {
    for (const milestone of ['deliveredAt', 'acknowledgedAt', 'firstTouchAt'] as const) {
      if (before[milestone]) expect([milestone, after[milestone]]).toEqual([milestone, before[milestone]]);
    }
  });

  always('whoever accepted or closed has answered, and whoever works has touched', ({ after }) => {
    if (after.status !== 'offered') expect(after.acknowledgedAt).not.toBeNull();
    if (after.status === 'working') expect(after.firstTouchAt).not.toBeNull();
  });

  always('the same accept a second time has no effect', ({ command, now, after }) => {
    if (command.type === 'accept') expect(decide(after, command, rules, now)).toHaveProperty('refused');
  });

  always('the same timer a second time marks no second breach', ({ command, now, after }) => {
    if (command.type === 'breach') expect(decide(after, command, rules, now)).toHaveProperty('refused');
  });

  always(
    'only the holder accepts and logs touches, only their manager moves it',
    ({ before, command, events }) => {
      if (events === 0 || !('by' in command)) return;
      const holder = before.assignment.rep;
      if (command.type === 'accept' || command.type === 'logTouch') expect(command.by).toBe(holder);
      if (['reassign', 'takeIt', 'giveGrace'].includes(command.type))
        expect(decidesOver(rules, before.assignment, command.by)).toBe(true);
    },
  );
});
