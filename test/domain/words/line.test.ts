import { describe, expect, it } from 'vitest';
import {
  apart,
  bold,
  capital,
  capitalLine,
  clean,
  cut,
  dateTime,
  inUtc,
  isWebLink,
  joined,
  line,
  oneLine,
  person,
  plain,
  spanText,
  time,
} from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { ada, at, names, stranger } from '../../support/examples.ts';

describe('a line', () => {
  it('takes strings and numbers as text, whatever they hold', () => {
    expect(line`${'<@U1> *b*'} and ${2}`).toEqual([
      { kind: 'text', text: '<@U1> *b*' },
      { kind: 'text', text: ' and ' },
      { kind: 'text', text: '2' },
    ]);
  });

  it('keeps people, times and links as what they are', () => {
    const link = { kind: 'link', text: 'record', url: 'https://hubspot.example' } as const;
    expect(
      line`${person(ada, names)}${dateTime(at('15:00'))}${time(at('15:00'))}${bold('!')}${link}`,
    ).toEqual([
      { kind: 'person', id: ada, name: 'Ada Okafor' },
      { kind: 'time', at: at('15:00'), form: 'dateTime' },
      { kind: 'time', at: at('15:00'), form: 'time' },
      { kind: 'text', text: '!', bold: true },
      link,
    ]);
  });

  it('takes other lines in as they are', () => {
    const who = line`${person(ada, names)} or ${'nobody'}`;
    expect(line`with ${who}.`).toEqual([
      { kind: 'text', text: 'with ' },
      ...who,
      { kind: 'text', text: '.' },
    ]);
    expect(line`with${[]}`).toEqual([{ kind: 'text', text: 'with' }]);
  });

  it('of several has the same words between each two', () => {
    const [one, two] = [line`one`, line`${person(ada, names)}`];
    expect(plain(joined([one, two, one], ', '))).toBe('one, Ada Okafor, one');
    expect(joined([], ', ')).toEqual([]);
  });

  it('begins with a capital as the beginning of a sentence, unless a name does', () => {
    expect(plain(capitalLine(line`answer by ${time(at('15:00'))}`))).toBe('Answer by 15:00 UTC');
    expect(capitalLine(line`${person(ada, names)} answers`)).toEqual(line`${person(ada, names)} answers`);
    expect([capitalLine([]), capital('')]).toEqual([[], '']);
  });

  it('of nothing is empty', () => {
    expect(line``).toEqual([]);
  });

  it('reads as plain text, with names and with times in UTC', () => {
    const link = { kind: 'link', text: 'record', url: 'https://hubspot.example' } as const;
    expect(plain(line`${person(ada, names)}, see the ${link} by ${time(at('15:00'))}`)).toBe(
      'Ada Okafor, see the record by 15:00 UTC',
    );
  });

  it('calls somebody without a known name by their email', () => {
    expect(plain([person(stranger, names)])).toBe(stranger);
  });
});

describe('text for a chat', () => {
  it('has no control characters but line breaks, no half characters, and keeps its direction', () => {
    expect(clean('a\u0000b\tc\nd')).toBe('a b c\nd');
    expect(clean('gnp.\u202eexe \u2066x\u2069')).toBe('gnp.exe x');
    expect(clean('\u2069a\u2068b')).toBe('ab');
    expect(clean('\u2068שלום\u2069')).toBe('\u2068שלום\u2069');
    expect(clean('half \ud83d')).toBe('half \ufffd');
    expect(clean('Zoë 😀 日本')).toBe('Zoë 😀 日本');
  });

  it('is cut to its limit at a whole character, with an ellipsis', () => {
    expect(cut('four', 4)).toBe('four');
    expect(cut('fives', 4)).toBe('fiv…');
    expect(cut('ab😀cd', 4)).toBe('ab…');
    expect([cut('ab', 1), cut('ab', 0), cut('', 0)]).toEqual(['', '', '']);
  });

  it('on one line has its breaks and blanks run together', () => {
    expect(oneLine('  Lena \n\t Fischer\u0007 ', 80)).toBe('Lena Fischer');
    expect(oneLine('Lena Fischer', 6)).toBe('Lena …');
  });

  it('of a span is its words, with people by name and times in UTC', () => {
    const link = { kind: 'link', text: 'record', url: 'https://hubspot.example' } as const;
    const spans = line`${bold('Now')}${person(ada, names)}${link}${dateTime(at('15:00'))}${time(at('15:00'))}`;
    expect(spans.map((span) => spanText(span))).toEqual([
      'Now',
      'Ada Okafor',
      'record',
      '2026-03-03 15:00 UTC',
      '2026-03-03 15:00 UTC',
    ]);
    expect(inUtc(at('15:00:59'))).toBe('2026-03-03 15:00 UTC');
  });
});

describe('a link', () => {
  it('is an http or https address of a length that chats accept', () => {
    for (const url of ['https://app.hubspot.com/1', 'http://localhost:3000/']) {
      expect([url, isWebLink(url)]).toEqual([url, true]);
    }
    const long = `https://hubspot.example/${'a'.repeat(3000)}`;
    for (const url of ['javascript:alert(1)', 'mailto:a@b.example', '/records/1', '', long]) {
      expect([url, isWebLink(url)]).toEqual([url, false]);
    }
  });
});

describe('what is written from right to left', () => {
  const hebrew = 'רוצים מחיר ל־12 מחסנים';

  it('stands apart from our words around it, in a line and in a message', () => {
    expect(plain(line`last: “${hebrew}”, 2 of 6`)).toBe(`last: “\u2068${hebrew}\u2069”, 2 of 6`);
    const words = wordsIn('en');
    expect(plain(words.line('card.lastNote', { note: hebrew }))).toBe(` · last: “\u2068${hebrew}\u2069”`);
    expect(words.text('commands.noneFits', { said: hebrew })).toContain(`"\u2068${hebrew}\u2069"`);
    expect(words.list([hebrew, 'Acme'])).toBe(`\u2068${hebrew}\u2069 and Acme`);
    expect(plain([person(ada, new Map([[ada, 'دانا']]))])).toBe('\u2068دانا\u2069');
  });

  it('changes nothing of what is written from left to right', () => {
    expect(apart('Łódź · 東雲')).toBe('Łódź · 東雲');
  });

  it('cannot get out by marks of its own', () => {
    expect(apart('\u2069\u202eשלום\u2068')).toBe('\u2068שלום\u2069');
  });

  it('stays apart when it is cut, and is no longer than it may be', () => {
    for (let max = 0; max < 12; max += 1) {
      const short = cut(`ab ${apart('שלום לכולם')} c`, max);
      expect(short.length).toBeLessThanOrEqual(max);
      expect(clean(short)).toBe(short);
    }
    expect(cut(`ab ${apart('שלום לכולם')} c`, 8)).toBe('ab \u2068של\u2069…');
  });
});
