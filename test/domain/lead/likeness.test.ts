import { describe, expect, it } from 'vitest';
import { likeness } from '../../../src/domain/lead/likeness.ts';
import { lead } from '../../support/examples.ts';

const zoe = lead({ name: 'Zoë Lindqvist', email: 'zoe.l@copperleaf.example', company: 'Copperleaf Health' });
const misaki = lead({ name: '佐藤 美咲', email: 'misaki.sato@kumo.example', company: null, account: null });

describe('words fit a lead', () => {
  it.each([
    ['Zoë', 0],
    ['zoe', 0],
    ['lind', 0],
    ['copperleaf health', 0],
    ['lindquist', 1],
    ['coperleaf', 1],
    ['zoe lindqwist', 1],
    ['zo', null],
    ['zoe smith', null],
    ['', null],
    ['?!', null],
  ])('"%s" with %s mistakes', (words, mistakes) => expect(likeness(words, zoe)).toBe(mistakes));

  it('whose name was written in other letters by its own letters, its email or its company, not by a guess', () => {
    expect(['美咲', 'misaki', 'sato', 'kumo', 'mieko'].map((words) => likeness(words, misaki))).toEqual([
      0,
      0,
      0,
      0,
      null,
    ]);
    expect(likeness('佐藤 美咲', misaki)).toBe(0);
  });
});
