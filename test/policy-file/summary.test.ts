import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PolicyError, parsePolicy } from '../../src/policy-file.ts';

const sound = readFileSync('test/support/policies/sound.yaml', 'utf8');
const policyWith = (lines: string) => parsePolicy(`${sound}\n${lines}\n`, 'policy.yaml');

function problemsOf(lines: string): string {
  try {
    policyWith(lines);
    return '';
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
}

describe('a summary by a language model', () => {
  it('is nobody’s unless the policy names one', () => {
    expect(policyWith('').summaryModel).toBeUndefined();
    expect(policyWith('summary: {}').summaryModel).toBeUndefined();
  });

  it('is asked for at an address, two hundred times a day unless told otherwise', () => {
    expect(
      policyWith('summary: { model: { url: "https://models.example/v1/", name: small } }').summaryModel,
    ).toEqual({
      url: 'https://models.example/v1',
      name: 'small',
      dailyBudget: 200,
    });
    const { summaryModel } = policyWith(
      'summary: { model: { url: "http://127.0.0.1:11434/v1", name: small, daily_budget: 5 } }',
    );
    expect(summaryModel?.dailyBudget).toBe(5);
  });

  it.each([
    [
      'summary: { model: { url: models.example, name: small } }',
      'found "models.example", expected an http or https',
    ],
    ['summary: { model: { name: small } }', 'url'],
    [
      'summary: { model: { url: "https://m.example", name: small, daily_budget: 0 } }',
      'expected a budget of 1 or more',
    ],
    ['summary: { model: { url: "https://m.example", name: small, key: sk-1 } }', 'key'],
  ])('%s is named with its line and what is expected', (lines, problem) => {
    const problems = problemsOf(lines);
    expect(problems).toContain(problem);
    expect(problems).toMatch(/line \d+/);
  });
});

describe('the ideal lead', () => {
  it('has traits, whose properties are read', () => {
    const policy = policyWith(
      'ideal_profile: [{ label: Many seats, when: { property: { seats: { at_least: 10 } } } }]',
    );
    expect(policy.idealProfile).toEqual([
      {
        label: 'Many seats',
        when: {
          kind: 'propertyNumber',
          object: 'contact',
          property: 'seats',
          range: { atLeast: 10, below: null },
        },
      },
    ]);
    expect(policy.properties.contact).toContain('seats');
  });

  it('is like nothing unless the policy says so', () => {
    expect(policyWith('').idealProfile).toBeUndefined();
  });

  it('of whom nobody can tell by its trigger is refused', () => {
    expect(problemsOf('ideal_profile: [{ label: Asked, when: { trigger: demo } }]')).toContain(
      'is known only when',
    );
    expect(problemsOf('ideal_profile: [{ label: Far, when: { region: Nowhere } }]')).toContain('Nowhere');
  });
});
