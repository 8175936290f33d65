import { describe, expect, it } from 'vitest';
import { faultOf, filledIn, lines, numberOf, severalOf } from '../../../src/domain/card/answers.ts';
import type { Field } from '../../../src/domain/card/form.ts';
import { dayOf } from '../../../src/domain/time/day.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';

const asked = { name: 'it', label: 'It?', hint: null, required: false };
const options = [
  { value: 'a', label: 'A' },
  { value: 'b,c', label: 'B' },
];
const fields = {
  choice: { ...asked, kind: 'choice', options, initial: null },
  choices: { ...asked, kind: 'choices', options, initial: [] },
  text: { ...asked, kind: 'text', maxLength: 5 },
  date: { ...asked, kind: 'date', min: '2026-03-02', initial: '2026-06-01' },
  whole: { ...asked, kind: 'number', decimals: false, initial: null },
  decimal: { ...asked, kind: 'number', decimals: true, initial: null },
  search: { ...asked, kind: 'search', source: 'otherLeads', initial: null },
} satisfies Record<string, Field>;

const words = wordsIn('en');

describe('an answer', () => {
  const table: [field: keyof typeof fields, answer: string, fault: string | null][] = [
    ['choices', 'a\nb,c', null],
    ['choices', 'a\nx', 'Choose from the list.'],
    ['text', 'hello', null],
    ['text', 'hello!', 'This note has 6 characters. Write 5 at most; the rest belongs in HubSpot itself.'],
    ['date', '2026-03-02', null],
    ['date', '2026-03-01', 'Choose Mar 2, 2026 or later.'],
    ['date', '2026-02-30', 'Choose a day of the calendar.'],
    ['date', 'tomorrow', 'Choose a day of the calendar.'],
    ['whole', '-12', null],
    ['whole', '12.5', 'Write a whole number, such as 12.'],
    ['decimal', '12.5', null],
    ['decimal', '1e3', 'Write a number, such as 12.5.'],
    // Whether it may still be chosen is decided with better words where it is acted on.
    ['choice', 'x', null],
    ['search', '501', null],
  ];
  it.each(table)('to a %s, "%s", is told: %s', (field, answer, fault) => {
    const found = faultOf(fields[field], answer, words);
    expect(found && plain(found)).toBe(fault);
  });

  it('that is missing is no fault where none is needed', () => {
    for (const field of Object.values(fields)) expect(faultOf(field, '', words)).toBeNull();
  });

  const needed: [field: keyof typeof fields, fault: string | null][] = [
    ['choices', 'Choose at least one.'],
    ['date', 'Choose a day.'],
    ['whole', 'Write a number.'],
    ['choice', null],
    ['text', null],
    ['search', null],
  ];
  it.each(needed)('to a %s that is needed and missing is told: %s', (field, fault) => {
    const found = faultOf({ ...fields[field], required: true }, '', words);
    expect(found && plain(found)).toBe(fault);
  });

  it('of several comes apart again, commas and all', () => {
    expect(severalOf(lines(['a', 'b,c']))).toEqual(['a', 'b,c']);
    expect(severalOf('')).toEqual([]);
  });

  it('is a day of the calendar, or none', () => {
    expect(['2028-02-29', '2026-02-29', '2026-3-1', ''].map(dayOf)).toEqual(['2028-02-29', null, null, null]);
  });

  it('is a number as people write it, or none', () => {
    const answers = ['7', '-7.25', '7,5', '0x10', '', 'NaN', '9'.repeat(400)];
    expect(answers.map((answer) => numberOf(answer, { decimals: true }))).toEqual([
      7,
      -7.25,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('a form that is made anew', () => {
  const begun = (field: Field, answer?: string) => {
    const form = { name: 'logTouch', language: 'en', title: '', submit: '', fields: [field] } as const;
    const [filled] = filledIn(form, answer === undefined ? {} : { it: answer }).fields;
    return filled?.initial;
  };
  const table: [field: keyof typeof fields, answer: string, initial: unknown][] = [
    ['choice', 'a', 'a'],
    ['choice', 'gone', null],
    ['choices', 'b,c\ngone', ['b,c']],
    ['text', 'So far', 'So far'],
    ['date', '2026-07-01', '2026-07-01'],
    ['date', '', null],
    ['whole', '12', 12],
    ['whole', 'twelve', null],
    ['search', '501', { value: '501', label: '501' }],
    ['search', '', null],
  ];
  it.each(table)('begins its %s with "%s" as %j', (field, answer, initial) => {
    expect(begun(fields[field], answer)).toEqual(initial);
  });

  it('begins what was not asked before as it would', () => {
    expect(begun(fields.date)).toBe('2026-06-01');
  });
});
