import { describe, expect, it } from 'vitest';
import type { WorkingHours } from '../../../src/domain/policy/policy.ts';
import { readAbsence } from '../../../src/domain/time/named-absence.ts';
import type { Language } from '../../../src/domain/words/words.ts';
import { at, newYorkOffice, weekdays } from '../../support/examples.ts';

// Tuesday, 3 March 2026, 10:00 in New York, where work begins at nine.
const now = at('15:00');
const morning = (date: string) => new Date(`${date}T09:00-05:00`);
const summerMorning = (date: string) => new Date(`${date}T09:00-04:00`);
const kolkata = weekdays('Asia/Kolkata', '10:00-19:00');
const emigrant: WorkingHours = { ...newYorkOffice, before: { until: at('20:00'), hours: kolkata } };

const until = (words: string, hours = newYorkOffice, when = now) =>
  readAbsence(words, hours, when, 'en')?.until ?? null;

describe('somebody is back', () => {
  const table: [words: string, until: Date | null][] = [
    ['tomorrow', morning('2026-03-04')],
    ['until tomorrow', morning('2026-03-04')],
    ['  Until   FRIDAY ', morning('2026-03-06')],
    ['fri', morning('2026-03-06')],
    ['this friday', morning('2026-03-06')],
    ['tue', summerMorning('2026-03-10')],
    ['monday', summerMorning('2026-03-09')],
    ['next week', summerMorning('2026-03-09')],
    ['saturday', summerMorning('2026-03-09')],
    ['3 days', morning('2026-03-06')],
    ['for 1 day', morning('2026-03-04')],
    ['2 weeks', summerMorning('2026-03-17')],
    ['2 hours', at('17:00')],
    ['for 30 min', at('15:30')],
    ['today', morning('2026-03-04')],
    ['2026-12-24', morning('2026-12-24')],
    ['12/24', morning('2026-12-24')],
    ['24/12', morning('2026-12-24')],
    ['12/24/2026', morning('2026-12-24')],
    ['24.12.', morning('2026-12-24')],
    ['24.12', morning('2026-12-24')],
    ['24.12.2026', morning('2026-12-24')],
    ['Dec 24', morning('2026-12-24')],
    ['24 December', morning('2026-12-24')],
    ['december 24th, 2026', morning('2026-12-24')],
    ['1/4', morning('2027-01-04')],
    ['2/29', morning('2028-02-29')],
    ['2028-02-29', morning('2028-02-29')],
    ['2026-03-03', morning('2026-03-03')],
    ['2026-03-02', morning('2026-03-02')],
    ['14:00', at('19:00')],
    ['until 14:00', at('19:00')],
    ['at 9:30', at('14:30')],
    ['today 10:00', at('15:00')],
    ['2pm', at('19:00')],
    ['2:30 PM', at('19:30')],
    ['12am', new Date('2026-03-03T05:00:00Z')],
    ['tomorrow 3pm', new Date('2026-03-04T20:00:00Z')],
    ['tomorrow at 12pm', new Date('2026-03-04T17:00:00Z')],
    ['friday 8:15', new Date('2026-03-06T13:15:00Z')],
    ['dec 24 14:00', new Date('2026-12-24T19:00:00Z')],
    ['2026-03-03 14:00', at('19:00')],
  ];
  it.each(table)('"%s"', (words, expected) => {
    expect(until(words)).toEqual(expected);
    expect(readAbsence(words, newYorkOffice, now, 'en')?.from).toBeNull();
  });

  const nothing = [
    ...['', 't', 'fridays', 'fridays 14:00', 'yesterday', 'a while', 'next summer', 'juneteenth 1'],
    ...['13pm', '14', '24:00', '14:60', '2026-02-29', '2026-99-99', '13/13', '31.2.', 'feb 30', '9999 days'],
    ...['from', 'until', 'from a while', 'tomorrow until', 'monday - tuesday - friday'],
  ];
  it.each(nothing)('at no time by "%s"', (words) =>
    expect(readAbsence(words, newYorkOffice, now, 'en')).toBeNull(),
  );

  it('when their day begins where they are: after midnight in Kolkata it is a day later', () => {
    expect(until('tomorrow', kolkata, at('19:00'))).toEqual(new Date('2026-03-05T10:00+05:30'));
  });

  it('where they live now, not where they move to', () => {
    expect(until('14:00', emigrant)).toEqual(new Date('2026-03-03T14:00+05:30'));
    expect(until('tomorrow', emigrant, at('20:00'))).toEqual(morning('2026-03-04'));
  });

  it('also when they are away then for another reason', () => {
    const away = [{ from: new Date('2026-03-06T05:00:00Z'), until: new Date('2026-03-07T05:00:00Z') }];
    expect(until('friday', { ...newYorkOffice, away })).toEqual(morning('2026-03-06'));
  });
});

describe('somebody goes and is back', () => {
  const midnight = (date: string) => new Date(`${date}T00:00-05:00`);
  const table: [words: string, from: Date | null, until: Date | null][] = [
    ['from tomorrow', midnight('2026-03-04'), null],
    ['from now', null, null],
    ['from tomorrow until friday', midnight('2026-03-04'), morning('2026-03-06')],
    ['tomorrow until 15:00', midnight('2026-03-04'), new Date('2026-03-04T20:00:00Z')],
    ['from tomorrow 3pm to friday', new Date('2026-03-04T20:00:00Z'), morning('2026-03-06')],
    ['from friday for 3 days', midnight('2026-03-06'), summerMorning('2026-03-09')],
    ['12/24 - 1/2', midnight('2026-12-24'), morning('2027-01-04')],
    ['12/24-1/2', midnight('2026-12-24'), morning('2027-01-04')],
    ['24.12.–2.1.', midnight('2026-12-24'), morning('2027-01-04')],
    ['dec 24 through dec 29', midnight('2026-12-24'), morning('2026-12-30')],
    ['2026-12-24 - 2026-12-29', midnight('2026-12-24'), morning('2026-12-30')],
    ['thursday - friday', midnight('2026-03-05'), summerMorning('2026-03-09')],
    ['14:00 - 16:00', at('19:00'), at('21:00')],
    ['today until 16:00', null, at('21:00')],
    ['now until friday', null, morning('2026-03-06')],
  ];
  it.each(table)('"%s"', (words, from, expected) => {
    expect(readAbsence(words, newYorkOffice, now, 'en')).toEqual({ from, until: expected });
  });
});

describe('in other languages', () => {
  const midnight = (date: string) => new Date(`${date}T00:00-05:00`);
  const three = new Date('2026-03-04T20:00:00Z');
  const table: [language: Language, words: string, from: Date | null, until: Date | null][] = [
    ['de', 'bis Freitag', null, morning('2026-03-06')],
    ['de', 'bis Fr', null, morning('2026-03-06')],
    ['de', 'heute', null, morning('2026-03-04')],
    ['de', 'morgen 15 Uhr', null, three],
    ['de', 'bis morgen um 15:00 Uhr', null, three],
    ['de', 'übermorgen', null, morning('2026-03-05')],
    ['de', 'bis nächsten Dienstag', null, summerMorning('2026-03-10')],
    ['de', 'nächste Woche', null, summerMorning('2026-03-09')],
    ['de', '3 Tage', null, morning('2026-03-06')],
    ['de', 'für zwei', null, null],
    ['de', '2 Stunden', null, at('17:00')],
    ['de', 'eine Woche', null, summerMorning('2026-03-10')],
    ['de', '24.12.', null, morning('2026-12-24')],
    ['de', 'bis zum 24. Dezember 2026', null, morning('2026-12-24')],
    ['de', '4/3', null, morning('2026-03-04')],
    ['de', 'ab morgen', midnight('2026-03-04'), null],
    ['de', 'ab sofort bis Freitag', null, morning('2026-03-06')],
    ['de', 'von morgen bis Freitag', midnight('2026-03-04'), morning('2026-03-06')],
    ['de', '24.12. - 2.1.', midnight('2026-12-24'), morning('2027-01-04')],
    ['de', '24.12. bis einschließlich 29.12.', midnight('2026-12-24'), morning('2026-12-30')],
    ['pt', 'até sexta', null, morning('2026-03-06')],
    ['pt', 'ATE SEXTA-FEIRA', null, morning('2026-03-06')],
    ['pt', 'hoje', null, morning('2026-03-04')],
    ['pt', 'amanhã 15h', null, three],
    ['pt', 'até amanhã às 15h00', null, three],
    ['pt', 'amanhã às 15 horas', null, three],
    ['pt', 'até 14h', null, at('19:00')],
    ['pt', 'depois de amanhã', null, morning('2026-03-05')],
    ['pt', 'próxima terça', null, summerMorning('2026-03-10')],
    ['pt', 'semana que vem', null, summerMorning('2026-03-09')],
    ['pt', '3 dias', null, morning('2026-03-06')],
    ['pt', 'por 2 horas', null, at('17:00')],
    ['pt', '2h', null, at('17:00')],
    ['pt', 'um dia', null, morning('2026-03-04')],
    ['pt', '24/12', null, morning('2026-12-24')],
    ['pt', '4/3', null, morning('2026-03-04')],
    ['pt', 'até 24 de dezembro de 2026', null, morning('2026-12-24')],
    ['pt', 'a partir de amanhã', midnight('2026-03-04'), null],
    ['pt', 'de amanhã a sexta', midnight('2026-03-04'), morning('2026-03-06')],
    ['pt', '24/12 - 2/1', midnight('2026-12-24'), morning('2027-01-04')],
  ];
  it.each(table)('%s: "%s"', (language, words, from, expected) => {
    const read = readAbsence(words, newYorkOffice, now, language);
    expect(read).toEqual(from || expected ? { from, until: expected } : null);
  });

  it('the same words are understood whichever language is the reader’s, but for the order of two numbers', () => {
    expect(readAbsence('bis Freitag', newYorkOffice, now, 'pt')).toEqual({
      from: null,
      until: morning('2026-03-06'),
    });
    expect(readAbsence('4/3', newYorkOffice, now, 'en')?.until).toEqual(new Date('2026-04-03T09:00-04:00'));
  });
});
