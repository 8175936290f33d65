import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextPreformatted,
  RichTextSection,
  TableBlock,
} from '@slack/types';
import type { Section } from '../../domain/card/card.ts';
import type { RowsSection } from '../../domain/card/reply-action.ts';
import { apart, clean, oneLine } from '../../domain/words/line.ts';
import type { Mentions } from '../../flow/ports/chat.ts';
import { most } from '../section-limits.ts';
import { type ChartBlock, chartBlock } from './chart.ts';
import { richDate, richLine, richText } from './text.ts';

type FactsSection = Omit<Extract<Section, { kind: 'facts' }>, 'kind'>;
type TableSection = Omit<Extract<Section, { kind: 'table' }>, 'kind'>;

/** Charts and tables as Slack's own; tables alone; or both in lines, where it takes neither. */
export type Drawn = 'withCharts' | 'asTables' | 'inLines';

/** A section of a card or a reply as one block; null when there is nothing in it. */
export function sectionBlock(
  section: Exclude<Section, RowsSection>,
  people: Mentions,
  drawn: Drawn = 'asTables',
): RichTextBlock | TableBlock | ChartBlock | null {
  if (section.kind === 'table' && drawn !== 'inLines') return tableBlock(section);
  const chart = section.kind === 'chart' && drawn === 'withCharts' ? chartBlock(section) : null;
  if (chart) return chart;
  const elements = elementsOf(section, people);
  return elements.length > 0 ? { type: 'rich_text', elements } : null;
}

function elementsOf(section: Exclude<Section, RowsSection>, people: Mentions): RichTextBlockElement[] {
  switch (section.kind) {
    case 'facts':
      return factElements(section);
    case 'text': {
      const text = richLine(section.text, people, most.text);
      return text.length > 0 ? titled(section.title, text) : [];
    }
    case 'copy': {
      // As code it is selected and copied as a whole, and nothing in it is markup.
      const text = clean(section.text).slice(0, most.text.characters);
      const code: RichTextPreformatted = {
        type: 'rich_text_preformatted',
        elements: [{ type: 'text', text }],
      };
      return text ? [...titled(section.title, []), code] : [];
    }
    case 'moments': {
      const items = section.moments.slice(0, most.moments).flatMap(({ at, text }) => {
        const what = oneLine(text, most.moment);
        return what ? [paragraph([richDate(at, '{date_short_pretty}, {time}'), richText(` · ${what}`)])] : [];
      });
      return items.length > 0
        ? [...titled(section.title, []), { type: 'rich_text_list', style: 'bullet', elements: items }]
        : [];
    }
    case 'table': {
      const lines = tableLines(section.rows);
      return lines.length > 0 ? [paragraph(lines)] : [];
    }
    case 'chart': {
      // Slack takes one table in a message, which another section may be.
      const { columns, rows } = section.table;
      const heading = richText(columns.map(({ title }) => cellText(title)).join(' · '));
      return titled(section.title, [heading, richText('\n'), ...tableLines(rows)]);
    }
    default:
      return section satisfies never;
  }
}

/**
 * One fact a line, its label bold. Fields of a section would stand in two columns, but can hold a lead's words only
 * without any emphasis, and on a phone two columns are two words wide.
 */
function factElements({ title = '', facts }: FactsSection): RichTextBlockElement[] {
  const known = facts
    .map(({ label, value }) => ({
      label: oneLine(label, most.label),
      value: oneLine(apart(value), most.value),
    }))
    .filter(({ value }) => value !== '');
  const lines = known
    .slice(0, most.facts)
    .map(({ label, value }) =>
      label ? [richText(`${label}:`, { bold: true }), richText(` ${value}`)] : [richText(value)],
    );
  if (known.length > most.facts) lines.push([richText(`and ${known.length - most.facts} more`)]);
  return lines.length > 0 ? titled(title, joinedLines(lines)) : [];
}

function tableLines(rows: TableSection['rows']): RichTextElement[] {
  return joinedLines(rowsOf(rows).map((row) => [richText(row.join(' · '))]));
}

function joinedLines(lines: readonly RichTextElement[][]): RichTextElement[] {
  return lines.flatMap((one, index) => (index === 0 ? one : [richText('\n'), ...one]));
}

/** Slack takes 100 rows of 20 cells ("Table block"), none of them empty. */
function tableBlock({ columns, rows }: TableSection): TableBlock | null {
  if (rows.length === 0) return null;
  const heading = columns.map(({ title }): RichTextBlock => {
    return { type: 'rich_text', elements: [paragraph([richText(cellText(title), { bold: true })])] };
  });
  return {
    type: 'table',
    column_settings: columns.map(({ isNumber }) => (isNumber ? { align: 'right' } : { is_wrapped: true })),
    rows: [heading, ...rowsOf(rows).map((row) => row.map((text) => ({ type: 'raw_text' as const, text })))],
  };
}

function rowsOf(rows: TableSection['rows']): string[][] {
  return rows.slice(0, most.rows).map((row) => row.map(cellText));
}

function cellText(text: string): string {
  return oneLine(text, most.cell) || '–';
}

/** A bold title and, on the next line, what it is about. */
function titled(title: string, text: readonly RichTextElement[]): RichTextSection[] {
  const heading = oneLine(title, most.title);
  const elements = [
    ...(heading ? [richText(heading, { bold: true })] : []),
    ...(heading && text.length > 0 ? [richText('\n')] : []),
    ...text,
  ];
  return elements.length > 0 ? [paragraph(elements)] : [];
}

function paragraph(elements: readonly RichTextElement[]): RichTextSection {
  return { type: 'rich_text_section', elements: [...elements] };
}
