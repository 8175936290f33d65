import { describe, expect, test } from 'vitest';
import { dateTime, line, person, plain } from '../../../src/domain/words/line.ts';
import type { Reason } from '../../../src/domain/words/reason.ts';
import { saidOf, whyForOperators, whyLine } from '../../../src/domain/words/why.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';

const at = new Date('2026-03-02T14:00:00Z');
const words = wordsIn('en');
const found: Reason = { kind: 'sentIn', form: 'Request a demo', page: 'Home' };
const employees: Reason = { kind: 'attribute', name: 'employees' };

const table: readonly (readonly [Reason, string])[] = [
  [found, 'filled in “Request a demo”'],
  [{ kind: 'sentIn', form: '#contact', page: 'Talk to us' }, 'filled in “Talk to us”'],
  [{ kind: 'scoreReached', score: 54, threshold: 50 }, 'score rose to 54 (threshold 50)'],
  [{ kind: 'sawPages', pages: ['/pricing', '/plans'], count: 1, unnamed: 0 }, 'saw /pricing or /plans once'],
  [
    { kind: 'sawPages', pages: ['/pricing'], count: 3, unnamed: 1 },
    'saw /pricing 3 times (HubSpot does not name 1 more page of those visits)',
  ],
  [
    { kind: 'allOf', of: [found, { kind: 'isNumber', what: employees, value: 1250 }] },
    'filled in “Request a demo”, employees 1,250',
  ],
  [{ kind: 'lacks', fields: [{ kind: 'attribute', name: 'jobTitle' }, 'seats'] }, 'lacks job title, seats'],
  [{ kind: 'outsideHours', startsAt: at, zone: 'America/Los_Angeles' }, 'starts Mon 6:00 AM in Los Angeles'],
  [
    { kind: 'awayUntil', why: { kind: 'outOfOffice' }, until: at },
    'is out of office until 2026-03-02 14:00 UTC',
  ],
  [{ kind: 'wrote', what: '' }, 'wrote to us'],
];

describe('a reason', () => {
  for (const [reason, text] of table) {
    test(`of the kind ${reason.kind} reads "${text}"`, () => {
      expect(whyForOperators(reason)).toBe(text);
    });
  }

  test('keeps its times, for the chat to write in the reader’s zone', () => {
    expect(whyLine({ kind: 'coolingDown', until: at }, words)).toEqual(
      line`cooling down until ${dateTime(at)}`,
    );
  });

  test('that is words, as logs of earlier versions have them, stays as it is', () => {
    expect(whyForOperators('sent in "Demo"')).toBe('sent in "Demo"');
    expect(plain(saidOf(person('ada', new Map([['ada', 'Ada']])), 'out of office', words))).toBe(
      'Ada: out of office',
    );
  });

  test('of a kind that this version does not know is told by its name', () => {
    expect(whyForOperators({ kind: 'wonALottery' } as unknown as Reason)).toBe('wonALottery');
  });
});
