import type { Bulletin, BulletinItem } from '../../domain/card/bulletin.ts';
import { oneLine } from '../../domain/words/line.ts';
import { type Words, wordsIn } from '../../domain/words/words.ts';
import type { BulletinMark } from '../../flow/ports/chat.ts';
import type { AdaptiveCard, CardElement, ColumnSet } from './adaptive-card.ts';
import { byteLength, cardMaxBytes, fitting } from './budget.ts';
import { button, verbs } from './button.ts';
import { separated, teamsSummary, underLine } from './card.ts';
import { frame, titleBlock } from './frame.ts';
import type { Zone } from './local-time.ts';
import { actionSets } from './reply.ts';
import { stacked } from './section.ts';
import { paragraphs, richLine, textBlock, textRun } from './text.ts';

const titleMaxLength = 150;
const textLimits = { characters: 2000, spans: 50 };
const itemLimits = { characters: 300, spans: 12 };

/**
 * A bulletin: a row for each handoff, as many as a card holds, with a button that brings its card.
 * @param isPressable whether it is read by one person: nobody is asked who they are when they press in a channel
 */
export function teamsBulletin(
  { language, title, text, items, sections = [], actions = [] }: Bulletin,
  mark: BulletinMark,
  zone: Zone = null,
  { isPressable = true } = {},
): AdaptiveCard {
  const words = wordsIn(language);
  const heading = oneLine(title, titleMaxLength);
  const top = [...(heading ? [titleBlock(heading)] : []), ...stacked(paragraphs(text, textLimits, zone))];
  const card = (body: readonly CardElement[]) => frame(body, teamsSummary(heading || null, text, zone));
  const origin = isPressable ? { bulletin: mark.bulletinId } : null;
  const buttons = actionSets(actions, origin);
  const room = cardMaxBytes - byteLength(card([...top, ...buttons]));
  const told = separated(sections, room, zone, origin).map(underLine);
  const build = (listed: readonly CardElement[]) => card([...top, ...told, ...listed, ...buttons]);
  const rows = items.map((item) => itemRow(item, mark, zone, words));
  const shown = fitting(rows, cardMaxBytes - byteLength(build([more(rows.length, words)])));
  return build(shown.length < rows.length ? [...shown, more(rows.length - shown.length, words)] : shown);
}

function itemRow(
  { title, text, handoffId }: BulletinItem,
  { bulletinId }: BulletinMark,
  zone: Zone,
  words: Words,
): ColumnSet {
  const name = textBlock(
    textRun(oneLine(title, titleMaxLength) || words.text('bulletins.lead'), { weight: 'bolder' }),
  );
  const said = richLine(text, itemLimits, zone);
  const lines = [name, ...(said.length > 0 ? [textBlock(...said)] : [])];
  const show = button(words.text('bulletins.showCard'), verbs.command('show'), {
    handoff: handoffId,
    bulletin: bulletinId,
  });
  return {
    type: 'ColumnSet',
    separator: true,
    spacing: 'medium',
    columns: [
      { type: 'Column', width: 'stretch', items: stacked(lines) },
      { type: 'Column', width: 'auto', items: [{ type: 'ActionSet', actions: [show] }] },
    ],
  };
}

function more(count: number, words: Words): CardElement {
  const said = words.text('bulletins.more', { count });
  return { ...textBlock(textRun(said, { isSubtle: true })), separator: true };
}
