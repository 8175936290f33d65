import type { PersonId } from './policy.ts';

/**
 * A run of text for people. Platforms mention a `person` and write a `time` in the reader's own zone; everything else
 * is plain: whatever a lead put into a form stays text.
 */
export type Span =
  | { kind: 'text'; text: string; bold?: true }
  | { kind: 'person'; id: PersonId; name: string }
  | { kind: 'time'; at: Date; form: 'time' | 'dateTime' }
  | { kind: 'link'; text: string; url: string };

export type Line = readonly Span[];

/** People's names, for those who cannot be mentioned. */
export type Names = ReadonlyMap<PersonId, string>;

export function bold(text: string): Span {
  return { kind: 'text', text, bold: true };
}

export function person(id: PersonId, names: Names): Span {
  return { kind: 'person', id, name: names.get(id) ?? id };
}

/** A time of day; the platform adds the date when it is not today. */
export function dateTime(at: Date): Span {
  return { kind: 'time', at, form: 'dateTime' };
}

export function time(at: Date): Span {
  return { kind: 'time', at, form: 'time' };
}

/** Writes a line as it reads: ``line`Accepted by ${person}` `` with plain strings taken as text. */
export function line(strings: TemplateStringsArray, ...values: (Span | string | number)[]): Line {
  const spans: Span[] = [];
  strings.forEach((text, index) => {
    if (text) spans.push({ kind: 'text', text });
    const value = values[index];
    if (value === undefined) return;
    spans.push(typeof value === 'object' ? value : { kind: 'text', text: String(value) });
  });
  return spans;
}

/** The line without markup, for notifications and logs of the sandbox. Times are written in UTC. */
export function plain(spans: Line): string {
  return spans.map(plainSpan).join('');
}

function plainSpan(span: Span): string {
  switch (span.kind) {
    case 'text':
    case 'link':
      return span.text;
    case 'person':
      return span.name;
    case 'time':
      return `${span.at.toISOString().slice(11, 16)} UTC`;
    default:
      return span satisfies never;
  }
}
