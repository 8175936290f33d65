import { describe, expect, it, test } from 'vitest';
import type { CardView } from '../../../src/domain/card/card.ts';
import type { Answers } from '../../../src/domain/card/form.ts';
import { touchForm } from '../../../src/domain/card/touch-form.ts';
import { touchKinds } from '../../../src/domain/handoff/handoff.ts';
import { sortOf, touchOf, touchSorts } from '../../../src/domain/handoff/touch-sort.ts';
import { accepted, assignedAt, minutesAfter, target, targets, working } from '../../support/examples.ts';
import { view } from './card-words.ts';

const asked = (part: Partial<CardView> = {}, answers: Answers = {}) => touchForm(view(part), answers).fields;
const names = (...given: Parameters<typeof asked>) => asked(...given).map(({ name }) => name);
const labels = (field: string, ...given: Parameters<typeof asked>) =>
  asked(...given).flatMap((one) =>
    one.name === field && one.kind === 'choice' ? one.options.map(({ label }) => label) : [],
  );

describe('the form of a touch', () => {
  it('asks what they did in their own words, what to remember, and when to try again', () => {
    expect(names()).toEqual(['did', 'when', 'note', 'next']);
    expect(labels('did')).toEqual([
      ...['Called: talked', 'Called: no answer', 'Called: left a voicemail', 'Emailed', 'Met'],
      ...['Booked a meeting', 'Messaged', 'Other'],
    ]);
  });

  it('needs nothing but what they did: everything else has begun', () => {
    const hour = minutesAfter(assignedAt, 60);
    const empty = asked({ now: hour }).filter((one) => one.required && one.initial === null);
    expect(empty.map(({ name }) => name)).toEqual(['did']);
  });

  it('asks when it was, and offers no time before they had the lead', () => {
    const at = (minutes: number) => labels('when', { now: minutesAfter(assignedAt, minutes) });
    expect(at(14)).toEqual(['Just now', 'Earlier today at …']);
    expect(at(15)).toEqual(['Just now', '15 minutes ago', 'Earlier today at …']);
    expect(at(60)).toEqual([
      ...['Just now', '15 minutes ago', '30 minutes ago', '1 hour ago', 'Earlier today at …'],
    ]);
  });

  it('asks for the time when that is none of these', () => {
    const now = minutesAfter(assignedAt, 60);
    expect(names({ now }, { when: 'earlier' })).toEqual(['did', 'when', 'at', 'note', 'next']);
  });

  it('asks when a meeting is that was booked, from today on, and for no next attempt', () => {
    expect(names({}, { did: 'booked' })).toEqual(['did', 'when', 'meetsOn', 'meetsAt', 'note']);
    expect(asked({}, { did: 'booked' })[2]).toMatchObject({
      kind: 'date',
      min: '2026-03-03',
      required: true,
    });
    expect(names({ handoff: accepted({ meetingAt: assignedAt }) })).toEqual(['did', 'when', 'note']);
  });

  it('suggests to try again so that the attempts of the policy can be made, and offers others, or none', () => {
    expect(labels('next')).toEqual([
      ...['In 1 working day, Wednesday', 'In 2 working days, Thursday', 'In 3 working days, Friday'],
      ...['In 5 working days, Tuesday', 'Not planned'],
    ]);
    const often = working({ targets: targets({ attempts: { atLeast: 2, within: target(8 * 480) } }) });
    expect(labels('next', { handoff: often })).toContain('In 4 working days, Monday');
    expect(asked({ handoff: often }).find(({ name }) => name === 'next')).toMatchObject({ initial: '4' });
  });
});

describe('what people say they did', () => {
  test.each(touchSorts)('%s is called so again', (sort) => {
    expect(sortOf(touchOf(sort))).toBe(sort);
  });

  test.each(touchKinds)('a touch of before of kind %s has a name, however it ended', (kind) => {
    for (const outcome of ['connected', 'noAnswer', 'leftMessage', 'sent', 'booked'] as const)
      expect(touchSorts).toContain(sortOf({ kind, outcome }));
  });
});
