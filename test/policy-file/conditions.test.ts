import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/domain/policy/condition.ts';
import { parsePolicy } from '../../src/policy-file.ts';

const sound = readFileSync('test/support/policies/sound.yaml', 'utf8');

/** The sound policy of the tests with one piece exchanged. */
function read(find: string, replacement: string) {
  expect(sound).toContain(find);
  return parsePolicy(sound.replace(find, replacement), 'policy.yaml');
}

/** A condition as the policy reads it in a routing rule. */
function conditionOf(yaml: string): Condition | null | undefined {
  const policy = read('{ segment: Enterprise }', yaml);
  return policy.routing.rules.find(({ name }) => name === 'Big ones')?.when;
}

const text = (
  attribute: Extract<Condition, { kind: 'text' }>['attribute'],
  ...anyOf: string[]
): Condition => ({
  kind: 'text',
  attribute,
  anyOf,
});
const range = (atLeast: number | null, below: number | null = null) => ({ atLeast, below });

describe('a condition of the file means', () => {
  const table: [yaml: string, meaning: Condition][] = [
    ['{ country: Peru }', text('country', 'Peru')],
    ['{ job_title: [buyer, head of purchasing] }', text('job_title', 'buyer', 'head of purchasing')],
    ['{ region: DACH }', text('country', 'Germany', 'Austria', 'Switzerland')],
    [
      '{ segment: Enterprise }',
      {
        kind: 'segment',
        name: 'Enterprise',
        of: { kind: 'number', attribute: 'employees', range: range(5000) },
      },
    ],
    [
      '{ segment: [Enterprise, Enterprise] }',
      {
        kind: 'any',
        of: [1, 2].map(() => ({
          kind: 'segment',
          name: 'Enterprise',
          of: { kind: 'number', attribute: 'employees', range: range(5000) },
        })),
      },
    ],
    ['{ trigger: [demo, score] }', { kind: 'trigger', anyOf: ['demo', 'score'] }],
    ['{ employees: 200 }', { kind: 'number', attribute: 'employees', range: range(200) }],
    [
      '{ revenue: { below: 1000000 } }',
      { kind: 'number', attribute: 'revenue', range: range(null, 1_000_000) },
    ],
    ['{ open_deals: 1 }', { kind: 'number', attribute: 'open_deals', range: range(1) }],
    ['{ score_reached: { at_least: 50, below: 80 } }', { kind: 'scoreReached', range: range(50, 80) }],
    ['{ conversion: demo }', { kind: 'conversion', titleOf: 'form', contains: ['demo'] }],
    ['{ entered: opportunity }', { kind: 'stageEntered', stages: ['opportunity'] }],
    [
      '{ page: { contains: /pricing } }',
      { kind: 'page', contains: ['/pricing'], times: 1, withinMinutes: 10_080 },
    ],
    [
      '{ page: { contains: [/pricing, /plans], times: 3, within: 2 h } }',
      { kind: 'page', contains: ['/pricing', '/plans'], times: 3, withinMinutes: 120 },
    ],
    ['{ workflow: hand_over }', { kind: 'workflow', name: 'hand_over' }],
    [
      '{ property: { hs_persona: [persona_1] } }',
      { kind: 'property', object: 'contact', property: 'hs_persona', anyOf: ['persona_1'] },
    ],
    [
      '{ property: { seats: { at_least: 10 } } }',
      { kind: 'propertyNumber', object: 'contact', property: 'seats', range: range(10) },
    ],
    [
      '{ property: { newsletter: known } }',
      { kind: 'propertyKnown', object: 'contact', property: 'newsletter', known: true },
    ],
    [
      '{ company_property: { tier: unknown } }',
      { kind: 'propertyKnown', object: 'company', property: 'tier', known: false },
    ],
    [
      '{ country: Peru, language: es }',
      { kind: 'all', of: [text('country', 'Peru'), text('language', 'es')] },
    ],
    [
      '{ any: [{ country: Peru }, { language: es }] }',
      { kind: 'any', of: [text('country', 'Peru'), text('language', 'es')] },
    ],
    ['{ not: { country: Peru } }', { kind: 'not', of: text('country', 'Peru') }],
    [
      '{ all: [{ any: [{ country: Peru }, { city: Lima }] }, { not: { any: [{ language: es }] } }] }',
      {
        kind: 'all',
        of: [
          { kind: 'any', of: [text('country', 'Peru'), text('city', 'Lima')] },
          { kind: 'not', of: text('language', 'es') },
        ],
      },
    ],
  ];
  for (const [yaml, meaning] of table) {
    it(`${yaml}: ${meaning.kind}`, () => {
      expect(conditionOf(yaml)).toEqual(meaning);
    });
  }

  it('{ email_domain: Personal }: every free mailbox, and no company’s', () => {
    const personal = conditionOf('{ email_domain: Personal }');
    if (personal?.kind !== 'mailDomain') throw new Error(`found ${personal?.kind}`);
    for (const domain of ['gmail.com', 'outlook.com', 'gmx.de', 'yahoo.co.uk', 'proton.me']) {
      expect([domain, personal.domains.has(domain)]).toEqual([domain, true]);
    }
    expect(personal.domains.has('northwind.example')).toBe(false);
  });

  it('{ email_domain: [personal, partner.example] }: one or the other', () => {
    expect(conditionOf('{ email_domain: [personal, partner.example] }')).toMatchObject({
      kind: 'any',
      of: [text('email_domain', 'partner.example'), { kind: 'mailDomain', name: 'personal' }],
    });
  });
});

describe('what the policy asks of HubSpot', () => {
  it('is every property that a condition or a required field names, once, and open deals only where they count', () => {
    const policy = read(
      '{ segment: Enterprise }',
      '{ property: { seats: { at_least: 5 }, plan: known }, company_property: { tier: gold }, not: { property: { plan: trial }, open_deals: 1 } }',
    );
    expect(policy.properties).toMatchObject({
      contact: ['seats', 'plan'],
      company: ['tier'],
      openDeals: true,
    });
    expect(read('required: [email]', 'required: [email, { property: budget }]').properties).toMatchObject({
      contact: ['budget'],
      company: [],
      openDeals: false,
    });
  });

  it('is also what a segment names that a rule uses, and nothing that none uses', () => {
    const segment = (name: string) =>
      read('  Enterprise: {', `  ${name}: { property: { seats: known } }\n  Enterprise: {`);
    expect(segment('Unused').properties.contact).toEqual([]);
    const used = sound.replace('{ employees: { at_least: 5000 } }', '{ property: { seats: known } }');
    expect(parsePolicy(used, 'policy.yaml').properties.contact).toEqual(['seats']);
  });
});

describe('the rest of the grammar', () => {
  it('caps, and whether somebody takes leads at all', () => {
    const members = (line: string) => read('weight: 2, caps: { open: 25 }', line).teams[0]?.members[0];
    expect(members('caps: { open: 3, per_day: 2, per_hour: 1 }')).toMatchObject({
      caps: { open: 3, perDay: 2, perHour: 1 },
      active: true,
      weight: 1,
    });
    expect(members('active: false')).toMatchObject({
      active: false,
      caps: { open: null, perDay: null, perHour: null },
    });
  });

  it('a trigger that rests, and one that comes once', () => {
    const trigger = (line: string) =>
      read(
        '    when: { conversion: [demo, contact sales] }\n',
        `    when: { conversion: demo }\n    ${line}\n`,
      ).triggers[0];
    expect(trigger('cool_down: 30 days')).toMatchObject({ coolDownMinutes: 43_200, once: false });
    expect(trigger('once: true')).toMatchObject({ coolDownMinutes: null, once: true });
  });

  it('working days of eight hours', () => {
    expect(parsePolicy(sound, 'policy.yaml').triggers[1]?.targets[0]?.touch.minutes).toBe(960);
  });

  it('where a rule leads, what it is called then, and what it does when nobody is there', () => {
    const rules = (line: string) => read('- to: contact owner', line).routing.rules[0];
    expect(rules('- { to: { pool: West }, when_nobody: hold, if: { city: Lima } }')).toEqual({
      name: 'pool West',
      when: text('city', 'Lima'),
      to: { kind: 'pool', team: 'West' },
      whenNobody: 'hold',
    });
    expect(rules('- { to: { rep: ANN@example.com }, if: { city: Lima } }')).toMatchObject({
      name: 'rep ann@example.com',
      to: { kind: 'rep', person: 'ann@example.com' },
    });
  });

  it('how a company is found', () => {
    expect(parsePolicy(sound, 'policy.yaml').routing.accountBy).toEqual(['association', 'domain', 'name']);
    const only = sound.replace('routing:\n', 'routing:\n  account_by: [association]\n');
    expect(parsePolicy(only, 'policy.yaml').routing.accountBy).toEqual(['association']);
  });
});

describe('what comes behind another', () => {
  const demo = '    when: { conversion: [demo, contact sales] }\n';

  it('may hold for the same leads when the one above rests at times', () => {
    const twice = sound
      .replace(demo, `${demo}    cool_down: 30 days\n`)
      .replace('{ score_reached: { at_least: 50, below: 80 } }', '{ conversion: book a demo }');
    expect(parsePolicy(twice, 'policy.yaml').triggers[1]?.when).toEqual({
      kind: 'conversion',
      titleOf: 'form',
      contains: ['book a demo'],
    });
  });

  it('may be for the same leads as a team that is waited for: who knows when they are back', () => {
    const overflow = sound.replace(
      '    - to: { rotation: West }\n',
      '    - { to: { rotation: West }, when_nobody: hold }\n    - to: { rep: max@example.com }\n',
    );
    expect(parsePolicy(overflow, 'policy.yaml').routing.rules.at(-1)?.name).toBe('rep max@example.com');
  });

  it('may lead to the same team a second time to wait there, after others were tried', () => {
    const waits = sound.replace(
      '    - to: { rotation: West }\n',
      '    - to: { rotation: West }\n    - to: account owner\n    - { to: { rotation: West }, when_nobody: hold }\n',
    );
    expect(parsePolicy(waits, 'policy.yaml').routing.rules.at(-1)?.whenNobody).toBe('hold');
  });
});
