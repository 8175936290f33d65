import {
  type Card,
  type CardAction,
  isPrimary,
  type Paragraph,
  type Section,
} from '../../domain/card/card.ts';
import { noteMaxLength } from '../../domain/card/form.ts';
import { clean, cut, isWebLink, type Line, line, oneLine } from '../../domain/words/line.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { CardMark } from '../../flow/ports/chat.ts';
import { most } from '../section-limits.ts';
import type {
  Action,
  ActionData,
  AdaptiveCard,
  CardElement,
  Container,
  TextElement,
} from './adaptive-card.ts';
import { byteLength, cardMaxBytes, fitting } from './budget.ts';
import { actionsMax, button, buttonTitle, execute, urlMaxLength, verbs } from './button.ts';
import { frame, titleBlock } from './frame.ts';
import { historyGroup } from './history.ts';
import type { Zone } from './local-time.ts';
import { noticeGroup } from './notice.ts';
import type { Origin } from './reply-buttons.ts';
import { sectionGroup, stacked } from './section.ts';
import { paragraphs, plainWords, richLine, textBlock, textRun } from './text.ts';
import { toneStyles } from './tone.ts';

const titleMaxLength = 150;
const notificationMaxLength = 400;
/** One line on a phone is some 40 characters; a status that needs more than five is none. */
const statusLimits = { characters: 200, spans: 16 };
const lineLimits = { characters: 2000, spans: 50 };
const bodyLimits = { characters: 300, spans: 24 };
const footLimits = { characters: 200, spans: 12 };
const labelMaxLength = 150;

/** Bytes for what happened: some fifteen lines. */
const historyMaxBytes = 5000;

/** Of a row and its menu together. */
const rowMax = 12;

const moreId = 'more';

/**
 * A card for Teams: what is expected, who, what has to be known, the buttons while the thumb is still there, and everything
 * else folded. `notice` says on top why nothing happened.
 */
export function teamsCard(
  card: Card,
  mark: CardMark,
  { notice = [], zone = null }: { notice?: Line; zone?: Zone } = {},
): AdaptiveCard {
  const title = oneLine(card.title, titleMaxLength) || 'Lead';
  const { handoffId: handoff, revision, attempt } = mark;
  const data: ActionData = { handoff, revision, ...(attempt && { attempt }) };
  const build = (folded: readonly CardElement[]): AdaptiveCard => ({
    ...frame(
      [
        ...noticeGroup(notice, zone),
        statusBlock(card, zone),
        { ...titleBlock(title), spacing: 'small' },
        ...bodyBlocks(card.body, zone),
        ...buttons(card, data),
        ...moreGroup(card.more?.label ?? wordsIn(card.language).text('card.whatHappened'), folded),
        ...footBlock(card.foot, zone),
      ],
      cardSummary(card, zone),
    ),
    refresh: { action: execute('Refresh', verbs.refresh, data) },
  });

  const spare = cardMaxBytes - byteLength(build([textBlock()]));
  const history = historyGroup(card, Math.min(historyMaxBytes, spare), zone);
  const sections = separated(card.more?.sections ?? [], spare - byteLength(history), zone);
  return build([...sections, ...history]);
}

/** What is not needed at once, below a line that shows it. */
function moreGroup(label: string, folded: readonly CardElement[]): CardElement[] {
  if (folded.length === 0) return [];
  const title = buttonTitle(oneLine(label, labelMaxLength));
  return [
    {
      type: 'ActionSet',
      spacing: 'small',
      actions: [{ type: 'Action.ToggleVisibility', title, targetElements: [moreId] }],
    },
    { type: 'Container', id: moreId, isVisible: false, style: 'emphasis', items: folded },
  ];
}

function bodyBlocks(body: Card['body'], zone: Zone): CardElement[] {
  return body.flatMap((paragraph): CardElement[] => {
    switch (paragraph.kind) {
      case 'line': {
        const said = richLine(paragraph.text, bodyLimits, zone);
        return said.length > 0 ? [{ ...textBlock(...said), spacing: 'small' }] : [];
      }
      case 'quote': {
        const said = richLine(paragraph.text, bodyLimits, zone);
        return said.length > 0 ? [{ type: 'Container', style: 'emphasis', items: [textBlock(...said)] }] : [];
      }
      case 'links':
        return linksBlock(paragraph);
      default:
        return paragraph satisfies never;
    }
  });
}

/**
 * Teams follows a telephone number and an address for mail only as links of markdown, in which nothing may stand that
 * somebody wrote: what does not look like either is shown as it is.
 */
function linksBlock({ links, after }: Extract<Paragraph, { kind: 'links' }>): CardElement[] {
  const known = links
    .map(({ text, url }) => ({ text: oneLine(text, most.value), url }))
    .filter(({ text }) => text);
  const note = oneLine(after ?? '', most.value);
  if (known.length === 0) return [];
  const isPlain =
    known.every(({ text, url }) => plainText.test(text) && plainAddress.test(url)) &&
    plainText.test(note || '-');
  const words = (shown: readonly string[]) => [...shown, note].filter(Boolean).join(' · ');
  if (!isPlain) return [{ ...textBlock(textRun(words(known.map(({ text }) => text)))), spacing: 'small' }];
  // An underscore is the only sign among them that has a meaning.
  const text = words(known.map(({ text: shown, url }) => `[${shown.replaceAll('_', '\\_')}](${url})`));
  return [{ type: 'TextBlock', text, wrap: true, spacing: 'small' }];
}

/** Words and addresses in which nothing is markdown. */
const plainText = /^[\p{L}\p{N}_+@.: -]+$/u;
const plainAddress = /^(?:tel|mailto|https):[\w+@.%/?=&:-]+$/;

function footBlock(foot: Line | null, zone: Zone): TextElement[] {
  const said = richLine(foot ?? [], footLimits, zone, { size: 'small', isSubtle: true });
  return said.length > 0 ? [{ ...textBlock(...said), spacing: 'small' }] : [];
}

/**
 * A card where nobody in particular reads it. Teams would have each of them ask for their own card, and nobody is asked
 * who they are when they press: it never renews itself, and its only buttons are links.
 */
export function teamsChannelCard(card: Card, mark: CardMark): AdaptiveCard {
  const isLink = ({ kind }: CardAction) => kind === 'link';
  const links = { actions: card.actions.filter(isLink), menu: card.menu.filter(isLink) };
  const { refresh: _, ...still } = teamsCard({ ...card, ...links }, mark);
  return still;
}

/** A line by itself, and what can be pressed about it; `about` is the title of the lead's card, when it is about one. */
export function teamsLine(
  text: Line,
  about: string | null,
  zone: Zone = null,
  actions: readonly Action[] = [],
): AdaptiveCard {
  const title = oneLine(about ?? '', titleMaxLength);
  const heading = title ? [textBlock(textRun(title, { weight: 'bolder' }))] : [];
  const said = paragraphs(text, lineLimits, zone);
  const words = said.length > 0 ? said : [textBlock(textRun('…'))];
  const set: CardElement[] = actions.length > 0 ? [{ type: 'ActionSet', actions }] : [];
  return frame([...stacked([...heading, ...words]), ...set], teamsSummary(about, text, zone));
}

/** What the notification of a card says: nobody's clock is another one's. */
export function cardSummary({ notification, timelessNotification }: Card, zone: Zone): string {
  return teamsSummary(null, zone === null ? (timelessNotification ?? notification) : notification, zone);
}

/** What a notification says, as plain text; `about` is the title of the card that a line is about. */
export function teamsSummary(about: string | null, text: Line, zone: Zone = null): string {
  const words = [oneLine(about ?? '', titleMaxLength), plainWords(text, notificationMaxLength, zone)];
  return words.filter(Boolean).join('. ') || '…';
}

function statusBlock({ status, tone }: Card, zone: Zone): TextElement {
  const { sign, dot, words } = toneStyles[tone];
  return textBlock(textRun(`${sign} `, dot), ...richLine(status, statusLimits, zone, words));
}

/** Why nothing came of a form, in its place. @param typed what was typed into it and is given back */
export function teamsRefusal(text: Line, about: string, typed: string, zone: Zone): AdaptiveCard {
  const kept = clean(typed).trim();
  const notice = noticeGroup(kept ? line`${text} You wrote:` : text, zone);
  // In one block, as there may be more lines than a card holds blocks.
  const quoted = kept ? [textBlock(textRun(cut(kept, noteMaxLength)))] : [];
  return frame([...notice, ...quoted], teamsSummary(about, text, zone));
}

/** Those of every day in a row, the others behind its menu. */
function buttons({ actions, menu }: Card, data: ActionData): CardElement[] {
  const primary = actions.find(isPrimary);
  const shown = actions.slice(0, actionsMax);
  const drawn = [
    ...shown.flatMap((action) => drawnAction(action, data, action === primary ? { style: 'positive' } : {})),
    ...menu
      .slice(0, rowMax - shown.length)
      .flatMap((action) => drawnAction(action, data, { mode: 'secondary' })),
  ];
  return drawn.length > 0 ? [{ type: 'ActionSet', actions: drawn }] : [];
}

function drawnAction(
  action: CardAction,
  data: ActionData,
  look: { style?: 'positive'; mode?: 'secondary' },
): Action[] {
  switch (action.kind) {
    case 'command':
    case 'form': {
      const verb = action.kind === 'form' ? verbs.open(action.form.name) : verbs.command(action.command);
      return [button(action.label, verb, data, { ...look, associatedInputs: 'none' })];
    }
    case 'give': {
      const about = { ...data, person: action.to };
      return [button(action.label, verbs.giveTo, about, { ...look, associatedInputs: 'none' })];
    }
    case 'say': {
      // What it says comes as a message of its own, as from a bulletin.
      const said = { say: action.words, bulletin: data.handoff };
      return [button(action.label, verbs.say, said, { ...look, associatedInputs: 'none' })];
    }
    case 'link':
      return isWebLink(action.url) && action.url.length <= urlMaxLength
        ? [{ type: 'Action.OpenUrl', title: buttonTitle(action.label), url: action.url, ...look }]
        : [];
    default:
      return action satisfies never;
  }
}

/** As many sections, from the first on, as fit; each after the first under a line. */
export function separated(
  sections: readonly Section[],
  room: number,
  zone: Zone,
  origin: Origin | null = null,
): Container[] {
  const groups = sections.flatMap((section) => sectionGroup(section, zone, origin) ?? []);
  return fitting(
    groups.map((group, index) => (index === 0 ? group : underLine(group))),
    room,
  );
}

export function underLine(group: Container): Container {
  return { ...group, separator: true, spacing: 'medium' };
}
