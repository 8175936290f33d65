import fc from 'fast-check';
import { MessageFormat } from 'messageformat';
import { describe, expect, test } from 'vitest';
import { de } from '../../../src/domain/words/de.ts';
import { en } from '../../../src/domain/words/en.ts';
import type { Line } from '../../../src/domain/words/line.ts';
import { pt } from '../../../src/domain/words/pt.ts';
import { languageOf, type MessageKey, wordsIn } from '../../../src/domain/words/words.ts';

type Catalogue = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

const messagesIn = (catalogue: Catalogue) =>
  Object.entries(catalogue).flatMap(([room, messages = {}]) =>
    Object.entries(messages).map(([name, source]) => [`${room}.${name}`, source] as const),
  );
const argumentsOf = (source: string) => new Set([...source.matchAll(/\$(\w+)/g)].map(([, name]) => name));

const english = messagesIn(en);

describe.each([
  ['German', 'de', de],
  ['Portuguese', 'pt', pt],
] as const)('in %s', (_, language, catalogue) => {
  const translated = new Map(messagesIn(catalogue));

  test('there is every message, and no other', () => {
    expect([...translated.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  test('each message has the arguments that it has in English', () => {
    for (const [key, source] of english) {
      expect([key, argumentsOf(translated.get(key) ?? '')]).toEqual([key, argumentsOf(source)]);
    }
  });

  test('each message is one in MessageFormat 2', () => {
    for (const source of translated.values()) {
      expect(() => new MessageFormat(language, source)).not.toThrow();
    }
  });

  test('what stands in bold is the same', () => {
    for (const [key, source] of english) {
      const isBold = (text: string) => text.includes('{#b}');
      expect([key, isBold(translated.get(key) ?? '')]).toEqual([key, isBold(source)]);
    }
  });
});

test('each message can be said in every language, whatever its arguments are', () => {
  const words = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(fc.nat({ max: 1000 }), words, (count, text) => {
      for (const language of ['en', 'de', 'pt'] as const) {
        const line = wordsIn(language).line as (key: string, given: object) => Line;
        for (const [key, source] of english) {
          const counted = new Set([...source.matchAll(/\$(\w+) :number/g)].map(([, name]) => name));
          const names = [...argumentsOf(source)];
          const given = Object.fromEntries(names.map((name) => [name, counted.has(name) ? count : text]));
          expect(line(key, given).length).toBeGreaterThanOrEqual(text === '' ? 0 : 1);
        }
      }
    }),
    { numRuns: 10 },
  );
});

describe('a button or a title of a form', () => {
  const titles: readonly MessageKey[] = ['forms.logTouch', 'forms.logTouchSubmit'];

  // Slack takes no longer ones: "Modals" and "Button element" of its documentation.
  test.each(['en', 'de', 'pt'] as const)('fits in %s', (language) => {
    const text = wordsIn(language).text as (key: string) => string;
    for (const key of titles) expect(text(key).length).toBeLessThanOrEqual(24);
  });
});

test('a locale has the language that its first part names, as far as there are words in it', () => {
  expect(['de-AT', 'de', 'pt-BR', 'pt_PT', 'en-GB', 'EN-us'].map(languageOf)).toEqual([
    'de',
    'de',
    'pt',
    'pt',
    'en',
    'en',
  ]);
  expect(['fr-FR', '', null, undefined, 'deutsch'].map(languageOf)).toEqual([null, null, null, null, null]);
});
