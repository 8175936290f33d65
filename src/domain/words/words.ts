import { MessageFormat } from 'messageformat';
import { en } from './en.ts';
import type { Line, Span } from './line.ts';

/** The languages that there is a catalogue for. */
export const languages = ['en'] as const;
export type Language = (typeof languages)[number];

/** A catalogue: messages by room and name. */
type Catalogue = {
  readonly [Room in keyof typeof en]: { readonly [Name in keyof (typeof en)[Room]]: string };
};

const catalogues: Readonly<Record<Language, Catalogue>> = { en };

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
};

const spoken = new Map<Language, Words>();

/** The words of a language. They are made once, and a message is parsed when it is first used. */
export function wordsIn(language: Language): Words {
  const words = spoken.get(language) ?? makeWords(language);
  spoken.set(language, words);
  return words;
}

function makeWords(language: Language): Words {
  const parsed = new Map<string, MessageFormat>();
  const listed = new Intl.ListFormat(language, { type: 'conjunction' });
  const lineOf = (key: string, given: Readonly<Record<string, Argument>> = {}): Line => {
    const message = parsed.get(key) ?? parse(language, key);
    parsed.set(key, message);
    return spansOf(message, given);
  };
  return {
    language,
    line: (key, ...[given]) => lineOf(key, given),
    text: (key, ...[given]) => lineOf(key, given).map(textOf).join(''),
    list: (items) => listed.format(items),
    lines: (items) =>
      listed
        .formatToParts(items.map((_, index) => String(index)))
        .flatMap(({ type, value }) =>
          type === 'element' ? (items[Number(value)] ?? []) : [{ kind: 'text', text: value }],
        ),
  };
}

function parse(language: Language, key: string): MessageFormat {
  const source = sourceIn(catalogues[language], key);
  // Names are shown as they are: marks that isolate their direction would be taken out again by `clean`.
  return new MessageFormat(language, source, { bidiIsolation: 'none' });
}

function sourceIn(
  catalogue: Readonly<Record<string, Readonly<Record<string, string>>>>,
  key: string,
): string {
  const [room = '', name = ''] = key.split('.');
  const source = catalogue[room]?.[name];
  if (source === undefined) throw new Error(`There is no message "${key}": expected one of the catalogue.`);
  return source;
}

function spansOf(message: MessageFormat, given: Readonly<Record<string, Argument>>): Line {
  let isBold = false;
  const spans: Span[] = [];
  const add = (text: string) => {
    if (text) spans.push({ kind: 'text', text, ...(isBold && { bold: true }) });
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
        spans.push(...asLine(part.value).map((span) => (isBold ? inBold(span) : span)));
        break;
      case 'number':
        add((part.parts ?? []).map(({ value }) => String(value)).join(''));
        break;
      default:
        add(String(part.value ?? ''));
    }
  }
  return spans;
}

/** The formatter hands on whatever it does not know as it was given, which is a span or a line. */
function asLine(value: unknown): Line {
  return Array.isArray(value) ? value : [value as Span];
}

function inBold(span: Span): Span {
  return span.kind === 'text' ? { ...span, bold: true } : span;
}

function textOf(span: Span): string {
  switch (span.kind) {
    case 'text':
    case 'link':
      return span.text;
    case 'person':
      return span.name;
    case 'time':
      throw new Error(
        'A time cannot stand in plain text: expected a line, which is written in its reader’s zone.',
      );
    default:
      return span satisfies never;
  }
}
