import type { Chart, Section } from '../domain/card/card.ts';
import type { Line, Span } from '../domain/words/line.ts';
import { harmless } from './terminal.ts';
import { type Column, textTable } from './text-table.ts';

/** An answer for a terminal. Times are written in `zone`, which is said with each. */
export function plainReply(
  { title, sections }: { title: string; sections: readonly Section[] },
  zone: string,
): string {
  const blocks = sections.map((section) => {
    const heading = 'title' in section && section.title ? [section.title] : [];
    return [...heading, ...linesOf(section, zone).map((line) => `  ${line}`)].join('\n');
  });
  return harmless(`${[title, ...blocks].join('\n\n')}\n`);
}

function linesOf(section: Section, zone: string): string[] {
  switch (section.kind) {
    case 'text':
      return plainLine(section.text, zone).split('\n');
    case 'copy':
      return section.text.split('\n');
    case 'facts':
      return section.facts.map(({ label, value }) => `${label}: ${value}`);
    case 'moments':
      return section.moments.map(({ at, text }) => `${timeIn(zone, at)}: ${text}`);
    case 'table':
      return tableLines(section);
    case 'chart':
      return tableLines(section.table);
    case 'rows':
      return section.rows.map(({ text, detail = [] }) =>
        [text, detail]
          .map((line) => plainLine(line, zone))
          .filter(Boolean)
          .join(': '),
      );
    default:
      return section satisfies never;
  }
}

function tableLines({ columns, rows }: Chart['table']): string[] {
  const shown = columns.map(({ title, isNumber }): Column => {
    return { title, align: isNumber ? 'right' : 'left', max: 40 };
  });
  return textTable(shown, rows);
}

function plainLine(line: Line, zone: string): string {
  return line.map((span) => plainSpan(span, zone)).join('');
}

function plainSpan(span: Span, zone: string): string {
  switch (span.kind) {
    case 'text':
    case 'link':
    case 'channel':
      return span.text;
    case 'person':
      return span.name === span.id ? span.id : `${span.name} (${span.id})`;
    case 'time':
      return timeIn(zone, span.at);
    default:
      return span satisfies never;
  }
}

/** As `Fri 20 Nov 2026, 10:15 (America/New_York)`. */
function timeIn(zone: string, at: Date): string {
  const form = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  });
  const { weekday, day, month, year, hour, minute } = Object.fromEntries(
    form.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return `${weekday} ${day} ${month} ${year}, ${hour}:${minute} (${zone})`;
}
