import type { Chart, Section } from '../../domain/card/card.ts';
import { oneLine } from '../../domain/words/line.ts';
import { most } from '../section-limits.ts';
import type {
  BarChart,
  CardElement,
  Container,
  Table,
  TextElement,
  TextRun,
  TextStyle,
} from './adaptive-card.ts';
import { localTime, type Zone } from './local-time.ts';
import type { Origin } from './reply-buttons.ts';
import { rowItems } from './rows.ts';
import { paragraphs, textBlock, textRun } from './text.ts';

/** A bold letter in Teams' font of 14 pixels, so generously that a fallback font fits as well. */
const letterPixels = 9;
/** Labels longer than this break between their words. */
const unbrokenMaxLength = 10;
const labelColumnMaxLength = 14;

/**
 * A section of a card or a reply as one group; null when there is nothing in it.
 * @param origin of the buttons of a list; null where nobody can press them
 */
export function sectionGroup(section: Section, zone: Zone, origin: Origin | null): Container | null {
  const items = itemsOf(section, zone, origin);
  return items.length > 0 ? { type: 'Container', items } : null;
}

function itemsOf(section: Section, zone: Zone, origin: Origin | null): CardElement[] {
  switch (section.kind) {
    case 'facts':
      return titled(section.title ?? '', factItems(section.facts), 'none');
    case 'text':
      return titled(section.title, paragraphs(section.text, most.text, zone), 'none');
    case 'copy': {
      // In a field all of it is selected at once, on a phone as well, where nothing else of a card is.
      const { title } = section;
      const [label, value] = [oneLine(title, most.label), oneLine(section.text, most.text.characters)];
      const field = {
        id: `copy.${label}`,
        label,
        isMultiline: true,
        maxLength: most.text.characters,
      } as const;
      return value ? [{ type: 'Input.Text', ...field, value }] : [];
    }
    case 'moments': {
      const items = section.moments.slice(0, most.moments).flatMap(({ at, text }) => {
        const what = oneLine(text, most.moment);
        return what ? [moment(at, [textRun(what)], zone)] : [];
      });
      return titled(section.title, items, 'small');
    }
    case 'table':
      return section.rows.length > 0 ? [table(section)] : [];
    case 'chart':
      return section.table.rows.length > 0 ? [chart(section)] : [];
    case 'rows':
      return rowItems(section, zone, origin);
    default:
      return section satisfies never;
  }
}

/** Something that happened: when, less strongly, and what. */
export function moment(at: Date, what: readonly TextRun[], zone: Zone): TextElement {
  return textBlock(textRun(`${localTime(at, 'past', zone)} · `, { isSubtle: true }), ...what);
}

/** A bold heading and what stands below it. */
export function titled(title: string, items: readonly CardElement[], below: 'none' | 'small'): CardElement[] {
  const [first, ...others] = stacked(items);
  const heading = oneLine(title, most.title);
  if (!first || !heading) return stacked(items);
  return [textBlock(textRun(heading, { weight: 'bolder' })), { ...first, spacing: below }, ...others];
}

/** Lines that belong together, closer to each other than to anything else. */
export function stacked(items: readonly CardElement[]): CardElement[] {
  return items.map((item, index) => (index === 0 ? item : { ...item, spacing: 'small' }));
}

/**
 * One fact a row, the values below each other. A FactSet looks the same, but reads its values as markdown, which a
 * lead's words may not be.
 */
function factItems(facts: readonly { label: string; value: string }[]): CardElement[] {
  const known = facts
    .map(({ label, value }) => ({
      label: oneLine(label, most.label),
      value: oneLine(value, most.value),
    }))
    .filter(({ value }) => value !== '');
  const more = textBlock(textRun(`and ${known.length - most.facts} more`, { isSubtle: true }));
  const shown = known.slice(0, most.facts);
  const width = labelWidth(shown.map(({ label }) => label));
  const rows = shown.map(({ label, value }) => factRow(label, value, width));
  return stacked([...rows, ...(known.length > most.facts ? [more] : [])]);
}

function factRow(label: string, value: string, width: string): CardElement {
  const said = textBlock(textRun(value));
  if (!label) return said;
  const name = textBlock(textRun(label, { weight: 'bolder' }));
  return {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width, items: [name] },
      { type: 'Column', width: 'stretch', items: [said] },
    ],
  };
}

/** As narrow as the labels allow: on a phone, an email address needs all the rest. */
function labelWidth(labels: readonly string[]): string {
  const lengths = labels.flatMap((label) =>
    label.length <= unbrokenMaxLength ? label.length : label.split(' ').map((word) => word.length),
  );
  return `${Math.min(Math.max(0, ...lengths), labelColumnMaxLength) * letterPixels + letterPixels}px`;
}

function chart({ title, unit, labels, series, table: instead }: Chart): BarChart {
  return {
    type: 'Chart.VerticalBar.Grouped',
    title: oneLine(title, most.title),
    yAxisTitle: oneLine(unit, most.label),
    stacked: true,
    data: series.map(({ name, values }) => ({
      legend: oneLine(name, most.label),
      values: labels.map((label, index) => ({ x: oneLine(label, most.label), y: values[index] ?? 0 })),
    })),
    fallback: table(instead),
  };
}

/** What is a number needs a fifth of the width, on a phone as well. */
function table({ columns, rows }: Omit<Extract<Section, { kind: 'table' }>, 'kind'>): Table {
  const row = (texts: readonly string[], style: TextStyle = {}) => ({
    type: 'TableRow' as const,
    cells: texts.map((text) => ({
      type: 'TableCell' as const,
      items: [textBlock(textRun(oneLine(text, most.cell) || '–', style))],
    })),
  });
  return {
    type: 'Table',
    columns: columns.map(({ isNumber }) =>
      isNumber ? { width: 1, horizontalCellContentAlignment: 'right' } : { width: 2 },
    ),
    rows: [
      row(
        columns.map(({ title }) => title),
        { weight: 'bolder' },
      ),
      ...rows.slice(0, most.rows).map((cells) => row(cells)),
    ],
    firstRowAsHeader: true,
    showGridLines: false,
  };
}
