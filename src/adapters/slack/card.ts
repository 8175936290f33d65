import type { ActionsBlock, Button, KnownBlock, RichTextBlock } from '@slack/types';
import type { Card, CardAction, Section } from '../../domain/card/card.ts';
import { bold, isWebLink, type Line, line, type Span } from '../../domain/words/line.ts';
import type { CardMark, Mentions } from '../../flow/ports/chat.ts';
import { actionIds } from './action-ids.ts';
import { buttonFor, header, headline, jsonLength, notificationMaxLength } from './blocks.ts';
import type { Origin } from './reply-buttons.ts';
import { rowGroups } from './rows.ts';
import { type Drawn, sectionBlock } from './section.ts';
import { markup, richLine, richText } from './text.ts';
import { toneEmoji } from './tone.ts';

/** What a message consists of. */
export type Content = { text: string; blocks: KnownBlock[] };

/** As many as Slack takes ("Blocks"). */
const blocksMax = 50;
/** Header, status and actions, and each section with the line above it. */
const sectionsMax = 23;
const actionsMax = 25;

/**
 * Slack refuses some 13,000 characters with `msg_blocks_too_long`, without documenting it; the rest is for lines and
 * ids.
 */
const blocksMaxLength = 10_000;

/** One line on a phone is some 40 characters; a status that needs more than five is none. */
const statusLimits = { characters: 200, spans: 12 };

/**
 * A card as a Slack message: who and why, what is expected, the summary, the buttons while the thumb is still there,
 * then everything else. Each block has an id of the revision, as Slack asks for when a message changes.
 */
export function slackCard(card: Card, mark: CardMark, people: Mentions): Content {
  const title = headline(card.title, 'Lead');
  const before = [header(title), statusBlock(card, people)];
  const buttons = actionsBlocks(card.actions, title, mark);
  const sections = fitting(card.sections, people, [...before, ...buttons]);
  // Each section is a dividing line and a block.
  const [first, rest] = [sections.slice(0, 2), sections.slice(2)];
  const blocks = [...before, ...first, ...buttons, ...rest].map((block, index) => ({
    ...block,
    block_id: `${block.type}-${index}:${mark.revision}`,
  }));
  const text = markup([...line`${title}. `, ...card.status], people, notificationMaxLength);
  return { text, blocks };
}

/** A line by itself: in a card's thread, or for one person's eyes. */
export function slackLine(spans: Line, people: Mentions): Content {
  const elements = richLine(spans, people, { characters: 2000, spans: 50 });
  return {
    text: markup(spans, people, notificationMaxLength) || '…',
    blocks: [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: elements.length > 0 ? elements : [richText('…')] }],
      },
    ],
  };
}

/**
 * A line as a message of its own: it says which card it is about, and leads there.
 * @param title the card's
 * @param link to the card; null when nobody knows it
 */
export function slackLoudLine(
  spans: Line,
  { title, link }: { title: string; link: string | null },
  people: Mentions,
): Content {
  const shownTitle = headline(title, 'Lead');
  const toCard: Span = link ? { kind: 'link', text: shownTitle, url: link } : bold(shownTitle);
  return {
    text: markup([...line`${shownTitle}. `, ...spans], people, notificationMaxLength),
    blocks: [spans, [toCard]].flatMap((paragraph) => slackLine(paragraph, people).blocks),
  };
}

function statusBlock(card: Card, people: Mentions): RichTextBlock {
  const elements = [
    { type: 'emoji', name: toneEmoji[card.tone] } as const,
    richText(' '),
    ...richLine(card.status, people, statusLimits, { bold: true }),
  ];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function actionsBlocks(actions: readonly CardAction[], title: string, mark: CardMark): ActionsBlock[] {
  const buttons = actions.slice(0, actionsMax).flatMap((action) => button(action, title, mark) ?? []);
  // Slack's guidance: one primary button in a message, at most.
  const primary = buttons.findIndex(({ style }) => style === 'primary');
  const elements = buttons.map((element, index): Button => {
    if (index === primary) return element;
    const { style: _, ...plain } = element;
    return plain;
  });
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function button(action: CardAction, title: string, mark: CardMark): Button | null {
  const named = { ...buttonFor(title, action.label), value: mark.handoffId };
  switch (action.kind) {
    case 'command':
    case 'form': {
      const id =
        action.kind === 'form' ? actionIds.form(action.form.name) : actionIds.command(action.command);
      return { ...named, action_id: id, ...(action.primary && { style: 'primary' as const }) };
    }
    case 'link':
      return isWebLink(action.url) ? { ...named, action_id: actionIds.link, url: action.url } : null;
    default:
      return action satisfies never;
  }
}

/** As many sections, from the first on and each under a line, as Slack takes together with the other blocks. */
export function fitting(
  sections: readonly Section[],
  people: Mentions,
  others: readonly KnownBlock[],
  { drawn, origin = { on: 'bulletin' } }: { drawn?: Drawn | undefined; origin?: Origin } = {},
): KnownBlock[] {
  let left = blocksMaxLength - jsonLength(others);
  const kept: KnownBlock[] = [];
  for (const group of sections.slice(0, sectionsMax).flatMap((one) => groupsOf(one, people, drawn, origin))) {
    left -= jsonLength(group);
    if (left < 0 || others.length + kept.length + group.length > blocksMax) break;
    kept.push(...group);
  }
  return kept;
}

/** A section as groups of blocks that belong together. */
export function groupsOf(
  section: Section,
  people: Mentions,
  drawn: Drawn | undefined,
  origin: Origin,
): KnownBlock[][] {
  if (section.kind === 'rows') return rowGroups(section, people, origin);
  const block = sectionBlock(section, people, drawn);
  return block ? [[{ type: 'divider' }, block]] : [];
}
