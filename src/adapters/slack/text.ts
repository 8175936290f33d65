import type { PlainTextElement, RichTextElement } from '@slack/types';
import {
  clean,
  cut,
  inUtc,
  isReachable,
  type Line,
  oneLine,
  type Span,
  spanText,
} from '../../domain/words/line.ts';
import { languageOf, wordsIn } from '../../domain/words/words.ts';
import type { Mentions } from '../../flow/ports/chat.ts';

// What a lead or a colleague wrote goes into Slack only as plain text or as elements of rich text: Slack's own markup
// cannot be escaped (`*`, `_` and `~` have no entity), so nobody's name may come near it.

/** Slack begins a date with a capital, as at the start of a line: "Today". A character without width takes that place. */
const inSentence = '\u200B';
/** As Slack calls its channels; those of other chats have other ids. */
const slackChannel = /^[CG][A-Z0-9]+$/;

/** How Slack is asked to write a time; the date and the time themselves are as the reader's Slack has them. */
function dateFormat({ form, language }: Extract<Span, { kind: 'time' }>): string {
  const words = wordsIn(languageOf(language) ?? 'en');
  const dateTime = { date: '{date_short_pretty}', time: '{time}' };
  return form === 'dateTime' ? words.text('times.onDay', dateTime) : `{${form}}`;
}

/** A plain text object. Slack refuses an empty one, so a blank text becomes an ellipsis. */
export function plainText(text: string, max: number): PlainTextElement {
  // With `emoji` on, a company called ":skull:" would be drawn as one.
  return { type: 'plain_text', text: oneLine(text, max) || '…', emoji: false };
}

/**
 * A line as rich text, in which people are mentioned when their account is known and times are written in the reader's
 * own zone.
 */
export function richLine(
  line: Line,
  people: Mentions,
  limits: { characters: number; spans: number },
  style: { bold?: true } = {},
): RichTextElement[] {
  let left = limits.characters;
  const elements: RichTextElement[] = [];
  for (const span of line.slice(0, limits.spans)) {
    const text = cut(clean(spanText(span)), left);
    if (text === '') continue;
    left -= text.length;
    elements.push(element(span, text, people, style));
  }
  return elements;
}

function element(span: Span, text: string, people: Mentions, all: { bold?: true }): RichTextElement {
  const style = span.bold ? { bold: true as const } : all;
  switch (span.kind) {
    case 'text':
      return richText(text, style);
    case 'person': {
      const userId = people.get(span.id);
      return userId ? { type: 'user', user_id: userId, ...styled(style) } : richText(text, style);
    }
    case 'time':
      return richDate(span.at, inSentence + dateFormat(span), style);
    case 'link':
      return isReachable(span.url)
        ? { type: 'link', url: span.url, text, ...styled(style) }
        : richText(text, style);
    case 'channel':
      return slackChannel.test(span.id)
        ? { type: 'channel', channel_id: span.id, ...styled(style) }
        : richText(text, style);
    default:
      return span satisfies never;
  }
}

/** Words as they are: nothing in them is markup. */
export function richText(text: string, style: { bold?: true } = {}): RichTextElement {
  return { type: 'text', text, ...styled(style) };
}

/** A time that Slack writes in the reader's own zone. */
export function richDate(at: Date, format: string, style: { bold?: true } = {}): RichTextElement {
  return { type: 'date', timestamp: seconds(at), format, fallback: inUtc(at), ...styled(style) };
}

/**
 * A line in Slack's markup, for a message's `text`: the notification, and what a screen reader reads. Emphasis is left
 * out, since nothing in it may depend on `*` and `_`.
 */
export function markup(line: Line, people: Mentions, max: number): string {
  let left = max;
  return line
    .map((span) => {
      const text = cut(clean(spanText(span)), left);
      left -= text.length;
      if (text === '') return '';
      if (span.kind === 'time') {
        return `<!date^${seconds(span.at)}^${dateFormat(span)}|${inUtc(span.at)}>`;
      }
      if (span.kind === 'channel' && slackChannel.test(span.id)) return `<#${span.id}>`;
      const userId = span.kind === 'person' ? people.get(span.id) : undefined;
      return userId ? `<@${userId}>` : withEntities(text);
    })
    .join('');
}

function withEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function styled(style: { bold?: true }): { style?: { bold: true } } {
  return style.bold ? { style: { bold: true } } : {};
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
