import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brief } from '../../../src/domain/briefing/briefing.ts';
import { believed, citable } from '../../../src/domain/briefing/drafted-summary.ts';
import { lead } from '../../support/examples.ts';
import { view } from './briefed.ts';

const facts = [
  { id: 'f1', text: 'Role | VP Revenue Operations' },
  { id: 'f2', text: 'Message | We plan 12 depots in spreadsheets and need something by January.' },
  { id: 'f3', text: 'Signal | compared you with Northstar | Mar 1, 2026' },
  { id: 'f4', text: 'Size | 1,250 people' },
];
const all = facts.map(({ id }) => id);
const believe = (text: string, cited: readonly string[] = all) => believed({ facts: cited, text }, facts);

describe('what a language model wrote', () => {
  const right: [what: string, text: string][] = [
    ['in words of its facts', 'They plan 12 depots in spreadsheets and want something by January.'],
    ['with a number in letters', 'They plan twelve depots by hand.'],
    ['with a month in short', 'They need it by Jan and looked at Northstar on March 1.'],
    ['with another way to write a number', 'The company has 1250 people.'],
    ['that claims nothing', 'They may need help with planning.'],
  ];
  for (const [what, text] of right) {
    it(`${what} may stand on the card`, () => {
      expect(believe(text)).toEqual({ text });
    });
  }

  const wrong: [what: string, text: string, cited: readonly string[], refused: string][] = [
    ['a number of its own', 'They plan 40 depots.', all, 'says what its facts do not'],
    ['a number of its own in letters', 'They plan forty depots.', all, 'says what its facts do not'],
    ['a name of its own', 'They also looked at Acme.', all, 'says what its facts do not'],
    ['a name of its own at the beginning', 'Acme was there first.', all, 'says what its facts do not'],
    ['a month of its own', 'They need it by february.', all, 'says what its facts do not'],
    ['a day of its own', 'They want a call tomorrow.', all, 'says what its facts do not'],
    ['a year of its own', 'They need it by January 2027.', all, 'says what its facts do not'],
    ['what another fact says', 'They compared Northstar.', ['f1'], 'says what its facts do not'],
    ['no fact', 'They plan depots.', [], 'cites nothing'],
    ['a fact that it made up', 'They plan depots.', ['f9'], 'cites what it was not given'],
    ['more than sixty words', 'they plan '.repeat(31), all, 'is too long'],
    ['nothing', ' \n ', all, 'says nothing'],
  ];
  for (const [what, text, cited, refused] of wrong) {
    it(`is refused when it says ${what}`, () => {
      expect(believe(text, cited)).toEqual({ refused });
    });
  }

  it('loses links, mentions and markup', () => {
    const text =
      'They plan *depots* <!channel> <https://evil.example|here> see https://evil.example and www.evil.example or evil.example/x, @everyone {{DATE(2026-01-01)}} [now](javascript:x) `code`';
    expect(believe(text)).toEqual({ text: 'They plan depots see and or now(javascript:x) code' });
  });

  it('is one line that nobody reads another way, and says no number that its facts do not', () => {
    const noise = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('<b>', '12', '99', '@x', '\u202e', '\n', 'x'.repeat(3000))),
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const found = believe(parts.join(' '));
        if ('refused' in found) return;
        expect(found.text).not.toMatch(/[<>[\]{}|\\`*_~#@\n\u202a-\u202e]|:\/\//);
        expect(found.text.match(/\d+/g) ?? []).toEqual(
          (found.text.match(/\d+/g) ?? []).filter((one) => isKnown(one)),
        );
      }),
    );
  });
});

const isKnown = (number: string) => facts.some(({ text }) => text.replaceAll(',', '').includes(number));

describe('what a language model is told', () => {
  it('is every fact but how to reach the lead, with its day', () => {
    const told = citable(
      brief(view({ lead: lead({ formAnswers: [{ label: 'Team size', value: '12 to 20' }] }) })),
    );
    const texts = told.map(({ text }) => text);
    expect(texts).toContain('Role | VP Operations');
    expect(texts).toContain('Team size | 12 to 20 | Mar 3, 2026');
    expect(texts.join(' ')).not.toMatch(/lena|fischer|@|\+1 212/i);
    expect(told.map(({ id }) => id)).toEqual(told.map((_, index) => `f${index + 1}`));
  });
});
