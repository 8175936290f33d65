import { expect, test } from 'vitest';
import {
  isJustResumed,
  type Nurture,
  neverPaused,
  nurtureToWrite,
} from '../../../src/domain/handoff/nurture.ts';
import { at } from '../../support/examples.ts';

const [written, lifted, seen] = [at('15:00'), at('16:00'), at('17:00')];
const is = (paused: boolean, when: Date) => ({ paused, at: when });
const causes = { ...neverPaused, paused: true };

test.each<[title: string, Nurture, ReturnType<typeof nurtureToWrite>]>([
  ['nothing, of a lead that nobody paused', neverPaused, null],
  ['the pause, of a lead that has a cause', causes, { paused: true }],
  ['nothing, when it was written', { ...causes, written: is(true, written) }, null],
  [
    'the pause again, when it was switched off since',
    { ...causes, written: is(true, written), seen: is(false, seen) },
    { paused: true },
  ],
  [
    'nothing, when it was seen to be off before it was written, or in the same moment',
    { ...causes, written: is(true, written), seen: is(false, written) },
    null,
  ],
  ['nothing, when somebody else had switched it on', { ...causes, seen: is(true, seen) }, null],
  [
    'since when nurture goes on, when the last cause was lifted',
    { ...neverPaused, liftedAt: lifted, written: is(true, written) },
    { paused: false, resumedAt: lifted },
  ],
  [
    'nothing, when the pause was lifted before it was ever written',
    { ...neverPaused, liftedAt: lifted },
    null,
  ],
  [
    'since when nurture goes on, when it was switched on without a cause',
    { ...neverPaused, seen: is(true, seen) },
    { paused: false, resumedAt: seen },
  ],
  [
    'another time than the last, when it was switched on after it had been resumed',
    { ...neverPaused, liftedAt: lifted, written: is(false, lifted), seen: is(true, seen) },
    { paused: false, resumedAt: seen },
  ],
])('HubSpot is told %s', (_, nurture, expected) => {
  expect(nurtureToWrite(nurture)).toEqual(expected);
});

test.each<[title: string, Nurture, boolean]>([
  ['not, while it is paused', { ...causes, written: is(true, written) }, false],
  ['not, when nothing was ever written', neverPaused, false],
  ['as long as nobody has looked at it', { ...neverPaused, written: is(false, written) }, true],
  [
    'as long as it was seen before that alone',
    { ...neverPaused, written: is(false, lifted), seen: is(true, written) },
    true,
  ],
  [
    'not, when it was seen since',
    { ...neverPaused, written: is(false, lifted), seen: is(false, seen) },
    false,
  ],
])('a lead is just resumed %s', (_, nurture, expected) => {
  expect(isJustResumed(nurture)).toBe(expected);
});
