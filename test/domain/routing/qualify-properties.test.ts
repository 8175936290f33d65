import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellsSince } from '../../../src/domain/policy/condition.ts';
import type { Trigger } from '../../../src/domain/policy/policy.ts';
import { type EarlierHandoff, type History, qualify } from '../../../src/domain/routing/qualify.ts';
import { at, demoRequest, minutesAfter, policy } from '../../support/examples.ts';
import { anyCondition, anyFacts } from '../../support/leads/any-lead.ts';

const now = at('15:00');
const ago = fc.integer({ min: 0, max: 20 }).map((minutes) => minutesAfter(now, -minutes));
const triggerNames = ['first', 'second', 'third', 'fourth'];

const anyTriggers = fc
  .array(
    fc.record({
      when: anyCondition.filter(tellsSince),
      coolDownMinutes: fc.option(fc.constantFrom(2, 10), { nil: null }),
      once: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) =>
    all.map((one, index): Trigger => ({ ...demoRequest, ...one, name: triggerNames[index] ?? '' })),
  );

const anyEarlier: fc.Arbitrary<EarlierHandoff[]> = fc
  .array(fc.record({ trigger: fc.constantFrom(...triggerNames), qualifiedAt: ago, lasted: fc.nat(5) }), {
    maxLength: 3,
  })
  .map((all) =>
    all
      .map(({ trigger, qualifiedAt, lasted }) => ({
        trigger,
        qualifiedAt,
        closedAt: minutesAfter(qualifiedAt, lasted),
      }))
      .sort((a, b) => +b.closedAt - +a.closedAt),
  );

const situation = fc.record({
  facts: anyFacts,
  triggers: anyTriggers,
  earlier: anyEarlier,
  never: fc.array(anyCondition, { maxLength: 2 }),
  freshWithinDays: fc.constantFrom(0.005, 1),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function decide({ facts, triggers, earlier, never, freshWithinDays }: Situation) {
  const rules = policy({
    triggers,
    qualification: {
      required: ['email'],
      never: never.map((when, index) => ({ name: `never ${index}`, label: 'Never', when })),
      freshWithinDays,
    },
  });
  const history: History = { earlier, workflows: facts.workflows };
  return qualify(facts.lead, rules, history, now);
}

const settings = { numRuns: 1500, seed: 1618 };

describe('whatever the lead, the triggers and what went before', () => {
  it('evidence counts once and fresh: it is newer than the last handoff and no older than the policy says', () => {
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(situation, (given) => {
        const found = decide(given);
        verdicts.add(found.verdict);
        if (found.verdict !== 'qualified') return;
        const last = given.earlier[0]?.closedAt;
        if (last) expect(found.since.getTime()).toBeGreaterThan(last.getTime());
        const oldest = now.getTime() - given.freshWithinDays * 86_400_000;
        expect(found.since.getTime()).toBeGreaterThanOrEqual(oldest);
      }),
      settings,
    );
    expect(verdicts).toEqual(new Set(['qualified', 'held', 'ignored']));
  });

  it('a trigger below the one that named it changes nothing', () => {
    fc.assert(
      fc.property(situation, anyTriggers, (given, [another]) => {
        const before = decide(given);
        if (before.verdict === 'ignored' || !another) return;
        const more = [...given.triggers, { ...another, name: 'last' }];
        const after = decide({ ...given, triggers: more });
        expect({ ...after, considered: after.considered.slice(0, -1) }).toEqual(before);
      }),
      settings,
    );
  });

  it('everything that was looked at is told, and of what holds either that it counts or why not', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { verdict, considered } = decide(given);
        const excluded = considered.some(({ kind, met }) => kind === 'never' && met);
        const triggers = considered.filter(({ kind }) => kind === 'trigger');
        expect(triggers.map(({ name }) => name)).toEqual(
          excluded ? [] : given.triggers.map(({ name }) => name),
        );
        expect(triggers.some(({ met, but }) => met && but === null)).toBe(verdict !== 'ignored');
      }),
      settings,
    );
  });
});
