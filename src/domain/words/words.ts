import { MessageFormat } from 'messageformat';
import { de } from './de.ts';
import { en } from './en.ts';
import { apart, type Line, type Span } from './line.ts';
import { pt } from './pt.ts';
import type { Translation } from './translation.ts';

/** The languages that there is a catalogue for. */
export const languages = ['en', 'de', 'pt'] as const;
export type Language = (typeof languages)[number];

/** The language of a locale, as "de-AT" is German; null when there is no catalogue for it. */
export function languageOf(locale: string | null | undefined): Language | null {
  const [spoken = ''] = (locale ?? '').toLowerCase().split(/[-_]/, 1);
  return languages.find((language) => language === spoken) ?? null;
}

const catalogues: Readonly<Record<Language, Translation>> = { en, de, pt };

/** A message by its room and name: `card.acceptBy`. */
export type MessageKey = {
  [Room in keyof typeof en]: `${Room}.${Extract<keyof (typeof en)[Room], string>}`;
}[keyof typeof en];

type SourceOf<Key extends MessageKey> = Key extends `${infer Room extends keyof typeof en}.${infer Name}`
  ? Name extends keyof (typeof en)[Room]
    ? (typeof en)[Room][Name]
    : never
  : never;

/** The names in `{$name}` and `{$name :number}`. */
type NamesIn<Source> = Source extends `${string}{$${infer Rest}`
  ? Rest extends `${infer Inside}}${infer After}`
    ? (Inside extends `${infer Name} ${string}` ? Name : Inside) | NamesIn<After>
    : never
  : never;

/** What stands in the place of an argument: a span or a line stays what it is, a number is written as the language does. */
export type Argument = string | number | Span | Line;

type Arguments<Key extends MessageKey> = [NamesIn<SourceOf<Key>>] extends [never]
  ? []
  : [Readonly<Record<NamesIn<SourceOf<Key>>, Argument>>];

/** One language's words. */
export type Words = {
  language: Language;
  /** A message as a line. */
  line: <Key extends MessageKey>(key: Key, ...given: Arguments<Key>) => Line;
  /** A message as plain text, for where there are no spans; of a person it has the name. Times have no place in it. */
  text: <Key extends MessageKey>(key: Key, ...given: Arguments<Key>) => string;
  /** "A, B and C". */
  list: (items: readonly string[]) => string;
  /** "A, B and C" of lines. */
  lines: (items: readonly Line[]) => Line;
  /** "A, B or C". */
  either: (items: readonly string[]) => string;
  /** So many minutes, in the two largest units that there are: "1 hr 10 min". */
  duration: (minutes: number) => string;
  /** A weekday and a time of day as the clocks of a zone show them: "Mon 9:00 AM". */
  clock: (at: Date, zone: string) => string;
};

const made = new Map<Language, Words>();

/** The words of a language. They are made once, and a message is parsed when it is first used. */
export function wordsIn(language: Language): Words {
  const words = made.get(language) ?? makeWords(language);
  made.set(language, words);
  return words;
}

function makeWords(language: Language): Words {
  const parsed = new Map<string, MessageFormat>();
  const listed = new Intl.ListFormat(language, { type: 'conjunction' });
  const orListed = new Intl.ListFormat(language, { type: 'disjunction' });
  const lasting = new Intl.DurationFormat(language, { style: 'short', days: 'long', daysDisplay: 'auto' });
  const lineOf = (key: string, given: Readonly<Record<string, Argument>> = {}): Line => {
    const message = parsed.get(key) ?? parse(language, key);
    parsed.set(key, message);
    return spansOf(message, given, language);
  };
  return {
    language,
    line: (key, ...[given]) => lineOf(key, given),
    text: (key, ...[given]) => lineOf(key, given).map(textOf).join(''),
    list: (items) => listed.format(items.map(apart)),
    lines: (items) =>
      listed
        .formatToParts(items.map((_, index) => String(index)))
        .flatMap(({ type, value }) =>
          type === 'element' ? (items[Number(value)] ?? []) : [{ kind: 'text', text: value }],
        ),
    either: (items) => orListed.format(items.map(apart)),
    duration: (minutes) => lasting.format(largestUnits(minutes)),
    clock: (at, zone) => inZone(language, zone).format(at),
  };
}

/** Days from two on, as nobody reads "38 hours" as a day and a half. */
function largestUnits(minutes: number): { days?: number; hours?: number; minutes?: number } {
  const whole = Math.floor(minutes);
  const hours = Math.floor(whole / 60);
  if (hours >= 48 || (hours === 24 && whole % 1440 === 0))
    return { days: Math.floor(hours / 24), hours: hours % 24 };
  return { hours, minutes: hours === 0 && whole === 0 ? 1 : whole % 60 };
}

/** Making a format costs far more than using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function inZone(language: Language, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`;
  const known = clocks.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  clocks.set(key, made);
  return made;
}

function parse(language: Language, key: string): MessageFormat {
  // What needs no isolation is shown as it is.
  return new MessageFormat(language, sourceOf(language, key), { bidiIsolation: 'none' });
}

/** A message as the catalogue has it; in English as long as a language lacks it. */
function sourceOf(language: Language, key: string): string {
  const source = sourceIn(catalogues[language], key) ?? sourceIn(en, key);
  if (source === undefined) throw new Error(`There is no message "${key}": expected one of the catalogue.`);
  return source;
}

function sourceIn(
  catalogue: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>,
  key: string,
): string | undefined {
  const [room = '', name = ''] = key.split('.');
  return catalogue[room]?.[name];
}

function spansOf(
  message: MessageFormat,
  given: Readonly<Record<string, Argument>>,
  language: Language,
): Line {
  let isBold = false;
  const spans: Span[] = [];
  const add = (span: Span) => {
    const said = isBold ? { ...timed(span, language), bold: true as const } : timed(span, language);
    const last = spans.at(-1);
    // Text that goes on is one run.
    if (said.kind !== 'text' || last?.kind !== 'text' || said.bold !== last.bold) spans.push(said);
    else spans[spans.length - 1] = { ...last, text: last.text + said.text };
  };
  const addText = (text: string) => {
    if (text) add({ kind: 'text', text });
  };
  const fail = (error: unknown) => {
    throw error;
  };
  for (const part of message.formatToParts(given, fail)) {
    switch (part.type) {
      case 'markup':
        isBold = part.kind === 'open';
        break;
      case 'unknown':
        for (const span of asLine(part.value)) add(span);
        break;
      case 'string':
        addText(apart(String(part.value ?? '')));
        break;
      case 'number':
        addText((part.parts ?? []).map(({ value }) => String(value)).join(''));
        break;
      default:
        addText(String(part.value ?? ''));
    }
  }
  return spans;
}

/** A time is written in the language of the message that it stands in. */
function timed(span: Span, language: Language): Span {
  return span.kind === 'time' && language !== 'en' ? { language, ...span } : span;
}

/** The formatter hands on whatever it does not know as it was given, which is a span or a line. */
function asLine(value: unknown): Line {
  return Array.isArray(value) ? value : [value as Span];
}

function textOf(span: Span): string {
  switch (span.kind) {
    case 'text':
    case 'channel':
      return span.text;
    case 'link':
      return apart(span.text);
    case 'person':
      return apart(span.name);
    case 'time':
      throw new Error(
        'A time cannot stand in plain text: expected a line, which is written in its reader’s zone.',
      );
    default:
      return span satisfies never;
  }
}
