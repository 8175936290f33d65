import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type Credits, giveBack, takeTurn } from '../../../src/domain/routing/rotation.ts';

const none: Credits = new Map();

/** Takes so many turns with the same candidates. */
function rounds(candidates: readonly Candidate[], turns: number, credits = none) {
  const winners: string[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const taken = takeTurn(candidates, credits);
    if (!taken) break;
    winners.push(taken.winner);
    credits = taken.credits;
  }
  return { winners, credits };
}

/** Candidates named a, b, c … with these weights. */
function weighing(...weights: number[]): Candidate[] {
  return weights.map((weight, index) => ({ id: String.fromCharCode(97 + index), weight }));
}

/** What a pool of n may be owed at most, in turns: 1/2 + 1/3 + … + 1/n. */
function mostOwed(n: number): number {
  return Array.from({ length: n - 1 }, (_, index) => 1 / (index + 2)).reduce((sum, part) => sum + part, 0);
}

describe('turns', () => {
  const table: [title: string, Candidate[], string][] = [
    ['go round among equals, in the listed order', weighing(1, 1, 1), 'abcabc'],
    ['are spread by weight, not handed out in a row', weighing(50, 25, 25), 'abcaabca'],
    ['follow the ratio of the weights, not their size', weighing(2, 1, 1), 'abcaabca'],
    ['pass over weight 0', weighing(1, 0, 1), 'acacac'],
    ['all go to the only one', weighing(0, 7), 'bbb'],
    ['may be very uneven', weighing(5, 1, 1), 'aabacaa'],
  ];
  for (const [title, candidates, order] of table) {
    it(`${title}: ${candidates.map((c) => c.weight).join('/')} gives ${order}`, () => {
      expect(rounds(candidates, order.length).winners.join('')).toBe(order);
    });
  }

  it('are nobody’s where nobody has a weight', () => {
    expect([takeTurn([], none), takeTurn(weighing(0, 0), none)]).toEqual([null, null]);
  });

  it('leave the balances that were given untouched', () => {
    const before: Credits = new Map([['a', 0.25]]);
    takeTurn(weighing(1, 1), before);
    expect([...before]).toEqual([['a', 0.25]]);
  });
});

const weight = fc.integer({ min: 1, max: 100 });
const pool = fc.array(weight, { minLength: 2, maxLength: 12 }).map((weights) => weighing(...weights));
const settings = { numRuns: 200, seed: 50_25_25 };

describe('fairness while the same people are available', () => {
  it('nobody is a whole turn ahead of their share, nor owed more than 1/2 + … + 1/n of one', () => {
    fc.assert(
      fc.property(pool, (candidates) => {
        const total = candidates.reduce((sum, candidate) => sum + candidate.weight, 0);
        const { winners } = rounds(candidates, Math.min(total, 300));
        const owed = candidates.flatMap(({ id, weight }) => {
          let won = 0;
          return winners.map((winner, turn) => {
            if (winner === id) won += 1;
            return ((turn + 1) * weight) / total - won;
          });
        });
        expect(Math.min(...owed)).toBeGreaterThan(-1);
        expect(Math.max(...owed)).toBeLessThan(mostOwed(candidates.length) + 1e-9);
      }),
      settings,
    );
  });

  it('does not hold everybody within one turn: of 1/8/1/34/34, e is owed 1.13 after 37 turns', () => {
    const { winners } = rounds(weighing(1, 8, 1, 34, 34), 37);
    const owed = (37 * 34) / 78 - winners.filter((winner) => winner === 'e').length;
    expect(owed).toBeCloseTo(1.128, 3);
    expect(owed).toBeLessThan(mostOwed(5));
  });

  it('after as many turns as the weights add up to, everyone has had exactly their share', () => {
    fc.assert(
      fc.property(pool, (candidates) => {
        const total = candidates.reduce((sum, candidate) => sum + candidate.weight, 0);
        const { winners } = rounds(candidates, total);
        for (const { id, weight } of candidates) expect(winners.filter((w) => w === id)).toHaveLength(weight);
      }),
      settings,
    );
  });

  it('the balances tell who is owed what, and add up to nothing', () => {
    fc.assert(
      fc.property(pool, fc.integer({ min: 1, max: 200 }), (candidates, turns) => {
        const { credits } = rounds(candidates, turns);
        expect([...credits.values()].reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(0, 6);
      }),
      settings,
    );
  });

  it('the same balances give the same winner, and the same balances after', () => {
    fc.assert(
      fc.property(pool, fc.integer({ min: 0, max: 50 }), (candidates, turns) => {
        const { credits } = rounds(candidates, turns);
        expect(takeTurn(candidates, new Map(credits))).toEqual(takeTurn(candidates, credits));
      }),
      settings,
    );
  });
});

describe('absence', () => {
  it('neither earns nor costs: the balance of whoever is away stays as it is', () => {
    const present = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1 });
    const weights = fc.tuple(weight, weight, weight, weight);
    fc.assert(
      fc.property(weights, fc.array(present, { minLength: 1, maxLength: 80 }), (weights, days) => {
        const everybody = weighing(...weights);
        let credits = none;
        for (const day of days) {
          const candidates = everybody.filter((_, index) => day.includes(index));
          const before = credits;
          const taken = takeTurn(candidates, credits);
          credits = taken?.credits ?? credits;
          for (const { id } of everybody) {
            if (!candidates.some((candidate) => candidate.id === id))
              expect(credits.get(id)).toBe(before.get(id));
          }
          expect(candidates.map(({ id }) => id)).toContain(taken?.winner);
        }
      }),
      settings,
    );
  });

  it('floods nobody on their return: after a month away the next turns go round as ever', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, weight: 1 })) as [Candidate, Candidate, Candidate];
    const { credits } = rounds([a, b], 200);
    expect(rounds([a, b, c], 6, credits).winners.join('')).toBe('abcabc');
  });

  it('lets nobody catch up by more than the turn they were owed when they left', () => {
    fc.assert(
      fc.property(
        pool,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (all, before, away) => {
          const [leaver, ...others] = all;
          if (!leaver) return;
          const left = rounds(all, before).credits;
          const back = rounds(others, away, left).credits;
          expect(back.get(leaver.id) ?? 0).toBe(left.get(leaver.id) ?? 0);
          const total = all.reduce((sum, candidate) => sum + candidate.weight, 0);
          const turns = Math.min(total, 60);
          const wins = rounds(all, turns, back).winners.filter((winner) => winner === leaver.id).length;
          const share = (turns * leaver.weight) / total;
          expect(wins).toBeLessThan(share + 1 + mostOwed(all.length) + 1e-9);
        },
      ),
      settings,
    );
  });
});

describe('fairness while people come and go', () => {
  /** What everybody is owed at most, or ahead at most, over a run in which some are there at each turn. */
  const farthest = (weights: readonly number[], days: readonly (readonly number[])[]): number => {
    const everybody = weighing(...weights);
    const share = new Map<string, number>();
    let credits = none;
    let far = 0;
    for (const day of days) {
      const there = everybody.filter((_, index) => day.includes(index));
      const total = there.reduce((sum, { weight }) => sum + weight, 0);
      const taken = takeTurn(there, credits);
      if (!taken) continue;
      credits = taken.credits;
      for (const { id, weight } of there) share.set(id, (share.get(id) ?? 0) + weight / total);
      share.set(taken.winner, (share.get(taken.winner) ?? 0) - 1);
      far = Math.max(far, ...[...share.values()].map(Math.abs));
    }
    return far;
  };
  const presences = (people: number) =>
    fc.array(fc.uniqueArray(fc.nat(people - 1), { minLength: 1 }), { minLength: 1, maxLength: 120 });

  for (const [people, leads] of [
    [2, 1],
    [3, 1],
    [6, 1.5],
    [12, 1.5],
  ] as const) {
    it(`among ${people} each has their share of the turns at which they were there, within ${leads} of a lead`, () => {
      fc.assert(
        fc.property(
          fc.array(weight, { minLength: people, maxLength: people }),
          presences(people),
          (weights, days) => {
            expect(farthest(weights, days)).toBeLessThan(leads + 1e-9);
          },
        ),
        settings,
      );
    });
  }
});

describe('a turn that is given back', () => {
  const weightsOf = (candidates: readonly Candidate[]) =>
    Object.fromEntries(candidates.map(({ id, weight }) => [id, weight]));

  it('leaves the balances as if it had never been taken', () => {
    const candidates = weighing(50, 25, 25);
    const before: Credits = new Map([
      ['a', 0.25],
      ['b', -0.5],
      ['z', 0.25],
    ]);
    const taken = takeTurn(candidates, before);
    const back = giveBack(
      { winner: taken?.winner ?? '', weights: weightsOf(candidates) },
      taken?.credits ?? none,
    );
    expect(Object.fromEntries(back)).toEqual({ a: 0.25, b: -0.5, c: 0, z: 0.25 });
  });

  it('makes the next turn theirs when nothing happened meanwhile', () => {
    const candidates = weighing(1, 1, 1);
    const { winners, credits } = rounds(candidates, 4);
    const back = giveBack({ winner: winners.at(-1) ?? '', weights: weightsOf(candidates) }, credits);
    expect(takeTurn(candidates, back)?.winner).toBe(winners.at(-1));
  });

  it('at any time later adds up to nothing, and changes nobody who was not there', () => {
    fc.assert(
      fc.property(pool, fc.nat(40), fc.nat(40), (candidates, before, after) => {
        const start = rounds(candidates, before).credits;
        const taken = takeTurn(candidates, start);
        if (!taken) return;
        const later = rounds(candidates, after, taken.credits).credits;
        const others = new Map([...later, ['away', 0.4]]);
        const back = giveBack({ winner: taken.winner, weights: weightsOf(candidates) }, others);
        const sum = [...back.values()].reduce((total, credit) => total + credit, 0);
        expect(sum).toBeCloseTo(0.4, 6);
        expect(back.get('away')).toBe(0.4);
      }),
      settings,
    );
  });

  it('leaves the balances that were given untouched', () => {
    const before: Credits = new Map([['a', -0.5]]);
    giveBack({ winner: 'a', weights: { a: 1, b: 1 } }, before);
    expect([...before]).toEqual([['a', -0.5]]);
  });
});
