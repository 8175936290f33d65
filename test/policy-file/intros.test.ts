import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Intro } from '../../src/domain/policy/policy.ts';
import { PolicyError, parsePolicy } from '../../src/policy-file.ts';

const sound = readFileSync('test/support/policies/sound.yaml', 'utf8');

function introsOf(yaml: string): readonly Intro[] {
  return parsePolicy(`${sound}\nintro:\n${yaml}`, 'policy.yaml').intros;
}

function problemsOf(yaml: string): string[] {
  try {
    introsOf(yaml);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.message.split('\n').slice(1);
    throw error;
  }
}

describe('intros', () => {
  it('are none unless told otherwise', () => {
    expect(parsePolicy(sound, 'policy.yaml').intros).toEqual([]);
  });

  it('name the sequence that each rep has, who may be written to, and by day', () => {
    const [intro] = introsOf(
      '  - { when: accept, sequence: Hello, opted_in: { property: { sales_mail: [yes] } } }',
    );
    const daytime = [{ fromMinute: 540, toMinute: 1080 }];
    expect(intro).toEqual({
      if: null,
      when: 'accept',
      sequence: { usual: 'Hello', of: new Map() },
      optedIn: { kind: 'property', object: 'contact', property: 'sales_mail', anyOf: ['yes'] },
      daytime: { 1: daytime, 2: daytime, 3: daytime, 4: daytime, 5: daytime, 6: daytime, 7: daytime },
    });
  });

  it('may be for some leads, and for some reps, each with a sequence of their own, and on some days', () => {
    const [intro] = introsOf(
      [
        '  - if: { trigger: demo, segment: Enterprise }',
        '    when: offer',
        '    sequence: { Ann@example.com: Hello from Ann }',
        '    opted_in: everybody',
        '    daytime: { monday-friday: "10:00-16:00" }',
      ].join('\n'),
    );
    expect(intro).toMatchObject({
      if: { kind: 'all' },
      when: 'offer',
      sequence: { usual: null, of: new Map([['ann@example.com', 'Hello from Ann']]) },
      optedIn: null,
    });
    expect(Object.keys(intro?.daytime ?? {})).toEqual(['1', '2', '3', '4', '5']);
  });

  it('have their properties read', () => {
    const yaml = '  - { when: accept, sequence: Hello, opted_in: { property: { sales_mail: [yes] } } }';
    const { properties } = parsePolicy(`${sound}\nintro:\n${yaml}`, 'policy.yaml');
    expect(properties.contact).toContain('sales_mail');
  });
});

test.each([
  [
    '  - { when: accept, sequence: Hello }',
    'intro.0.opted_in: is missing: expected what must be so of a lead that may be written to, or everybody',
  ],
  [
    '  - { when: later, sequence: Hello, opted_in: everybody }',
    'intro.0.when: found "later", expected offer or accept',
  ],
  [
    '  - { when: accept, opted_in: everybody }',
    "intro.0.sequence: is missing: expected the name of the reps' own sequence, or { <email>: <name>, … }",
  ],
  [
    '  - { when: accept, sequence: Hello, opted_in: everybody, daytime: "18:00-09:00" }',
    'intro.0.daytime: found "18:00-09:00", expected hours such as "09:00-18:00", or days with hours',
  ],
  [
    '  - { when: accept, sequence: { eve@example.com: Hi }, opted_in: everybody }',
    'intro.0.sequence.eve@example.com: found "eve@example.com", expected the email of a member, a manager or the fallback',
  ],
  [
    '  - { when: accept, sequence: Hello, opted_in: everybody, if: { trigger: webinar } }',
    'intro.0.if.trigger: found "webinar", expected one of the triggers: demo, score',
  ],
])('%s is wrong, and it is said where and what is expected', (yaml, words) => {
  const problems = problemsOf(yaml);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(words);
});
