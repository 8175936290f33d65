import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localTime, zoneOf } from '../../../src/adapters/teams/local-time.ts';
import { label, paragraphs, plainWords, richLine, textRun } from '../../../src/adapters/teams/text.ts';
import { bold, dateTime, line, person, time } from '../../../src/domain/words/line.ts';
import { type Language, wordsIn } from '../../../src/domain/words/words.ts';

const at = new Date('2026-03-03T15:15:42.250Z');
const ana = person('ana@acme.test', new Map([['ana@acme.test', 'Ana Silva']]));
const limits = { characters: 200, spans: 12 };

describe('a run of text', () => {
  test('keeps braces apart, so that nobody can write a time that Teams would believe', () => {
    const { text } = textRun('{{DATE(2020-01-01T00:00:00Z,SHORT)}} {{{TIME(2020-01-01T00:00:00Z)}}}');
    expect(text).not.toContain('{{');
    expect(text.replaceAll('\u200B', '')).toBe(
      '{{DATE(2020-01-01T00:00:00Z,SHORT)}} {{{TIME(2020-01-01T00:00:00Z)}}}',
    );
  });

  test('cannot open a time together with the run after it', () => {
    expect(`${textRun('{').text}${textRun('{DATE(2020-01-01T00:00:00Z)}}').text}`).not.toContain('{{');
  });

  test.each(['{a}', 'a } b', 'no braces'])('leaves %o as it is', (text) => {
    expect(textRun(text).text).toBe(text);
  });
});

describe('a time', () => {
  test.each([
    ['due', 'America/New_York', 'Tue, Mar 3, 10:15 AM'],
    ['due', 'Asia/Tokyo', 'Wed, Mar 4, 12:15 AM'],
    ['due', null, 'Tue, Mar 3, 3:15 PM UTC'],
    ['past', 'Asia/Kolkata', 'Mar 3, 2026, 8:45 PM'],
    ['past', null, 'Mar 3, 2026, 3:15 PM UTC'],
  ] as const)('as %s is written in the zone of its reader (%s)', (form, zone, text) => {
    expect(localTime(at, form, zone)).toBe(text);
  });

  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['Mars/Olympus', null],
    ['', null],
    [undefined, null],
  ])('is written in no zone that does not exist (%s)', (told, zone) => {
    expect(zoneOf(told)).toBe(zone);
  });
});

test('a time is written in the language of the message that it stands in', () => {
  const said = (language: Language) =>
    richLine(wordsIn(language).line('done.snoozed', { until: dateTime(at) }), limits, 'Europe/Berlin')
      .map(({ text }) => text)
      .join('');
  expect(said('en')).toBe('Snoozed until Tue, Mar 3, 4:15 PM.');
  expect(said('de')).toContain('Di., 3. März, 16:15');
  expect(said('pt')).toContain('ter., 3 de mar., 16:15');
});

describe('a line', () => {
  test('names people, and keeps times and emphasis', () => {
    expect(richLine(line`${ana} ${bold('accepted')}, due ${time(at)}`, limits, 'Europe/Berlin')).toEqual([
      { type: 'TextRun', text: 'Ana Silva' },
      { type: 'TextRun', text: ' ' },
      { type: 'TextRun', text: 'accepted', weight: 'bolder' },
      { type: 'TextRun', text: ', due ' },
      { type: 'TextRun', text: '4:15 PM' },
    ]);
  });

  test('links to the web, and to nothing else', () => {
    const to = (url: string) =>
      richLine([{ kind: 'link', text: 'the record', url }], limits, null)[0]?.selectAction;
    expect(to('https://app.hubspot.com/1')).toEqual({
      type: 'Action.OpenUrl',
      url: 'https://app.hubspot.com/1',
    });
    expect(to('javascript:alert(1)')).toBeUndefined();
    expect(to(`https://x.test/${'y'.repeat(300)}`)).toBeUndefined();
  });

  test('is cut at its limits', () => {
    expect(richLine(line`${'x'.repeat(300)}${ana}`, limits, null).map(({ text }) => text.length)).toEqual([
      200,
    ]);
    expect(
      richLine(
        Array.from({ length: 30 }, () => bold('x')),
        limits,
        null,
      ),
    ).toHaveLength(12);
  });

  test('of several paragraphs is a block for each, without the empty ones', () => {
    const blocks = paragraphs(line`One ${ana}\n\n \nTwo\n{\n{DATE(2020-01-01T00:00:00Z)}}`, limits, null);
    expect(blocks.map(({ inlines }) => inlines.map(({ text }) => text).join(''))).toEqual([
      'One Ana Silva',
      'Two',
      '{',
      '{DATE(2020-01-01T00:00:00Z)}}',
    ]);
  });

  test('keeps the space between two people', () => {
    const [block] = paragraphs(line`${ana} ${ana}`, limits, null);
    expect(block?.inlines.map(({ text }) => text)).toEqual(['Ana Silva', ' ', 'Ana Silva']);
  });
});

describe('a notification', () => {
  test("has no times, which nobody could write in the reader's zone", () => {
    const reminder = line`Reminder for ${ana}: this lead waits for your answer, due ${dateTime(at)}.`;
    expect(plainWords(reminder, 400)).toBe('Reminder for Ana Silva: this lead waits for your answer, due …');
    expect(plainWords(reminder, 400, 'Europe/Berlin')).toMatch(
      /due [A-Z][a-z]{2}, [A-Z][a-z]{2} \d+, \d+:\d\d [AP]M/,
    );
  });

  test('is one line, cut at a whole character', () => {
    expect(plainWords(line`a\n b${'😀'.repeat(9)}`, 8)).toBe('a b😀😀…');
  });
});

describe('a label', () => {
  test('is never blank, and one line', () => {
    expect(label(' \n ', 60)).toBe('…');
    expect(label('Log\na  Touch', 60)).toBe('Log a Touch');
  });

  test('is no link and no time', () => {
    expect(label('[Ana](https://evil.test) {{TIME(2020-01-01T00:00:00Z)}}', 80)).not.toMatch(/]\(|\{\{/);
  });
});

test('whatever the words, no run holds a time of theirs', () => {
  const braced = fc
    .array(fc.constantFrom('{', '}', 'DATE(2020-01-01T00:00:00Z)', '\n', ' ', '\u200B'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(braced, { maxLength: 6 }), (words) => {
      const spans = words.map(bold);
      const said = richLine(spans, { characters: 200, spans: 9 }, null)
        .map(({ text }) => text)
        .join('');
      expect(said).not.toContain('{{');
      for (const { inlines } of paragraphs(spans, { characters: 200, spans: 9 }, null)) {
        expect(inlines.map(({ text }) => text).join('')).not.toContain('{{');
      }
    }),
  );
});
