import {
  clean,
  cut,
  isWebLink,
  type Line,
  oneLine,
  type Span,
  spanText,
  type TimeForm,
} from '../../domain/words/line.ts';
import { languageOf, wordsIn } from '../../domain/words/words.ts';
import type { TextElement, TextRun, TextStyle } from './adaptive-card.ts';
import { localTime, type Zone } from './local-time.ts';

// What a lead or a colleague wrote goes into Teams only as runs of rich text, where nothing is markdown. One thing some
// clients carry out even there: `{{DATE(…)}}` and `{{TIME(…)}}`, which they replace by a time.

/** Keeps two braces apart without being seen. */
const zeroWidth = '\u200B';

const paragraphsMax = 12;

/** Words in which Teams finds no time to replace, whatever is written after them. */
export function literal(text: string): string {
  return text.replaceAll(/\{(?=\{|$)/g, `{${zeroWidth}`);
}

/** Words as they are: nothing in them is markup or a time. */
export function textRun(text: string, style: TextStyle = {}): TextRun {
  return { type: 'TextRun', text: literal(text), ...style };
}

export function textBlock(...inlines: TextRun[]): TextElement {
  return { type: 'RichTextBlock', inlines };
}

/** A line as runs. People are named: in a personal conversation nobody else can be mentioned. */
export function richLine(
  line: Line,
  limits: { characters: number; spans: number },
  zone: Zone,
  style: TextStyle = {},
): TextRun[] {
  let left = limits.characters;
  const runs: TextRun[] = [];
  for (const span of line.slice(0, limits.spans)) {
    const text = cut(clean(spanText(span, timeIn(zone))), left);
    if (text === '') continue;
    const run = runOf(span, text, style, left - text.length);
    left -= text.length + (run.selectAction?.url.length ?? 0);
    runs.push(run);
  }
  return runs;
}

/** Nothing in Teams keeps "12 minutes ago" true. */
function timeIn(zone: Zone) {
  return (at: Date, form: TimeForm, language?: string): string => {
    if (form === 'dateTime') return localTime(at, 'due', zone, language);
    const time = localTime(at, 'time', zone, language);
    return form === 'ago' ? wordsIn(languageOf(language) ?? 'en').text('times.at', { time }) : time;
  };
}

/** @param left characters for what is not seen, the address of a link */
function runOf(span: Span, text: string, all: TextStyle, left: number): TextRun {
  const style: TextStyle = span.bold ? { ...all, weight: 'bolder' } : all;
  switch (span.kind) {
    case 'text':
    case 'person':
    case 'time':
    case 'channel':
      return textRun(text, style);
    case 'link': {
      if (!isWebLink(span.url) || span.url.length > left) return textRun(text, style);
      const selectAction = { type: 'Action.OpenUrl', url: span.url } as const;
      return { ...textRun(text, { ...style, color: 'accent' }), selectAction };
    }
    default:
      return span satisfies never;
  }
}

/** A line as blocks, one for each of its paragraphs: clients do not break lines within a block. */
export function paragraphs(
  line: Line,
  limits: { characters: number; spans: number },
  zone: Zone,
): TextElement[] {
  const blocks: TextRun[][] = [[]];
  for (const run of richLine(line, limits, zone)) {
    run.text.split('\n').forEach((text, index) => {
      if (index > 0) blocks.push([]);
      if (text !== '') blocks.at(-1)?.push({ ...run, text });
    });
  }
  return blocks
    .filter((inlines) => inlines.some(({ text }) => text.trim() !== ''))
    .slice(0, paragraphsMax)
    .map((inlines) => textBlock(...inlines));
}

/**
 * Text of a button, a label or a choice, never blank. Teams draws these plainly today; a link in markdown is taken
 * apart all the same.
 */
export function label(text: string, max: number): string {
  return literal(oneLine(text, max).replaceAll('](', `]${zeroWidth}(`)) || '…';
}

/**
 * A line as a notification shows it, in which Teams replaces nothing. While nobody knows the reader's zone each time is an
 * ellipsis, as if it were cut off: another zone's would send them into the conversation too late.
 */
export function plainWords(line: Line, max: number, zone: Zone = null): string {
  const time = zone === null ? () => '…' : timeIn(zone);
  const words = line.map((span) => spanText(span, time)).join('');
  return oneLine(words.replaceAll('….', '…'), max);
}
