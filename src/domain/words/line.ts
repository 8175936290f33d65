/** Somebody of the policy, as `PersonId`: words stand on no other room. */
type PersonId = string;

/**
 * A run of text for people. Platforms mention a `person` and write a `time` in the reader's own zone; everything else
 * is plain: whatever a lead put into a form stays text.
 */
export type Span = (
  | { kind: 'text'; text: string }
  | { kind: 'person'; id: PersonId; name: string }
  /** `language`: of the message that it stands in, by its code; absent: English. */
  | { kind: 'time'; at: Date; form: TimeForm; language?: string }
  | { kind: 'link'; text: string; url: string }
  /** A channel: its name where the chat shows that, and these words elsewhere. */
  | { kind: 'channel'; id: string; text: string }
) & { bold?: true };

/**
 * How a time is written: `time`, 9:19 AM; `dateTime`, with its day unless that is today; `ago`, how long it has been, where
 * that stays true while somebody looks at it, and otherwise when it was: "12 minutes ago", "at 9:04 AM".
 */
export type TimeForm = 'time' | 'dateTime' | 'ago';

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

/** How long ago something of today was, as a part of a sentence: "asked for a demo 12 minutes ago". */
export function ago(at: Date): Span {
  return { kind: 'time', at, form: 'ago' };
}

/** Writes a line as it reads: ``line`Accepted by ${person}` `` with plain strings taken as text, and lines as they are. */
export function line(strings: TemplateStringsArray, ...values: (Span | Line | string | number)[]): Line {
  const spans: Span[] = [];
  strings.forEach((text, index) => {
    if (text) spans.push({ kind: 'text', text });
    const value = values[index];
    if (value === undefined) return;
    if (typeof value !== 'object') spans.push({ kind: 'text', text: apart(String(value)) });
    else if ('kind' in value) spans.push(value);
    else spans.push(...value);
  });
  return spans;
}

/** One line of several, with the same words between each two. */
export function joined(lines: readonly Line[], between: string): Line {
  return lines.flatMap((one, index) => (index === 0 ? one : line`${between}${one}`));
}

/** As the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A line as the beginning of a sentence. */
export function capitalLine([first, ...rest]: Line): Line {
  if (!first) return [];
  return first.kind === 'text' ? [{ ...first, text: capital(first.text) }, ...rest] : [first, ...rest];
}

/** Unicode marks that turn the reading direction, with which a name could make a line read as another. */
const directionMarks = /[\u202a-\u202e\u2066\u2067]/g;

/** What stands between these two turns nothing around it, and is not turned (Unicode Standard Annex 9, "Isolates"). */
const isolate = '\u2068';
const endOfIsolate = '\u2069';

/** Scripts that are written from right to left, as Hebrew and Arabic, by their blocks in Unicode. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** What somebody else wrote, within a sentence of ours: written from right to left, it leaves what stands around it alone. */
export function apart(text: string): string {
  return rightToLeft.test(text) ? `${isolate}${clean(text)}${endOfIsolate}` : text;
}

/** Without control characters except line breaks, half surrogates, and marks that turn the reading direction. */
export function clean(text: string): string {
  return withoutLoneMarks(text.toWellFormed().replaceAll(directionMarks, '')).replaceAll(
    /(?!\n)\p{Cc}/gu,
    ' ',
  );
}

/** Isolates that begin and end within the text are harmless; half of one would turn whatever comes after it. */
function withoutLoneMarks(text: string): string {
  const { begun, ended } = loneMarks(text);
  const lone = new Set([...begun, ...ended]);
  return lone.size === 0
    ? text
    : text
        .split('')
        .filter((_, index) => !lone.has(index))
        .join('');
}

/** Where isolates begin that do not end, and the other way round. */
function loneMarks(text: string): { begun: number[]; ended: number[] } {
  const begun: number[] = [];
  const ended: number[] = [];
  for (const { 0: mark, index } of text.matchAll(/[\u2068\u2069]/g)) {
    if (mark === isolate) begun.push(index);
    else if (begun.pop() === undefined) ended.push(index);
  }
  return { begun, ended };
}

/** No longer than `max` UTF-16 units, with an ellipsis where something was left out; an isolate ends before that. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = Math.max(0, max - 1);
  const open = loneMarks(text.slice(0, room)).begun.length;
  const kept = text.slice(0, Math.max(0, room - open)).replace(/[\ud800-\udbff]$/, '');
  const closed = withoutLoneMarks(kept + endOfIsolate.repeat(open));
  return closed === '' ? '' : `${closed}…`;
}

/** Clean text of one line, no longer than `max` UTF-16 units, which is how the chats count. */
export function oneLine(text: string, max: number): string {
  return cut(clean(text.replaceAll(/\s+/g, ' ')).trim(), max);
}

/** Where a platform accepts no other URL, and a browser should be sent to none. */
export function isWebLink(url: string): boolean {
  return isLink(url, /^https?:$/);
}

/** Besides the web, what a phone can dial and a mail program can write to. */
export function isReachable(url: string): boolean {
  return isLink(url, /^(?:https?|tel|mailto):$/);
}

function isLink(url: string, protocols: RegExp): boolean {
  return url.length <= linkMaxLength && protocols.test(URL.parse(url)?.protocol ?? '');
}

const linkMaxLength = 3000;

/** Day and time in UTC, for readers whose zone nobody knows. */
export function inUtc(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What a span says; its times as `timeInWords` writes them, or else with their day. */
export function spanText(
  span: Span,
  timeInWords: (at: Date, form: TimeForm, language?: string) => string = inUtc,
): string {
  switch (span.kind) {
    case 'text':
    case 'channel':
      return span.text;
    case 'link':
      return apart(span.text);
    case 'person':
      return apart(span.name);
    case 'time':
      return timeInWords(span.at, span.form, span.language);
    default:
      return span satisfies never;
  }
}

/** The line without markup, for notifications and logs of the sandbox. Times are written in UTC. */
export function plain(spans: Line): string {
  return spans.map((span) => spanText(span, timeInUtc)).join('');
}

function timeInUtc(at: Date): string {
  return `${at.toISOString().slice(11, 16)} UTC`;
}
