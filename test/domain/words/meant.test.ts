import { expect, it } from 'vitest';
import { mistakesAllowed, mistakesBetween } from '../../../src/domain/words/meant.ts';

it.each([
  ['stats', 'stats', 0],
  ['stast', 'stats', 1],
  ['stat', 'stats', 1],
  ['sttats', 'stats', 1],
  ['stuts', 'stats', 1],
  ['hlep', 'help', 1],
  ['hi', 'why', 2],
  ['back', 'why', 4],
  ['', 'why', Number.POSITIVE_INFINITY],
  ['x'.repeat(100_000), 'why', Number.POSITIVE_INFINITY],
])('between "%s" and "%s" there are %i mistakes', (a, b, mistakes) => {
  expect([mistakesBetween(a, b), mistakesBetween(b, a)]).toEqual([mistakes, mistakes]);
});

it('a word of two letters may have none, and no word more than two', () => {
  expect(['hi', 'why', 'stats', 'settings', 'suppressions'].map(mistakesAllowed)).toEqual([0, 1, 1, 2, 2]);
});
