import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy-file.ts';

const sound = readFileSync('test/support/policies/sound.yaml', 'utf8');
const summariesIn = (lines: string) => parsePolicy(`${sound}\n${lines}\n`, 'policy.yaml').summaries;

it('nothing comes by itself unless the policy says so', () => {
  expect(summariesIn('')).toBeUndefined();
});

it('a list for reps and a week for managers come when it says, each without the other as well', () => {
  expect(summariesIn('summaries: { reps: 8:30, managers: monday 8:00 }')).toEqual({
    reps: 510,
    managers: { weekday: 1, minute: 480 },
  });
  expect(summariesIn('summaries: { reps: "07:05" }')).toEqual({ reps: 425, managers: null });
  expect(summariesIn('summaries: { managers: friday 16:00 }')).toEqual({
    reps: null,
    managers: { weekday: 5, minute: 960 },
  });
});

it.each(['25:00', '8', 'noon', '8:61', '[8:30]'])('%s is no time of day', (time) => {
  expect(() => summariesIn(`summaries: { reps: ${time} }`)).toThrow('a time of day such as "8:30"');
});
