import { describe, expect, it } from 'vitest';
import { inWords, targetInWords, workInWords } from '../../../src/domain/time/duration.ts';
import { target } from '../../support/examples.ts';

describe('a duration in words', () => {
  const table: [minutes: number, onTheClock: string, ofWork: string][] = [
    [0, 'less than a minute', 'less than a minute'],
    [0.9, 'less than a minute', 'less than a minute'],
    [1, '1 min', '1 min'],
    [42.7, '42 min', '42 min'],
    [60, '1 h', '1 h'],
    [70, '1 h 10 min', '1 h 10 min'],
    [1440, '24 h', '24 h'],
    [2879, '47 h 59 min', '47 h 59 min'],
    [2880, '2 days', '48 h'],
    [3090, '2 days 3 h', '51 h 30 min'],
  ];
  for (const [minutes, onTheClock, ofWork] of table) {
    it(`${minutes} min: ${onTheClock}, of work ${ofWork}`, () => {
      expect([inWords(minutes), workInWords(minutes)]).toEqual([onTheClock, ofWork]);
    });
  }
});

describe('a target in words', () => {
  const table: [ReturnType<typeof target>, string][] = [
    [target(480), '1 working day'],
    [target(4800), '10 working days'],
    [target(240), '4 h of working time'],
    [target(500), '8 h 20 min of working time'],
    [target(20160, 'wallClock'), '14 days'],
    [target(1440, 'wallClock'), '1 day'],
    [target(480, 'wallClock'), '8 h'],
  ];
  for (const [counted, words] of table) {
    it(`${counted.minutes} min of ${counted.countedIn}: ${words}`, () => {
      expect(targetInWords(counted)).toBe(words);
    });
  }
});
