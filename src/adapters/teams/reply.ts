import { line, oneLine } from '../../domain/words/line.ts';
import type { Reply } from '../../flow/ports/chat.ts';
import type { ActionSet, AdaptiveCard, Container } from './adaptive-card.ts';
import { byteLength, cardMaxBytes } from './budget.ts';
import { actionsMax } from './button.ts';
import { separated, teamsLine } from './card.ts';
import { frame, titleBlock } from './frame.ts';
import type { Zone } from './local-time.ts';
import { noticeGroup } from './notice.ts';
import { type Origin, replyButtons } from './reply-buttons.ts';
import { plainWords } from './text.ts';

const titleMaxLength = 150;
const spokenMaxLength = 400;

/** An answer to words that somebody typed. @param origin null where nobody can press anything */
export function teamsReply(reply: Reply, zone: Zone, origin: Origin | null): AdaptiveCard {
  const { notice = [], sections, actions = [] } = reply;
  if (reply.title === '' && sections.length === 0) return teamsLine(notice, null, zone);
  const title = oneLine(reply.title, titleMaxLength) || 'Handoffs';
  const buttons = actionSets(actions, origin);
  const build = (groups: Container[]) =>
    frame(
      [...noticeGroup(notice, zone), titleBlock(title), ...groups, ...buttons],
      plainWords(notice.length > 0 ? line`${notice} ${title}` : line`${title}`, spokenMaxLength, zone),
    );
  return build(separated(sections, cardMaxBytes - byteLength(build([])), zone, origin));
}

/** Buttons below everything, as many to a set as Teams shows. */
export function actionSets(actions: NonNullable<Reply['actions']>, origin: Origin | null): ActionSet[] {
  const drawn = origin ? replyButtons(actions, origin) : [];
  return Array.from({ length: Math.ceil(drawn.length / actionsMax) }, (_, index) => ({
    type: 'ActionSet',
    actions: drawn.slice(index * actionsMax, (index + 1) * actionsMax),
  }));
}
