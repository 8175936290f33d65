import type { KnownBlock, RichTextBlock } from '@slack/types';
import type { Bulletin, BulletinItem } from '../../domain/card/bulletin.ts';
import { type Line, line, plain } from '../../domain/words/line.ts';
import { type Words, wordsIn } from '../../domain/words/words.ts';
import type { Mentions } from '../../flow/ports/chat.ts';
import { most } from '../section-limits.ts';
import { actionIds } from './action-ids.ts';
import { buttonFor, header, headline, jsonLength, notificationMaxLength } from './blocks.ts';
import { type Content, fitting } from './card.ts';
import { actionsBlocks } from './reply.ts';
import type { Drawn } from './section.ts';
import { markup, plainText, richLine } from './text.ts';

/** As many as Slack takes ("Blocks"). */
const blocksMax = 50;
/** Header, text and a last line, and for each item a dividing line, its title and its text. */
const itemsMax = 15;
/** Below what Slack refuses, with room for the last line and the ids that Slack gives to blocks. */
const blocksMaxLength = 12_000;
const titleMaxLength = 150;
const itemLimits = { characters: 300, spans: 12 };

/** A bulletin as a Slack message; what does not fit in it is counted. */
export function slackBulletin(
  { language, title, text, items, sections = [], actions = [] }: Bulletin,
  people: Mentions,
  drawn?: Drawn,
): Content {
  const words = wordsIn(language);
  const shownTitle = headline(title, plain(text) || '…');
  const top: KnownBlock[] = [...(title ? [header(shownTitle)] : []), ...lineBlocks(text, people, most.text)];
  const buttons = actionsBlocks(actions, shownTitle, { on: 'bulletin' });
  const blocks = [...top, ...fitting(sections, people, [...top, ...buttons], { drawn })];
  let left = blocksMaxLength - jsonLength([...blocks, ...buttons]);
  let shown = 0;
  for (const item of items.slice(0, itemsMax)) {
    const itemBlocks = blocksOf(item, people, words);
    left -= jsonLength(itemBlocks);
    // A line that says how many more there are still has to fit.
    if (left < 0 || blocks.length + itemBlocks.length + buttons.length >= blocksMax) break;
    blocks.push(...itemBlocks);
    shown += 1;
  }
  if (shown < items.length) {
    const more = words.line('bulletins.more', { count: items.length - shown });
    blocks.push(...lineBlocks(more, people, itemLimits));
  }
  return {
    text:
      markup([...(title ? line`${shownTitle}. ` : []), ...text], people, notificationMaxLength).trim() ||
      shownTitle,
    blocks: [...blocks, ...buttons],
  };
}

function blocksOf({ title, text, handoffId }: BulletinItem, people: Mentions, words: Words): KnownBlock[] {
  const label = words.text('bulletins.showCard');
  const show = { ...buttonFor(title, label), action_id: actionIds.command('show'), value: handoffId };
  return [
    { type: 'divider' },
    { type: 'section', text: plainText(title, titleMaxLength), accessory: show },
    ...lineBlocks(text, people, itemLimits),
  ];
}

function lineBlocks(text: Line, people: Mentions, limits: typeof itemLimits): RichTextBlock[] {
  const elements = richLine(text, people, limits);
  return elements.length > 0
    ? [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]
    : [];
}
