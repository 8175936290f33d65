import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import { isAnotherCompany, isWorthReading } from '../../../src/domain/routing/worth-reading.ts';
import {
  account,
  at,
  becameQualified,
  demoRequest,
  lead,
  minutesAfter,
  policy,
  qualifiedAt,
  scoreReached,
} from '../../support/examples.ts';

const now = at('15:00');
const pricing = {
  ...demoRequest,
  when: { kind: 'page', contains: ['/pricing'], times: 2, withinMinutes: 60 },
} as const;
const either = { ...demoRequest, when: { kind: 'any', of: [pricing.when, scoreReached.when] } } as const;
const longAgo = minutesAfter(now, -8 * 1440);

const score = (value: number): Lead['score'] => ({ value, components: [], history: [] });
const text = (attribute: 'job_title' | 'state', ...anyOf: string[]) =>
  ({ kind: 'text', attribute, anyOf }) as const;

const quiet = { conversions: [], score: null, visits: null, lifecycleStage: null, stageEnteredAt: {} };
const entered = (stage: string, when: Date | null = qualifiedAt) => ({
  lifecycleStage: stage,
  stageEnteredAt: when ? { [stage]: when } : {},
});

describe('a contact of whom nobody has read yet', () => {
  const table: [title: string, seen: Partial<Lead>, triggers: (typeof demoRequest)[], looked: boolean][] = [
    [
      'has sent in a form',
      { conversions: [{ name: 'Request a Demo', at: qualifiedAt }] },
      [demoRequest],
      true,
    ],
    [
      'has sent in a form long ago',
      { conversions: [{ name: 'Request a Demo', at: longAgo }] },
      [demoRequest],
      false,
    ],
    [
      'has sent in a form, which no trigger asks for',
      { conversions: [{ name: 'x', at: qualifiedAt }] },
      [scoreReached],
      false,
    ],
    ['has a score that is high enough', { score: score(50) }, [scoreReached], true],
    ['has a lower score', { score: score(49) }, [scoreReached], false],
    ['has a high score, which no trigger asks for', { score: score(90) }, [demoRequest], false],
    ['has become qualified', entered('marketingqualifiedlead'), [becameQualified], true],
    ['became qualified long ago', entered('marketingqualifiedlead', longAgo), [becameQualified], false],
    ['has entered a stage that no trigger asks for', entered('lead'), [becameQualified], false],
    [
      'is in a stage of which nobody can tell since when',
      entered('salesqualifiedlead', null),
      [becameQualified],
      true,
    ],
    ['has visited us, when a trigger is about pages', { visits: 1 }, [pricing], true],
    ['has visited us, when none is', { visits: 9 }, [demoRequest], false],
    ['meets one of two conditions, and not the other', { score: score(60) }, [either], true],
    ['has done nothing', {}, [demoRequest, scoreReached, becameQualified, pricing], false],
  ];
  for (const [title, seen, triggers, looked] of table) {
    it(`is ${looked ? '' : 'not '}looked at when it ${title}`, () => {
      expect(isWorthReading(lead({ ...quiet, ...seen }), undefined, policy({ triggers }), now)).toBe(looked);
    });
  }
});

describe('a lead that was read before', () => {
  const triggers = [demoRequest, scoreReached, becameQualified, pricing];
  const table: [title: string, before: Partial<Lead>, seen: Partial<Lead>, looked: boolean][] = [
    ['shows what it showed then', {}, {}, false],
    ['has sent in another form', {}, { conversions: [{ name: 'Contact Sales', at: at('14:59:50') }] }, true],
    ['has another score', { score: score(50) }, { score: score(51) }, true],
    ['has another score that is too low', { score: score(20) }, { score: score(30) }, false],
    [
      'has entered a stage again',
      entered('marketingqualifiedlead', longAgo),
      entered('marketingqualifiedlead'),
      true,
    ],
    ['is in a stage that it was in then', entered('opportunity', null), entered('opportunity', null), false],
    ['has come to a stage since', entered('lead', null), entered('salesqualifiedlead', null), true],
    ['has visited us again', { visits: 4 }, { visits: 5 }, true],
    ['has an email now', { email: null }, { email: 'lena@northwind.example' }, true],
    ['has a phone now', { phone: null }, { phone: '+1 212 555 0148' }, true],
    ['has another owner', { ownerId: null }, { ownerId: '11' }, true],
    ['has no owner any more', { ownerId: '11' }, { ownerId: null }, true],
    ['has a property that the policy asks for', {}, { properties: { budget: 'yes' } }, true],
    ['was merged with another', {}, { formerIds: ['777'] }, true],
    ['has a status that we wrote', { leadStatus: 'NEW' }, { leadStatus: 'OPEN' }, false],
    ['has moved to another city', {}, { city: 'Boston' }, false],
    ['has moved to a state that a rule asks for', {}, { state: 'Texas' }, true],
    ['has got a title that an exclusion asks for', {}, { jobTitle: 'Student' }, true],
  ];
  const rules = {
    triggers,
    qualification: {
      ...policy().qualification,
      never: [{ name: 'student', label: 'A student', when: text('job_title', 'student') }],
    },
    routing: {
      ...policy().routing,
      rules: [
        {
          name: 'x',
          when: text('state', 'Texas'),
          to: { kind: 'contactOwner' },
          whenNobody: 'next',
        } as const,
      ],
    },
  };
  for (const [title, before, seen, looked] of table) {
    it(`is ${looked ? '' : 'not '}looked at when it ${title}`, () => {
      expect(isWorthReading(lead(seen), lead(before), policy(rules), now)).toBe(looked);
    });
  }
});

describe('a company', () => {
  const known = account({ properties: { tier: 'A' } });
  it.each([
    ['the same', {}, false],
    ['found in another way', { id: null, matchedId: '7' }, false],
    ['of another size', { employees: 450 }, true],
    ['of another owner', { ownerId: '99' }, true],
    ['with another value of what the policy reads', { properties: { tier: 'B' } }, true],
    ['without a value of what the policy reads', { properties: {} }, true],
  ])('that is %s is another: %j', (_, override, is) => {
    expect(isAnotherCompany({ ...known, ...override }, known)).toBe(is);
  });
});
