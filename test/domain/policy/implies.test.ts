import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, check } from '../../../src/domain/policy/condition.ts';
import { implies } from '../../../src/domain/policy/implies.ts';
import { anyCondition, anyFacts, anyPart } from '../../support/leads/any-lead.ts';

const country = (...anyOf: string[]): Condition => ({ kind: 'text', attribute: 'country', anyOf });
const employees = (atLeast: number | null, below: number | null = null): Condition => ({
  kind: 'number',
  attribute: 'employees',
  range: { atLeast, below },
});
const form = (...contains: string[]): Condition => ({ kind: 'conversion', titleOf: 'form', contains });
const page = (times: number, withinMinutes: number, ...contains: string[]): Condition => ({
  kind: 'page',
  contains,
  times,
  withinMinutes,
});
const all = (...of: Condition[]): Condition => ({ kind: 'all', of });
const any = (...of: Condition[]): Condition => ({ kind: 'any', of });
const not = (of: Condition): Condition => ({ kind: 'not', of });
const segment = (of: Condition): Condition => ({ kind: 'segment', name: 'some', of });

describe('whoever meets the first meets the second', () => {
  const germany = country('Germany');
  const table: [title: string, narrow: Condition, wide: Condition, boolean][] = [
    ['the same', germany, germany, true],
    ['fewer of the same values, whatever the case', country('GERMANY'), country('Austria', 'germany'), true],
    ['more values', country('Germany', 'Austria'), germany, false],
    ['another attribute', { kind: 'text', attribute: 'state', anyOf: ['Germany'] }, germany, false],
    ['a narrower range', employees(200, 500), employees(100), true],
    ['a range that begins earlier', employees(50), employees(100), false],
    ['a range without an end', employees(200), employees(100, 500), false],
    ['a range that starts anywhere', employees(null, 50), employees(null, 100), true],
    ['a longer word', form('book a demo'), form('demo', 'quote'), true],
    ['a shorter word', form('demo'), form('book a demo'), false],
    ['more looks in less time', page(5, 60, '/pricing/teams'), page(3, 120, '/pricing'), true],
    ['fewer looks', page(2, 60, '/pricing'), page(3, 60, '/pricing'), false],
    ['looks over a longer time', page(3, 120, '/pricing'), page(3, 60, '/pricing'), false],
    ['more to be met', all(germany, form('demo')), germany, true],
    ['less to be met', germany, all(germany, form('demo')), false],
    ['the same in another order', all(form('demo'), germany), all(germany, form('demo')), true],
    ['one of several', germany, any(form('demo'), germany), true],
    ['several of which one is another', any(form('demo'), germany), germany, false],
    ['fewer of several', any(germany, form('demo')), any(form('demo'), employees(1), germany), true],
    [
      'the same, of which one part is a choice',
      all(germany, any(form('a'), form('b'))),
      all(germany, any(form('a'), form('b'))),
      true,
    ],
    ['a segment of it', segment(employees(200)), employees(100), true],
    ['what a segment is made of', employees(200), segment(employees(100)), true],
    ['not the wider', not(country('Germany', 'Austria')), not(germany), true],
    ['not the narrower', not(germany), not(country('Germany', 'Austria')), false],
    ['something against its opposite', germany, not(country('France')), false],
    [
      'a band of the score in a wider one',
      { kind: 'scoreReached', range: { atLeast: 60, below: 70 } },
      { kind: 'scoreReached', range: { atLeast: 50, below: 80 } },
      true,
    ],
    [
      'the score against having reached it',
      { kind: 'number', attribute: 'score', range: { atLeast: 60, below: null } },
      { kind: 'scoreReached', range: { atLeast: 50, below: null } },
      false,
    ],
    [
      'the same property of another record',
      { kind: 'propertyKnown', object: 'contact', property: 'p', known: true },
      { kind: 'propertyKnown', object: 'company', property: 'p', known: true },
      false,
    ],
  ];
  for (const [title, narrow, wide, certain] of table) {
    it(`${title}: ${certain ? 'certainly' : 'not for certain'}`, () => {
      expect(implies(narrow, wide)).toBe(certain);
    });
  }
});

/** A condition and one that is a little wider, narrower or simply another. */
const pair = fc.tuple(anyCondition, anyCondition, fc.integer({ min: 0, max: 5 })).map(([a, b, how]) => {
  const pairs: [Condition, Condition][] = [
    [a, b],
    [all(a, b), a],
    [a, any(b, a)],
    [not(any(a, b)), not(a)],
    [a, a],
    [all(b, a), all(a, b)],
  ];
  return pairs[how] as [Condition, Condition];
});

describe('of any two conditions', () => {
  it('no lead meets the first and not the second when the first implies the second', () => {
    let told = 0;
    fc.assert(
      fc.property(pair, fc.array(anyFacts, { minLength: 5, maxLength: 20 }), ([narrow, wide], many) => {
        if (!implies(narrow, wide)) return;
        for (const facts of many) {
          if (!check(narrow, facts).met) continue;
          told += 1;
          expect(check(wide, facts).met).toBe(true);
        }
      }),
      { numRuns: 2000, seed: 271828 },
    );
    expect(told).toBeGreaterThan(1000);
  });

  it('no lead meets one of two single conditions and not the wider one', () => {
    let told = 0;
    fc.assert(
      fc.property(
        anyPart,
        anyPart,
        fc.array(anyFacts, { minLength: 5, maxLength: 15 }),
        (narrow, wide, many) => {
          if (!implies(narrow, wide)) return;
          for (const facts of many) {
            if (!check(narrow, facts).met) continue;
            told += 1;
            expect(check(wide, facts).met).toBe(true);
          }
        },
      ),
      { numRuns: 4000, seed: 31415 },
    );
    expect(told).toBeGreaterThan(100);
  });

  it('every condition implies itself', () => {
    fc.assert(
      fc.property(anyCondition, (one) => {
        expect(implies(one, one)).toBe(true);
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});
