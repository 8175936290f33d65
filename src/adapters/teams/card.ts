import type { Card, CardAction, Section } from '../../domain/card/card.ts';
import { noteMaxLength } from '../../domain/card/form.ts';
import { clean, cut, isWebLink, type Line, line, oneLine } from '../../domain/words/line.ts';
import type { CardMark } from '../../flow/ports/chat.ts';
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
const statusLimits = { characters: 200, spans: 12 };
const lineLimits = { characters: 2000, spans: 50 };

/** Bytes for what happened: some fifteen lines. */
const historyMaxBytes = 5000;

/**
 * A card for Teams: who and why, what is expected, the summary, the buttons while the thumb is still there, then
 * everything else. `notice` says on top why nothing happened.
 */
export function teamsCard(
  card: Card,
  mark: CardMark,
  { notice = [], zone = null }: { notice?: Line; zone?: Zone } = {},
): AdaptiveCard {
  const title = oneLine(card.title, titleMaxLength) || 'Lead';
  const { handoffId: handoff, revision, attempt } = mark;
  const data: ActionData = { handoff, revision, ...(attempt && { attempt }) };
  const build = (first: Container[], rest: Container[]): AdaptiveCard => ({
    ...frame(
      [
        ...noticeGroup(notice, zone),
        titleBlock(title),
        statusBlock(card, zone),
        ...first,
        ...buttons(card.actions, data),
        ...rest,
      ],
      teamsSummary(title, card.status, zone),
    ),
    refresh: { action: execute('Refresh', verbs.refresh, data) },
  });

  const spare = cardMaxBytes - byteLength(build([], []));
  const history = historyGroup(card.history, Math.min(historyMaxBytes, spare), zone);
  const sections = separated(card.sections, spare - byteLength(history), zone);
  return build(sections.slice(0, 1), [...sections.slice(1), ...history]);
}

/**
 * A card where nobody in particular reads it. Teams would have each of them ask for their own card, and nobody is asked
 * who they are when they press: it never renews itself, and its only buttons are links.
 */
export function teamsChannelCard(card: Card, mark: CardMark): AdaptiveCard {
  const links = card.actions.filter(({ kind }) => kind === 'link');
  const { refresh: _, ...still } = teamsCard({ ...card, actions: links }, mark);
  return still;
}

/** A line by itself; `about` is the title of the lead's card, when it is about one. */
export function teamsLine(text: Line, about: string | null, zone: Zone = null): AdaptiveCard {
  const title = oneLine(about ?? '', titleMaxLength);
  const heading = title ? [textBlock(textRun(title, { weight: 'bolder' }))] : [];
  const said = paragraphs(text, lineLimits, zone);
  const words = said.length > 0 ? said : [textBlock(textRun('…'))];
  return frame(stacked([...heading, ...words]), teamsSummary(about, text, zone));
}

/** What a notification says, as plain text: of a card (its title and status) or of a line about one. */
export function teamsSummary(title: string | null, text: Line, zone: Zone = null): string {
  const words = [oneLine(title ?? '', titleMaxLength), plainWords(text, notificationMaxLength, zone)];
  return words.filter(Boolean).join('. ') || '…';
}

function statusBlock({ status, tone }: Card, zone: Zone): TextElement {
  const { dot, words } = toneStyles[tone];
  const said = richLine(status, statusLimits, zone, { weight: 'bolder', ...words });
  return { ...textBlock(textRun('● ', dot), ...said), spacing: 'small' };
}

/** Why nothing came of a form, in its place. @param typed what was typed into it and is given back */
export function teamsRefusal(text: Line, about: string, typed: string, zone: Zone): AdaptiveCard {
  const kept = clean(typed).trim();
  const notice = noticeGroup(kept ? line`${text} You wrote:` : text, zone);
  // In one block, as there may be more lines than a card holds blocks.
  const quoted = kept ? [textBlock(textRun(cut(kept, noteMaxLength)))] : [];
  return frame([...notice, ...quoted], teamsSummary(about, text, zone));
}

function buttons(actions: readonly CardAction[], data: ActionData): CardElement[] {
  const primary = actions.find((action) => action.kind !== 'link' && action.primary);
  const drawn = actions.flatMap((action): Action[] => {
    const style = action === primary ? ({ style: 'positive' } as const) : {};
    switch (action.kind) {
      case 'command':
        return [
          button(action.label, verbs.command(action.command), data, { ...style, associatedInputs: 'none' }),
        ];
      case 'form':
        return [
          button(action.label, verbs.open(action.form.name), data, { ...style, associatedInputs: 'none' }),
        ];
      case 'link':
        return isWebLink(action.url) && action.url.length <= urlMaxLength
          ? [{ type: 'Action.OpenUrl', title: buttonTitle(action.label), url: action.url }]
          : [];
      default:
        return action satisfies never;
    }
  });
  const sets = Math.ceil(drawn.length / actionsMax);
  return Array.from({ length: sets }, (_, index) => ({
    type: 'ActionSet',
    actions: drawn.slice(index * actionsMax, (index + 1) * actionsMax),
  }));
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
