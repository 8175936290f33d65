import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brief, factsIn } from '../../../src/domain/briefing/briefing.ts';
import { briefing as german } from '../../../src/domain/words/de/briefing.ts';
import { briefing as english } from '../../../src/domain/words/en/briefing.ts';
import { briefing as portuguese } from '../../../src/domain/words/pt/briefing.ts';
import { at, lead, offered } from '../../support/examples.ts';
import { anyView } from './any-view.ts';
import { briefed, view } from './briefed.ts';

const back = {
  ...{
    handoffId: 'h',
    rep: 'ada',
    at: at('10:00'),
    outcome: 'recycled' as const,
    reason: null,
    note: '',
    by: null,
  },
  recycled: 1,
};
const sent = (name: string) => [{ name, at: at('15:00') }];
const wrote = (value: string) => [{ label: 'Message', value }];
const depots = 'We plan 12 depots in spreadsheets.';

describe('first sentences', () => {
  const table: [what: string, Parameters<typeof briefed>[0], mail: string, call: string][] = [
    [
      'repeat the lead’s own words',
      { lead: lead({ formAnswers: wrote(depots) }) },
      `Hi Lena, you wrote “${depots}”: when would be a good time to talk about it?`,
      `Hi Lena, you wrote “${depots}”: what have you tried so far?`,
    ],
    [
      'without those name the form',
      {},
      'Hi Lena, thank you for filling in “Request a Demo”. When would be a good time to talk?',
      'Hi Lena, you filled in “Request a Demo” with us. What made you look into it?',
    ],
    [
      'to somebody whose time had not come ask whether it has',
      { handoff: offered({ back }) },
      'Hi Lena, when we last spoke it was not the right time. Is it better now?',
      'Hi Lena, when we last spoke it was not the right time. How do things look now?',
    ],
    [
      'never speak of pages that were looked at',
      { lead: lead({ conversions: [] }) },
      'Hi Lena, what would help you most at the moment? I am glad to show you.',
      'Hi Lena, what are you working on at the moment?',
    ],
    [
      'call nobody by a name that is markup, nor repeat a link',
      {
        lead: lead({
          name: '<!channel> *Eve*',
          formAnswers: wrote('Look at https://evil.example/now please'),
        }),
      },
      'Hello, thank you for filling in “Request a Demo”. When would be a good time to talk?',
      'Hello, you filled in “Request a Demo” with us. What made you look into it?',
    ],
    [
      'do not repeat what is too long to be said',
      { lead: lead({ conversions: sent('x '.repeat(80)), formAnswers: wrote('word '.repeat(60)) }) },
      'Hi Lena, what would help you most at the moment? I am glad to show you.',
      'Hi Lena, what are you working on at the moment?',
    ],
  ];
  for (const [what, override, mail, call] of table) {
    it(`${what}`, () => {
      expect(briefed(override).openers).toEqual({ mail, call });
    });
  }

  it('are a line of words, and name nothing and nobody that no fact does', () => {
    const words = [english, german, portuguese].flatMap((room) => Object.values(room));
    const ours = new Set(claimsIn(words.join(' ')));
    fc.assert(
      fc.property(anyView, (any) => {
        const found = brief(view(any));
        const known = [found.who, ...factsIn(found).map(({ value }) => value)]
          .join(' ')
          .replaceAll(/\s+/g, ' ')
          .toLowerCase();
        for (const opener of [found.openers.mail, found.openers.call]) {
          expect(opener.length).toBeLessThanOrEqual(280);
          expect(opener).not.toMatch(/[<>[\]{}|\\`*_~@#\n\r\u202a-\u202e]|:\/\/|www\./);
          expect(
            claimsIn(opener).filter((one) => !ours.has(one) && !known.includes(one.toLowerCase())),
          ).toEqual([]);
        }
      }),
    );
  });
});

/** Numbers, and words that could be names. */
function claimsIn(text: string): string[] {
  return text.match(/\d+|\p{Lu}[\p{L}\p{M}]*|\p{Lo}+/gu) ?? [];
}
