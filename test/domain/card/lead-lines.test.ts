import { expect, it } from 'vitest';
import type { CardRule } from '../../../src/domain/policy/card-layout.ts';
import { ada, lead, policy } from '../../support/examples.ts';
import { cardWords } from './card-words.ts';

const rule = (override: Partial<CardRule>): CardRule => ({
  trigger: null,
  team: null,
  show: [],
  first: [],
  hide: [],
  ...override,
});
const short = lead({ jobTitle: 'VP Ops', state: null, country: 'US' });
const body = (...cards: CardRule[]) => cardWords(ada, { lead: short, policy: policy({ cards }) }).body;

const role = 'VP Ops · Machinery, 1,200 people · US';
const signals = 'Signals pricing, page /blog/robots';
const summary = 'Known to us for 11 days. Nobody from sales has talked to them yet.';
const reach = '+1 212 555 0148 · Email';

it('a card has what the policy wants above the buttons, first, or not at all', () => {
  expect(body()).toEqual([role, signals, reach]);
  expect(body(rule({ show: ['summary'] }))).toEqual([role, signals, summary, reach]);
  expect(body(rule({ first: ['signals', 'summary'] }))).toEqual([signals, summary, role, reach]);
  expect(body(rule({ hide: ['signals'] }))).toEqual([role, reach]);
});

it('the first rule for its trigger and team counts, whole', () => {
  const hidden = rule({ hide: ['signals'] });
  expect(body(rule({ trigger: 'score', show: ['summary'] }), hidden)).toEqual([role, reach]);
  expect(body(rule({ trigger: 'demo_request', team: 'Americas' }), hidden)).toEqual([role, signals, reach]);
  expect(body(rule({ team: 'International' }), hidden)).toEqual([role, reach]);
});

it('what is hidden stands behind the fold neither', () => {
  const { more } = cardWords(ada, { policy: policy({ cards: [rule({ hide: ['openers', 'fit'] })] }) });
  expect(more.join('\n')).not.toMatch(/To write|Fit/);
});

it('what has no room above the buttons stands behind the fold, and the ways to reach the lead keep theirs', () => {
  const long = 'word '.repeat(60).trim();
  const talkative = lead({
    formAnswers: [{ label: 'Message', value: long }],
    jobTitle: 'Head of '.repeat(20),
  });
  const shown = cardWords(ada, { lead: talkative });
  expect(shown.body.at(-1)).toBe(reach);
  expect(shown.body.join()).not.toContain('Signals');
  expect(shown.more.join('\n')).toContain(signals);
});
