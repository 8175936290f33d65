import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import type { Row, RowsSection } from '../../domain/card/reply-action.ts';
import { bold, line, spanText } from '../../domain/words/line.ts';
import type { Mentions } from '../../flow/ports/chat.ts';
import { most } from '../section-limits.ts';
import { type Origin, replyButtons } from './reply-buttons.ts';
import { plainText, richLine, richText } from './text.ts';
import { toneEmoji } from './tone.ts';

const titleMaxLength = 150;
const rowLimits = { characters: 300, spans: 20 };

/** A list, as groups of blocks of which each makes sense without those that follow. */
export function rowGroups(
  { title = '', rows }: RowsSection,
  people: Mentions,
  origin: Origin,
): KnownBlock[][] {
  if (rows.length === 0) return [];
  const heading = title ? [paragraph(richLine([bold(title)], people, rowLimits))] : [];
  const groups = rows.slice(0, most.rows).map((row) => rowBlocks(row, people, origin));
  const [first = [], ...rest] = groups;
  const left = rows.length - groups.length;
  const more = left > 0 ? [[paragraph(richLine(line`and ${left} more`, people, rowLimits))]] : [];
  return [[{ type: 'divider' }, ...heading, ...first], ...rest, ...more];
}

/**
 * One button stands beside the row where its words are plain, as on a phone that saves a line; Slack lets no mention and no
 * time stand there.
 */
function rowBlocks(
  { tone, text, detail = [], actions }: Row,
  people: Mentions,
  origin: Origin,
): KnownBlock[] {
  const words = text.map((span) => spanText(span)).join('');
  const buttons = replyButtons(actions, words, origin);
  const [button, ...others] = buttons;
  const sign: RichTextElement[] = tone ? [{ type: 'emoji', name: toneEmoji[tone] }, richText(' ')] : [];
  const said = richLine(detail, people, rowLimits);
  const isPlain = text.every(({ kind }) => kind === 'text') && (said.length > 0 || !tone);
  if (button && others.length === 0 && isPlain) {
    const below = [...sign, ...said];
    return [
      { type: 'section', text: plainText(words, titleMaxLength), accessory: button },
      ...(below.length > 0 ? [paragraph(below)] : []),
    ];
  }
  const head = richLine(text, people, rowLimits, { bold: true });
  return [
    paragraph([...sign, ...head, ...(said.length > 0 ? [richText('\n'), ...said] : [])]),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
  ];
}

function paragraph(elements: RichTextElement[]): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}
