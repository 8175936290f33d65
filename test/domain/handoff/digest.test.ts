import { describe, expect, it } from 'vitest';
import { type Command, decide } from '../../../src/domain/handoff/decide.ts';
import { digestOf, digestTimers, needsNoCard } from '../../../src/domain/handoff/digest.ts';
import {
  begin,
  evolve,
  type Handoff,
  type HandoffEvent,
  type Logged,
  offer,
  waitsForDigest,
} from '../../../src/domain/handoff/handoff.ts';
import type { Policy } from '../../../src/domain/policy/policy.ts';
import { hoursOf, withAbsences } from '../../../src/domain/policy/working-hours.ts';
import {
  ada,
  assignedAt,
  assignment,
  at,
  ben,
  demoRequest,
  minutesAfter,
  offered,
  policy,
  scoreReached,
  target,
  targets,
} from '../../support/examples.ts';

/** Scores come at nine; it is Tuesday, ten in New York. */
const rules = policy({ triggers: [demoRequest, { ...scoreReached, digestAt: [9 * 60] }] });
const wednesdayNine = new Date('2026-03-04T14:00:00Z');
const slow = targets({ acknowledge: target(240) });

/** A lead that Ada gets in tomorrow's digest. */
function waiting(given = assignment()): { handoff: Handoff; log: Logged[] } {
  const digestAt = digestOf('score', given, rules);
  const event = offer(given, slow, 'score 54 reached 50', rules, { ownerId: null, since: null }, digestAt);
  const { id, leadId, policyVersion, qualifiedAt } = offered();
  const handoff = begin({ id, leadId, policyVersion, qualifiedAt, trigger: 'score', targets: slow }, event);
  return { handoff, log: [{ seq: 1, at: assignedAt, by: null, event }] };
}

/** What a command does, which must not be refused. */
function does({ handoff, log }: ReturnType<typeof waiting>, command: Command, now: Date, by: Policy = rules) {
  const events = decide(handoff, command, by, now);
  if ('refused' in events) throw new Error(events.refused);
  const after = events.reduce<Handoff>((state, event) => evolve(state, event, now), handoff);
  const told = events.map(
    (event, place): Logged => ({ seq: log.length + 1 + place, at: now, by: null, event }),
  );
  return { events: events as HandoffEvent[], handoff: after, log: [...log, ...told] };
}

const demo: Command = {
  type: 'strengthen',
  trigger: 'demo_request',
  evidence: 'sent in',
  targets: targets(),
};
const delivered: Command = { type: 'markDelivered', to: ada };

describe('a lead that comes in a digest', () => {
  it('waits for it, and its target counts from then', () => {
    const { handoff, log } = waiting();
    expect(handoff).toMatchObject({
      digestAt: wednesdayNine,
      respondBy: minutesAfter(wednesdayNine, 240),
      reachedAt: null,
    });
    expect([waitsForDigest(handoff), needsNoCard(handoff, log)]).toEqual([true, true]);
    expect(digestTimers(handoff)).toEqual([
      { clock: 'acknowledge', step: 0, action: 'digest', run: 1, dueAt: wednesdayNine },
    ]);
  });

  it('comes at once by any other trigger, and to those of whom the first to claim it has it', () => {
    expect(digestOf('demo_request', assignment(), rules)).toBeNull();
    expect(digestOf('score', assignment({ openTo: [ben] }), rules)).toBeNull();
  });

  it('has come with the message, in time or late, and still needs no card', () => {
    const inTime = does(waiting(), delivered, minutesAfter(wednesdayNine, 0.5));
    expect(inTime.handoff.respondBy).toEqual(minutesAfter(wednesdayNine, 240));
    const late = does(waiting(), delivered, minutesAfter(wednesdayNine, 60));
    expect(late.handoff.respondBy).toEqual(minutesAfter(wednesdayNine, 300));
    for (const { handoff, log } of [inTime, late]) {
      expect([waitsForDigest(handoff), needsNoCard(handoff, log)]).toEqual([false, true]);
      expect(digestTimers(handoff)).toEqual([]);
    }
  });

  it('comes by its card at once when it does something more urgent, before the digest or after it', () => {
    const before = does(waiting(), demo, at('16:00'));
    expect(before.handoff.respondBy).toEqual(at('16:15'));
    const after = does(does(waiting(), delivered, wednesdayNine), demo, minutesAfter(wednesdayNine, 10));
    for (const { handoff, log } of [before, after]) {
      expect(handoff.digestAt).toBeUndefined();
      expect([waitsForDigest(handoff), needsNoCard(handoff, log)]).toEqual([false, false]);
      expect(digestTimers(handoff)).toEqual([]);
    }
    expect(does(before, delivered, at('16:00:02')).handoff.respondBy).toEqual(at('16:15'));
  });

  it.each<[string, Command]>([
    ['somebody wants to see it', { type: 'show', by: ada }],
    ['its rep accepts it', { type: 'accept', by: ada }],
    ['its manager asks its rep to look at it', { type: 'ping', by: 'grace.whitfield@example.com' }],
  ])('has a card as soon as %s', (_, command) => {
    const { handoff, log } = does(
      does(waiting(), delivered, wednesdayNine),
      command,
      minutesAfter(wednesdayNine, 5),
    );
    expect(needsNoCard(handoff, log)).toBe(false);
  });

  it('waits for the digest of whoever gets it instead, unless it has come already', () => {
    const to = assignment({ rep: ben, at: at('18:00') });
    const command = { type: 'moveOn', from: ada, assignment: to, why: 'away', quiet: true } as const;
    expect(does(waiting(), command, at('18:00')).handoff).toMatchObject({
      digestAt: wednesdayNine,
      assignment: { rep: ben },
    });
    const come = does(waiting(), delivered, wednesdayNine);
    const later = { ...command, assignment: { ...to, at: minutesAfter(wednesdayNine, 300) } };
    expect(does(come, later, minutesAfter(wednesdayNine, 300)).handoff.digestAt).toBeUndefined();
  });

  it('waits until its rep is back when they are away by then', () => {
    const until = new Date('2026-03-04T15:00:00Z');
    const away = withAbsences(rules, new Map([[ada, [{ from: at('22:00'), until }]]]));
    expect(hoursOf(away, ada).away).toHaveLength(1);
    const command = { type: 'reschedule', rep: ada, why: 'away', quiet: true } as const;
    const { handoff } = does(waiting(), command, at('23:00'), away);
    expect(handoff).toMatchObject({ digestAt: until, respondBy: minutesAfter(until, 240) });
    expect(digestTimers(handoff)).toMatchObject([{ dueAt: until, run: 2 }]);
  });

  it('that has come is due later, like any other, when its rep is away', () => {
    const come = does(waiting(), delivered, wednesdayNine);
    const command = { type: 'reschedule', rep: ada, why: 'away', quiet: true } as const;
    expect(decide(come.handoff, command, rules, minutesAfter(wednesdayNine, 1))).toEqual({
      refused: 'stale',
    });
  });
});
