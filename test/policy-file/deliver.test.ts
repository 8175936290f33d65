import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PolicyError, parsePolicy } from '../../src/policy-file.ts';

const sound = readFileSync('test/support/policies/sound.yaml', 'utf8');
const withDeliver = (value: string) =>
  parsePolicy(sound.replace('  - name: demo\n', `  - name: demo\n    deliver: ${value}\n`), 'policy.yaml');
const timesOf = (value: string) => withDeliver(value).triggers[0]?.digestAt;

it('a trigger’s leads come at once unless told otherwise', () => {
  expect(parsePolicy(sound, 'policy.yaml').triggers.every((trigger) => !('digestAt' in trigger))).toBe(true);
});

it('they come together at one time, at several, or each hour', () => {
  expect(timesOf('digest at 09:00')).toEqual([540]);
  expect(timesOf('digest at 9:00, 13:30 and 16:00')).toEqual([540, 810, 960]);
  for (const hourly of ['digest hourly', 'hourly']) {
    expect(timesOf(hourly)).toEqual(Array.from({ length: 24 }, (_, hour) => hour * 60));
  }
});

it.each(['digest', 'digest at 25:00', 'digest at noon', '[digest]', '9'])('%s is no such time', (value) => {
  expect(() => withDeliver(value)).toThrow(PolicyError);
  expect(() => withDeliver(value)).toThrow(
    'expected "digest at 09:00", "digest at 09:00 and 14:00", or "digest hourly"',
  );
});
