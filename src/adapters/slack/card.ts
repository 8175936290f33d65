import type {
  ActionsBlock,
  Button,
  ContainerBlock,
  ContextBlock,
  KnownBlock,
  Overflow,
  PlainTextOption,
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
} from '@slack/types';
import {
  type Card,
  type CardAction,
  isPrimary,
  type Paragraph,
  type Section,
} from '../../domain/card/card.ts';
import {
  bold,
  dateTime,
  isWebLink,
  type Line,
  line,
  oneLine,
  plain,
  type Span,
} from '../../domain/words/line.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { CardMark, Mentions } from '../../flow/ports/chat.ts';
import { actionIds } from './action-ids.ts';
import { buttonFor, header, headline, jsonLength, notificationMaxLength } from './blocks.ts';
import type { ChartBlock } from './chart.ts';
import type { Origin } from './reply-buttons.ts';
import { rowGroups } from './rows.ts';
import { type Drawn, sectionBlock } from './section.ts';
import { markup, plainText, richLine, richText } from './text.ts';
import { toneEmoji } from './tone.ts';

/** What a message consists of. */
export type Content = { text: string; blocks: AnyBlock[] };

/** What Slack's SDK knows, and charts. */
export type AnyBlock = KnownBlock | ChartBlock;

/** Slack takes 50 blocks ("Blocks") in a message, and ten in a container. */
const blocksMax = 50;
const sectionsMax = 22;
const foldedMax = 10;
/** Elements of an actions block, but for the menu. */
const actionsMax = 24;
/** Options of an overflow menu ("Overflow menu element"). */
const menuMax = 5;
const optionValueMaxLength = 150;

/**
 * Slack refuses some 13,000 characters with `msg_blocks_too_long`, without documenting it; the rest is for lines and
 * ids.
 */
const blocksMaxLength = 10_000;

/** One line on a phone is some 40 characters; a status that needs more than five is none. */
const statusLimits = { characters: 200, spans: 16 };
const lineLimits = { characters: 300, spans: 24 };
/** Nine lines are a tenth of it; addresses behind links may be long. */
const bodyMaxLength = 4000;
/** Usually three buttons: the more there are, the less is said. */
const bodyAndButtonsMaxLength = 8000;
const footMaxLength = 200;
/** Lines of what happened, the latest. */
const timelineMax = 5;
const timelineLimits = { characters: 200, spans: 16 };
const labelMaxLength = 150;
const optionMaxLength = 75;

/** Whether what is not needed at once is folded, or, where Slack takes no container, stands below. */
export type Folding = 'folded' | 'open';

/**
 * A card as a Slack message: what is expected, who, what has to be known, the buttons while the thumb is still there, and
 * everything else folded. Each block has an id of the revision, as Slack asks for when a message changes.
 */
export function slackCard(
  card: Card,
  mark: CardMark,
  people: Mentions,
  folding: Folding = 'folded',
): Content {
  const title = headline(card.title, 'Lead');
  const [buttons, extra] = [actionsBlock(card, title, mark), foldedActions(card, title, mark)];
  const room = Math.min(bodyMaxLength, bodyAndButtonsMaxLength - jsonLength([...buttons, ...extra]));
  const top = [statusBlock(card, people), header(title), ...bodyBlock(card.body, people, room)];
  const foot = footBlock(card.foot);
  const seen = [...top, ...buttons];
  const more = moreBlocks(card, extra, people, [...seen, ...foot], folding);
  const blocks = [...seen, ...more, ...foot].map((block, index) => ({
    ...block,
    block_id: `${block.type}-${index}:${mark.revision}`,
  }));
  return { text: markup(card.notification, people, notificationMaxLength).trim() || title, blocks };
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
    ...richLine(card.status, people, statusLimits),
  ];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** All lines in one block: between blocks Slack leaves a gap. */
function bodyBlock(body: Card['body'], people: Mentions, maxLength: number): RichTextBlock[] {
  const elements: RichTextBlockElement[] = [];
  for (const paragraph of body) {
    const said = paragraphElements(paragraph, people);
    if (said.length === 0) continue;
    if (jsonLength([elements, said]) > maxLength) break;
    const last = elements.at(-1);
    if (paragraph.kind === 'quote') elements.push({ type: 'rich_text_quote', elements: said });
    else if (last?.type === 'rich_text_section') last.elements.push(richText('\n'), ...said);
    else elements.push({ type: 'rich_text_section', elements: said });
  }
  return elements.length > 0 ? [{ type: 'rich_text', elements }] : [];
}

function paragraphElements(paragraph: Paragraph, people: Mentions): RichTextElement[] {
  if (paragraph.kind !== 'links') return richLine(paragraph.text, people, lineLimits);
  const { links, after } = paragraph;
  return [
    ...links.map((link) => richLine([{ kind: 'link', ...link }], people, lineLimits)),
    richLine(line`${after ?? ''}`, people, lineLimits),
  ]
    .filter((said) => said.length > 0)
    .flatMap((said, index) => (index === 0 ? said : [richText(' · '), ...said]));
}

function footBlock(foot: Line | null): ContextBlock[] {
  const text = oneLine(plain(foot ?? []), footMaxLength);
  return text ? [{ type: 'context', elements: [plainText(text, footMaxLength)] }] : [];
}

function moreBlocks(
  card: Card,
  extra: readonly ActionsBlock[],
  people: Mentions,
  others: readonly AnyBlock[],
  folding: Folding,
): AnyBlock[] {
  const { more } = card;
  const history = timelineBlock(card, people, [...others, ...extra]);
  const last = [...history, ...extra];
  const sections = fitting(more?.sections ?? [], people, [...others, ...last]);
  if ((!more && history.length === 0) || folding === 'open') return [...sections, ...last];
  const texts = sections.filter(({ type }) => type !== 'divider').slice(0, foldedMax - last.length);
  const child_blocks = [...texts, ...last];
  if (child_blocks.length === 0) return [];
  const label = more?.label ?? wordsIn(card.language).text('card.whatHappened');
  const title = plainText(label, labelMaxLength);
  return [
    {
      type: 'container',
      title,
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: child_blocks as ContainerBlock['child_blocks'],
    },
  ];
}

/** The latest of what happened since the card came: the thread below it tells what somebody must act on. */
function timelineBlock(
  { history, language }: Card,
  people: Mentions,
  others: readonly AnyBlock[],
): RichTextBlock[] {
  if (history.length === 0) return [];
  const words = wordsIn(language);
  const shown = history.slice(-timelineMax);
  const left = history.length - shown.length;
  const lines = [
    [bold(words.text('card.whatHappened'))],
    ...(left > 0 ? [words.line('bulletins.earlier', { count: left })] : []),
    ...shown.map(({ at, text }) => line`${dateTime(at)} · ${text}`),
  ];
  const elements = lines.flatMap((one, index) => [
    ...(index > 0 ? [richText('\n')] : []),
    ...richLine(one, people, timelineLimits),
  ]);
  const block: RichTextBlock = {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements }],
  };
  return jsonLength([...others, block]) <= blocksMaxLength ? [block] : [];
}

function actionsBlock({ actions, menu }: Card, title: string, mark: CardMark): ActionsBlock[] {
  const buttons = actions.slice(0, actionsMax).flatMap((action) => button(action, title, mark) ?? []);
  // Slack's guidance: one primary button in a message, at most.
  const primary = buttons.findIndex(({ style }) => style === 'primary');
  const plainOthers = buttons.map((element, index): Button => {
    if (index === primary) return element;
    const { style: _, ...unstyled } = element;
    return unstyled;
  });
  const elements = [...plainOthers, ...overflow(inMenu(menu).shown, mark)];
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

/** The first of a menu and its last, which leads to the record; what has no room between them is folded. */
function inMenu(menu: Card['menu']): { shown: Card['menu']; folded: Card['menu'] } {
  if (menu.length <= menuMax) return { shown: menu, folded: [] };
  return {
    shown: [...menu.slice(0, menuMax - 1), ...menu.slice(-1)],
    folded: menu.slice(menuMax - 1, -1),
  };
}

/** Slack wants each button of a block to have an id of its own. */
function foldedActions({ menu }: Card, title: string, mark: CardMark): ActionsBlock[] {
  const elements = inMenu(menu)
    .folded.slice(0, menuMax)
    .flatMap((action, index): Button[] => {
      const drawn = button(action, title, mark);
      if (!drawn) return [];
      const isOneOfMany = action.kind === 'say' || action.kind === 'link';
      return [isOneOfMany ? { ...drawn, action_id: `${drawn.action_id}.${index}` } : drawn];
    });
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function overflow(menu: Card['menu'], { handoffId }: CardMark): Overflow[] {
  const options = menu.slice(0, menuMax).flatMap((action): PlainTextOption[] => {
    const text = plainText(action.label, optionMaxLength);
    const option = { text, value: [handoffId, actionIdOf(action), ...behind(action)].join(' ') };
    if (option.value.length > optionValueMaxLength) return [];
    if (action.kind !== 'link') return [option];
    return isWebLink(action.url) ? [{ ...option, url: action.url }] : [];
  });
  return options.length > 0 ? [{ type: 'overflow', action_id: actionIds.menu, options }] : [];
}

function actionIdOf(action: CardAction): string {
  switch (action.kind) {
    case 'command':
      return actionIds.command(action.command);
    case 'form':
      return actionIds.form(action.form.name);
    case 'give':
      return actionIds.giveTo;
    case 'say':
      return actionIds.ask;
    case 'link':
      return actionIds.link;
    default:
      return action satisfies never;
  }
}

/** What an action is about besides the handoff. */
function behind(action: CardAction): string[] {
  if (action.kind === 'give') return [action.to];
  return action.kind === 'say' ? [action.words] : [];
}

function button(action: CardAction, title: string, mark: CardMark): Button | null {
  const value = [mark.handoffId, ...behind(action)].join(' ');
  const named = { ...buttonFor(title, action.label), value, action_id: actionIdOf(action) };
  if (action.kind === 'link') return isWebLink(action.url) ? { ...named, url: action.url } : null;
  return { ...named, ...(isPrimary(action) && { style: 'primary' as const }) };
}

/** As many sections, from the first on and each under a line, as Slack takes together with the other blocks. */
export function fitting(
  sections: readonly Section[],
  people: Mentions,
  others: readonly AnyBlock[],
  { drawn, origin = { on: 'bulletin' } }: { drawn?: Drawn | undefined; origin?: Origin } = {},
): AnyBlock[] {
  let left = blocksMaxLength - jsonLength(others);
  const kept: AnyBlock[] = [];
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
): AnyBlock[][] {
  if (section.kind === 'rows') return rowGroups(section, people, origin);
  const block = sectionBlock(section, people, drawn);
  return block ? [[{ type: 'divider' }, block]] : [];
}
