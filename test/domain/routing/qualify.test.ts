import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import {
  type Exclusion,
  type Policy,
  type RequiredField,
  requiredFields,
  type Trigger,
} from '../../../src/domain/policy/policy.ts';
import { type EarlierHandoff, type History, qualify } from '../../../src/domain/routing/qualify.ts';
import {
  account,
  at,
  becameQualified,
  demoRequest,
  lead,
  policy,
  qualifiedAt,
  scoreReached,
} from '../../support/examples.ts';

const now = at('15:00');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

/** A lead about whom nothing speaks, apart from what is given. */
function quiet(override: Partial<Lead> = {}): Lead {
  return lead({ conversions: [], score: null, ...override });
}

/** A score with its history, newest first, as [value, days ago]. */
function scored(...history: [value: number, daysAgo: number][]): Lead {
  const value = history[0]?.[0] ?? 0;
  return quiet({
    score: { value, components: [], history: history.map(([v, ago]) => ({ value: v, at: daysAgo(ago) })) },
  });
}

function became(stage: string, when: Date | null): Lead {
  return quiet({ lifecycleStage: stage, stageEnteredAt: when ? { [stage]: when } : {} });
}

function converted(name: string, when = qualifiedAt): Lead {
  return quiet({ conversions: [{ name, at: when }] });
}

const closedYesterday: EarlierHandoff = {
  trigger: 'demo_request',
  qualifiedAt: daysAgo(3),
  closedAt: daysAgo(1),
};

/** What went before: these handoffs, newest first, and no workflow. */
function history(...earlier: readonly (EarlierHandoff | null)[]): History {
  return { earlier: earlier.filter((handoff) => handoff !== null), workflows: [] };
}

const withRule = (override: Partial<Policy['qualification']>) =>
  policy({ qualification: { ...policy().qualification, ...override } });

describe('qualified', () => {
  const table: [
    title: string,
    Lead,
    EarlierHandoff | null,
    trigger: string,
    evidence: string,
    since: Date,
  ][] = [
    ['a demo request', lead(), null, 'demo_request', 'filled in “Request a Demo”', qualifiedAt],
    [
      'a form named by one of several words',
      converted('Contact Sales (EN)'),
      null,
      'demo_request',
      'filled in “Contact Sales (EN)”',
      qualifiedAt,
    ],
    [
      'a form, whatever the case',
      converted('BOOK A DEMO'),
      null,
      'demo_request',
      'filled in “BOOK A DEMO”',
      qualifiedAt,
    ],
    [
      'a score that reaches the threshold exactly',
      scored([50, 1], [49, 2]),
      null,
      'score',
      'score rose to 50 (threshold 50)',
      daysAgo(1),
    ],
    [
      'a score, since when it crossed, not since it grew on',
      scored([80, 1], [60, 3], [50, 5], [20, 6]),
      null,
      'score',
      'score rose to 80 (threshold 50)',
      daysAgo(5),
    ],
    [
      'a score that fell and rose again, since it rose',
      scored([55, 1], [30, 2], [70, 90]),
      null,
      'score',
      'score rose to 55 (threshold 50)',
      daysAgo(1),
    ],
    [
      'a score that never was below, since its oldest value',
      scored([90, 1], [60, 6]),
      null,
      'score',
      'score rose to 90 (threshold 50)',
      daysAgo(6),
    ],
    [
      'a lifecycle stage, since it was entered',
      became('marketingqualifiedlead', daysAgo(2)),
      null,
      'lifecycle',
      'became marketingqualifiedlead',
      daysAgo(2),
    ],
    [
      'the other stage of the same trigger',
      became('salesqualifiedlead', daysAgo(2)),
      null,
      'lifecycle',
      'became salesqualifiedlead',
      daysAgo(2),
    ],
    [
      'evidence at the very edge of freshness',
      converted('Demo', daysAgo(7)),
      null,
      'demo_request',
      'filled in “Demo”',
      daysAgo(7),
    ],
    [
      'new evidence after an earlier handoff has closed',
      lead(),
      closedYesterday,
      'demo_request',
      'filled in “Request a Demo”',
      qualifiedAt,
    ],
    [
      'evidence a moment after the earlier one closed',
      converted('Demo', new Date(daysAgo(1).getTime() + 1)),
      closedYesterday,
      'demo_request',
      'filled in “Demo”',
      new Date(daysAgo(1).getTime() + 1),
    ],
    [
      'a score that rose again after the earlier one closed',
      scored([55, 0], [30, 0.5], [70, 2]),
      closedYesterday,
      'score',
      'score rose to 55 (threshold 50)',
      daysAgo(0),
    ],
  ];
  for (const [title, subject, earlier, trigger, evidence, since] of table) {
    it(title, () => {
      expect(qualify(subject, policy(), history(earlier), now)).toMatchObject({
        verdict: 'qualified',
        trigger: { name: trigger },
        evidence,
        since,
      });
    });
  }

  const everything = lead({
    score: { value: 60, components: [], history: [{ value: 60, at: daysAgo(1) }] },
    lifecycleStage: 'marketingqualifiedlead',
    stageEnteredAt: { marketingqualifiedlead: daysAgo(2) },
  });

  it('by the first trigger of the policy that applies, not by the newest evidence', () => {
    for (const first of [demoRequest, scoreReached, becameQualified]) {
      const rules = policy({ triggers: [first, demoRequest, scoreReached, becameQualified] });
      expect(qualify(everything, rules, history(), now)).toMatchObject({ trigger: { name: first.name } });
    }
  });

  it('by a later trigger when the evidence of the first was spent before', () => {
    const spent = { ...everything, conversions: [{ name: 'Demo', at: daysAgo(2) }] };
    expect(
      qualify(
        spent,
        policy(),
        history({ trigger: 'demo_request', qualifiedAt: daysAgo(2), closedAt: daysAgo(1.5) }),
        now,
      ),
    ).toMatchObject({
      verdict: 'qualified',
      trigger: { name: 'score' },
    });
  });

  it('by a later trigger when the evidence of the first is stale', () => {
    const stale = { ...everything, conversions: [{ name: 'Demo', at: daysAgo(30) }] };
    expect(qualify(stale, policy(), history(), now)).toMatchObject({
      verdict: 'qualified',
      trigger: { name: 'score' },
    });
  });
});

describe('held', () => {
  const without: Record<Extract<RequiredField, string>, Partial<Lead>> = {
    email: { email: null },
    name: { name: null },
    phone: { phone: null },
    jobTitle: { jobTitle: null },
    country: { country: null },
    company: { account: account({ name: null }) },
  };
  const all = withRule({ required: requiredFields });

  it('nothing is missing from a perfect lead', () => {
    expect(qualify(lead(), all, history(), now)).toMatchObject({ verdict: 'qualified' });
  });

  for (const field of requiredFields) {
    it(`for want of ${field}`, () => {
      expect(qualify(lead(without[field]), all, history(), now)).toMatchObject({
        verdict: 'held',
        trigger: { name: 'demo_request' },
        evidence: 'filled in “Request a Demo”',
        missing: [field],
      });
    });
  }

  it('for want of several fields names each, in the policy’s order', () => {
    const rules = withRule({ required: ['phone', 'company', 'email'] });
    expect(qualify(lead({ account: null, email: null, phone: '' }), rules, history(), now)).toMatchObject({
      missing: ['phone', 'company', 'email'],
    });
  });

  it('for want of a property of the portal, or of what the lead wrote as its company', () => {
    const rules = withRule({ required: [{ property: 'seats' }, 'company'] });
    expect(qualify(lead({ account: null }), rules, history(), now)).toMatchObject({
      missing: [{ property: 'seats' }, 'company'],
    });
    const told = lead({ account: null, company: 'Acme', properties: { seats: '5' } });
    expect(qualify(told, rules, history(), now)).toMatchObject({ verdict: 'qualified' });
  });

  it('never a lead that does not qualify anyway', () => {
    expect(qualify(quiet({ email: null }), policy(), history(), now)).toMatchObject({ verdict: 'ignored' });
  });
});

describe('ignored', () => {
  const working: EarlierHandoff = { trigger: 'demo_request', qualifiedAt: daysAgo(1), closedAt: null };
  const table: [title: string, Lead, EarlierHandoff | null, why: string][] = [
    ['while sales works on it', lead(), working, 'sales is already working on this lead'],
    [
      'in an excluded stage',
      lead({ lifecycleStage: 'customer' }),
      null,
      'Already a customer: lifecycle stage customer',
    ],
    ['when nothing happened', quiet(), null, 'no trigger applies'],
    ['when the form is another', converted('Newsletter'), null, 'no trigger applies'],
    ['when the score is just too low', scored([49.9, 1], [10, 2]), null, 'no trigger applies'],
    ['when the score was high, but fell', scored([30, 1], [70, 2]), null, 'no trigger applies'],
    [
      'when nobody knows since when the score is high',
      quiet({ score: { value: 70, components: [], history: [] } }),
      null,
      'no trigger applies',
    ],
    ['when the stage is another', became('lead', daysAgo(1)), null, 'no trigger applies'],
    [
      'when nobody knows since when the stage is so',
      became('marketingqualifiedlead', null),
      null,
      'no trigger applies',
    ],
    [
      'when an earlier stage qualified, but the lead moved on',
      quiet({ lifecycleStage: 'opportunity', stageEnteredAt: { marketingqualifiedlead: daysAgo(1) } }),
      null,
      'no trigger applies',
    ],
    [
      'when the evidence led to the handoff before',
      converted('Demo', daysAgo(3)),
      closedYesterday,
      'filled in “Demo”, but that led to an earlier handoff',
    ],
    [
      'when the evidence came while sales worked on it',
      converted('Demo', daysAgo(2)),
      closedYesterday,
      'filled in “Demo”, but that led to an earlier handoff',
    ],
    [
      'when the evidence came in the moment of closing',
      converted('Demo', daysAgo(1)),
      closedYesterday,
      'filled in “Demo”, but that led to an earlier handoff',
    ],
    [
      'when our own last write raised the stage right after the end',
      quiet({
        lifecycleStage: 'salesqualifiedlead',
        stageEnteredAt: { salesqualifiedlead: new Date(daysAgo(1).getTime() + 30_000) },
      }),
      closedYesterday,
      'became salesqualifiedlead, but that led to an earlier handoff',
    ],
    [
      'when a score stayed high since before',
      scored([80, 0], [60, 2], [10, 3]),
      closedYesterday,
      'score rose to 80 (threshold 50), but that led to an earlier handoff',
    ],
    [
      'when the evidence is too old',
      converted('Demo', new Date(daysAgo(7).getTime() - 1)),
      null,
      'filled in “Demo”, but more than 7 days ago',
    ],
  ];
  for (const [title, subject, earlier, why] of table) {
    it(`${title}: ${why}`, () => {
      expect(qualify(subject, policy(), history(earlier), now)).toMatchObject({ verdict: 'ignored', why });
    });
  }

  it('the reason names every piece of spent evidence', () => {
    const both = lead({
      conversions: [{ name: 'Demo', at: daysAgo(4) }],
      lifecycleStage: 'marketingqualifiedlead',
      stageEnteredAt: { marketingqualifiedlead: daysAgo(3) },
    });
    expect(qualify(both, policy(), history(closedYesterday), now)).toMatchObject({
      verdict: 'ignored',
      why: 'filled in “Demo”, but that led to an earlier handoff; became marketingqualifiedlead, but that led to an earlier handoff',
    });
  });

  it('what was before the bot began, and nothing since', () => {
    const subject = converted('Demo', daysAgo(2));
    expect(qualify(subject, withRule({ startedAt: daysAgo(1) }), history(), now)).toMatchObject({
      verdict: 'ignored',
      why: { of: [{ but: { kind: 'beforeStart', until: daysAgo(1) } }] },
    });
    expect(qualify(subject, withRule({ startedAt: daysAgo(2) }), history(), now)).toMatchObject({
      verdict: 'qualified',
    });
  });

  it('by a shorter freshness what a longer one would pass on', () => {
    const subject = converted('Demo', daysAgo(2));
    expect(qualify(subject, withRule({ freshWithinDays: 1.5 }), history(), now)).toMatchObject({
      verdict: 'ignored',
    });
    expect(qualify(subject, withRule({ freshWithinDays: 2 }), history(), now)).toMatchObject({
      verdict: 'qualified',
    });
  });
});

it('gives the same answer however often and in whatever order events made us look', () => {
  const looks = [1, 2, 3].map(() => qualify(lead(), policy(), history(), now));
  expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(1);
});

describe('a trigger that rests', () => {
  const twiceAMonth = { ...demoRequest, coolDownMinutes: 15 * 1440 };
  const onceOnly = { ...demoRequest, once: true };
  const ended = (trigger: string, closedDaysAgo: number): EarlierHandoff => ({
    trigger,
    qualifiedAt: daysAgo(closedDaysAgo + 2),
    closedAt: daysAgo(closedDaysAgo),
  });
  const verdictOf = (trigger: Trigger, ...earlier: EarlierHandoff[]) => {
    const found = qualify(lead(), policy({ triggers: [trigger, scoreReached] }), history(...earlier), now);
    return found.verdict === 'ignored' ? found.why : found.verdict;
  };

  const table: [title: string, Trigger, EarlierHandoff[], verdict: string][] = [
    ['qualifies a lead that never came this way', twiceAMonth, [], 'qualified'],
    [
      'waits from the end of the last handoff by it',
      twiceAMonth,
      [ended('demo_request', 14)],
      'filled in “Request a Demo”, but cooling down until 2026-03-04 15:00 UTC',
    ],
    [
      'is ready again in the moment that its time is over',
      twiceAMonth,
      [ended('demo_request', 15)],
      'qualified',
    ],
    ['does not mind handoffs by other triggers', twiceAMonth, [ended('score', 1)], 'qualified'],
    [
      'minds the last one by it behind a newer one by another',
      twiceAMonth,
      [ended('score', 1), ended('demo_request', 10), ended('demo_request', 90)],
      'filled in “Request a Demo”, but cooling down until 2026-03-08 15:00 UTC',
    ],
    [
      'once in a lead’s life comes no second time, however long ago the first was',
      onceOnly,
      [ended('demo_request', 900)],
      'filled in “Request a Demo”, but this counts once only',
    ],
    ['once in a lead’s life comes a first time after others', onceOnly, [ended('score', 1)], 'qualified'],
  ];
  for (const [title, trigger, earlier, verdict] of table) {
    it(title, () => {
      expect(verdictOf(trigger, ...earlier)).toEqual(verdict);
    });
  }

  it('leaves the lead to the next trigger that holds', () => {
    const subject = scored([60, 1], [20, 2]);
    const both = lead({ ...subject, conversions: [{ name: 'Demo', at: daysAgo(0) }] });
    const rules = policy({ triggers: [onceOnly, scoreReached] });
    expect(qualify(both, rules, history(ended('demo_request', 3)), now)).toMatchObject({
      verdict: 'qualified',
      trigger: { name: 'score' },
    });
  });
});

describe('score bands', () => {
  const band = (name: string, atLeast: number, below: number | null): Trigger => ({
    ...scoreReached,
    name,
    when: { kind: 'scoreReached', range: { atLeast, below } },
  });
  const rules = policy({ triggers: [band('hot', 80, null), band('warm', 50, 80)] });
  const table: [title: string, Lead, string | null, since: Date | null][] = [
    ['a score that rose into the lower one', scored([50, 1], [20, 2]), 'warm', daysAgo(1)],
    ['a score just below the upper one', scored([79.9, 1], [60, 2]), 'warm', daysAgo(2)],
    ['a score that rose through the lower into the upper one', scored([80, 1], [60, 2]), 'hot', daysAgo(1)],
    ['a score that fell from the upper into the lower one', scored([60, 1], [90, 2]), 'warm', daysAgo(2)],
    ['a score below both', scored([49, 1], [90, 2]), null, null],
  ];
  for (const [title, subject, trigger, since] of table) {
    it(`${title} is ${trigger ?? 'in none'}`, () => {
      const found = qualify(subject, rules, history(), now);
      expect(found.verdict === 'qualified' ? [found.trigger.name, found.since] : [null, null]).toEqual([
        trigger,
        since,
      ]);
    });
  }

  it('a score that rose into the upper one after a handoff by the lower is news', () => {
    const before = { trigger: 'warm', qualifiedAt: daysAgo(4), closedAt: daysAgo(2) };
    expect(qualify(scored([85, 1], [60, 5]), rules, history(before), now)).toMatchObject({
      verdict: 'qualified',
      trigger: { name: 'hot' },
    });
  });
});

describe('pages', () => {
  const pricing: Trigger = {
    ...demoRequest,
    name: 'pricing',
    when: { kind: 'page', contains: ['/pricing'], times: 3, withinMinutes: 3 * 1440 },
  };
  const rules = policy({ triggers: [pricing] });
  const viewed = (...days: number[]) =>
    quiet({ pages: days.map((ago) => ({ url: 'https://we.example/pricing', at: daysAgo(ago) })) });
  const table: [title: string, Lead, EarlierHandoff | null, verdict: string][] = [
    ['often enough within the time', viewed(0.1, 1, 3), null, 'saw /pricing 3 times'],
    ['too seldom', viewed(0.1, 1), null, 'no trigger applies'],
    ['too far apart', viewed(0.1, 1, 3.2), null, 'no trigger applies'],
    ['long ago', viewed(8, 9, 10), null, 'saw /pricing 3 times, but more than 7 days ago'],
    ['partly before the last handoff ended', viewed(0.5, 0.7, 1.5), closedYesterday, 'no trigger applies'],
    ['all of them after it ended', viewed(0.5, 0.7, 0.9), closedYesterday, 'saw /pricing 3 times'],
  ];
  for (const [title, subject, earlier, words] of table) {
    it(`${title}: ${words}`, () => {
      const found = qualify(subject, rules, history(earlier), now);
      expect(
        found.verdict === 'ignored' ? found.why : found.verdict === 'qualified' && found.evidence,
      ).toEqual(words);
    });
  }
});

describe('a workflow', () => {
  const handOver: Trigger = {
    ...demoRequest,
    name: 'workflow',
    when: { kind: 'workflow', name: 'hand_over' },
  };
  const rules = policy({ triggers: [handOver] });
  const asked = (name: string, when: Date): History => ({ earlier: [], workflows: [{ name, at: when }] });

  it('hands the lead over when it asked for it by that name, from the time it asked', () => {
    expect(qualify(quiet(), rules, asked('hand_over', at('14:00')), now)).toMatchObject({
      verdict: 'qualified',
      evidence: 'handed over by the workflow hand_over',
      since: at('14:00'),
    });
  });

  it('by another name, or before the last handoff ended, does not', () => {
    expect(qualify(quiet(), rules, asked('other', at('14:00')), now)).toMatchObject({ verdict: 'ignored' });
    const spent = { ...asked('hand_over', daysAgo(2)), earlier: [closedYesterday] };
    expect(qualify(quiet(), rules, spent, now)).toMatchObject({
      why: 'handed over by the workflow hand_over, but that led to an earlier handoff',
    });
  });
});

describe('never', () => {
  const student: Exclusion = {
    name: 'student',
    label: 'Is a student',
    when: { kind: 'text', attribute: 'job_title', anyOf: ['student'] },
  };
  const privateMail: Exclusion = {
    name: 'private',
    label: 'Uses a private mailbox',
    when: {
      kind: 'all',
      of: [
        { kind: 'mailDomain', name: 'personal', domains: new Set(['gmail.com']) },
        { kind: 'not', of: demoRequest.when },
      ],
    },
  };
  const rules = withRule({ never: [student, privateMail], required: ['phone'] });
  const table: [title: string, Lead, verdict: string][] = [
    ['a lead of whom one is true', lead({ jobTitle: 'Student' }), 'Is a student: job title Student'],
    [
      'also when it lacks a required field',
      lead({ jobTitle: 'Student', phone: null }),
      'Is a student: job title Student',
    ],
    ['unless the exception of the rule holds', lead({ email: 'lena@gmail.com' }), 'qualified'],
    [
      'with what was found in words',
      lead({ email: 'lena@gmail.com', conversions: [] }),
      'Uses a private mailbox: personal mail at gmail.com, filled in no form',
    ],
  ];
  for (const [title, subject, verdict] of table) {
    it(`${title}: ${verdict}`, () => {
      const found = qualify(subject, rules, history(), now);
      expect(found.verdict === 'ignored' ? found.why : found.verdict).toEqual(verdict);
    });
  }

  it('looks at no trigger of a lead that is excluded', () => {
    const { considered } = qualify(lead({ jobTitle: 'Student' }), rules, history(), now);
    expect(considered.map(({ kind, name, met }) => [kind, name, met])).toEqual([
      ['never', 'student', true],
      ['never', 'private', false],
    ]);
  });
});

describe('what was considered', () => {
  it('is every exclusion and every trigger, with what was found and why it did not count', () => {
    const subject = lead({ conversions: [{ name: 'Demo', at: daysAgo(9) }] });
    expect(qualify(subject, policy(), history(), now).considered).toEqual([
      { kind: 'never', name: 'customer', met: false, found: 'lifecycle stage lead', since: null, but: null },
      {
        kind: 'trigger',
        name: 'demo_request',
        met: true,
        found: 'filled in “Demo”',
        since: daysAgo(9),
        but: 'more than 7 days ago',
      },
      { kind: 'trigger', name: 'score', met: false, found: 'score 30', since: null, but: null },
      {
        kind: 'trigger',
        name: 'lifecycle',
        met: false,
        found: 'lifecycle stage lead',
        since: null,
        but: null,
      },
    ]);
  });

  it('is there of a lead that is held or qualifies, and empty of one that sales has already', () => {
    const working = { trigger: 'score', qualifiedAt: daysAgo(1), closedAt: null };
    expect(qualify(lead(), policy(), history(), now).considered).toHaveLength(4);
    expect(qualify(lead({ email: null }), policy(), history(), now).considered).toHaveLength(4);
    expect(qualify(lead(), policy(), history(working), now).considered).toEqual([]);
  });
});

it('an age is told in days, below one day in hours', () => {
  const subject = converted('Demo', daysAgo(3));
  const why = (freshWithinDays: number) => qualify(subject, withRule({ freshWithinDays }), history(), now);
  expect(why(1.5)).toMatchObject({ why: 'filled in “Demo”, but more than 36 hr ago' });
  expect(why(1)).toMatchObject({ why: 'filled in “Demo”, but more than 1 day ago' });
  expect(why(4 / 24)).toMatchObject({ why: 'filled in “Demo”, but more than 4 hr ago' });
});
