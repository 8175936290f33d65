import type { Row, RowsSection } from '../../domain/card/reply-action.ts';
import { line, oneLine } from '../../domain/words/line.ts';
import { most } from '../section-limits.ts';
import type { CardElement } from './adaptive-card.ts';
import type { Zone } from './local-time.ts';
import { type Origin, replyButtons } from './reply-buttons.ts';
import { richLine, textBlock, textRun } from './text.ts';
import { toneStyles } from './tone.ts';

const rowLimits = { characters: 300, spans: 20 };

/** A list. @param origin null where nobody can press anything */
export function rowItems(
  { title = '', rows }: RowsSection,
  zone: Zone,
  origin: Origin | null,
): CardElement[] {
  if (rows.length === 0) return [];
  const heading = oneLine(title, most.title);
  const shown = rows.slice(0, most.rows);
  const left = rows.length - shown.length;
  return [
    ...(heading ? [textBlock(textRun(heading, { weight: 'bolder' }))] : []),
    ...shown.map((row) => rowItem(row, zone, origin)),
    ...(left > 0
      ? [textBlock(...richLine(line`and ${left} more`, rowLimits, zone, { isSubtle: true }))]
      : []),
  ];
}

/** One button stands beside the row; several stand below it, as a phone has no room for them. */
function rowItem({ tone, text, detail = [], actions }: Row, zone: Zone, origin: Origin | null): CardElement {
  const dot = tone ? [textRun(`${toneStyles[tone].sign} `, toneStyles[tone].dot)] : [];
  const said = richLine(detail, rowLimits, zone);
  const words: CardElement[] = [
    textBlock(...dot, ...richLine(text, rowLimits, zone, { weight: 'bolder' })),
    ...(said.length > 0 ? [{ ...textBlock(...said), spacing: 'none' as const }] : []),
  ];
  const buttons = origin ? replyButtons(actions, origin) : [];
  const set = { type: 'ActionSet', actions: buttons } as const;
  if (buttons.length !== 1) {
    const below: CardElement[] = buttons.length > 0 ? [{ ...set, spacing: 'small' }] : [];
    return { type: 'Container', items: [...words, ...below] };
  }
  return {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width: 'stretch', items: words },
      { type: 'Column', width: 'auto', items: [set] },
    ],
  };
}
