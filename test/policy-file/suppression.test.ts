import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PolicyError, parsePolicy } from '../../src/policy-file.ts';

const sound = readFileSync('test/support/policies/sound.yaml', 'utf8');
const policyWith = (lines: string) => parsePolicy(`${sound}\n${lines}\n`, 'policy.yaml');
const suppressionOf = (lines: string) => policyWith(lines).suppression;

function problemsOf(lines: string): string {
  try {
    policyWith(lines);
    return '';
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
}

const month = 30 * 1440;

it('is none where the policy says nothing of it, or that there is none', () => {
  expect(policyWith('').suppression).toBeNull();
  expect(suppressionOf('suppression: null')).toBeNull();
});

it('begins with the offer and lasts a month, unless told otherwise', () => {
  const usual = { from: 'offer', leaseMinutes: month, afterDealMinutes: month, segment: null };
  expect(suppressionOf('suppression: {}')).toEqual(usual);
});

it('is as the policy says, with a segment by its number', () => {
  const whole = { from: 'accept', leaseMinutes: 14 * 1440, afterDealMinutes: 90 * 1440, segment: '123' };
  for (const segment of ['123', '"123"']) {
    expect(
      suppressionOf(
        `suppression: { from: accept, lease: 14 days, after_deal: 90 days, segment: ${segment} }`,
      ),
    ).toEqual(whole);
  }
});

it.each([
  ['suppression: { from: touch }', 'found "touch", expected offer or accept'],
  ['suppression: { lease: 0 days }', 'expected a duration above 0'],
  ['suppression: { segment: Paused }', 'found "Paused", expected the number of a static segment'],
  ['suppression: { until: 3 days }', 'until'],
])('%s is named with its line and what is expected', (lines, problem) => {
  const problems = problemsOf(lines);
  expect(problems).toContain(problem);
  expect(problems).toMatch(/line \d+/);
});

it('ends with a reason at once, unless the reason says that it stays', () => {
  const [first, ...others] = policyWith('').disqualifyReasons;
  expect([first, ...others].map((reason) => reason?.keepsPause)).not.toContain(true);
  const kept = sound.replace('follow_up: nothing', 'follow_up: nothing, nurture: stays paused');
  expect(parsePolicy(kept, 'policy.yaml').disqualifyReasons.map(({ keepsPause }) => keepsPause)).toContain(
    true,
  );
});
