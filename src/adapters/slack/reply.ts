import type { KnownBlock } from '@slack/types';
import type { ReplyAction } from '../../domain/card/reply-action.ts';
import { clean, type Line, line } from '../../domain/words/line.ts';
import type { Mentions, Reply } from '../../flow/ports/chat.ts';
import { header, headline, notificationMaxLength } from './blocks.ts';
import { type AnyBlock, type Content, fitting, slackLine } from './card.ts';
import { type Origin, replyButtons, wordsMaxLength } from './reply-buttons.ts';
import type { Drawn } from './section.ts';
import { markup } from './text.ts';

const nobody: Mentions = new Map();

/** An answer to `/handoff`. @param asked the words that bring it anew */
export function slackReply(reply: Reply, asked: string, drawn?: Drawn): Content {
  const { notice = [], sections, actions = [] } = reply;
  if (reply.title === '' && sections.length === 0) return slackLine(notice, nobody);
  const title = headline(reply.title, 'Handoffs');
  // Within a button's value a control character would take six.
  const origin: Origin = { on: 'answer', again: asked.length <= wordsMaxLength ? clean(asked) : null };
  const top = [...noticeBlocks(notice), header(title)];
  const buttons = actionsBlocks(actions, title, origin);
  const blocks = [...top, ...fitting(sections, nobody, [...top, ...buttons], { origin, drawn }), ...buttons];
  return { text: markup([...spaced(notice), ...line`${title}`], nobody, notificationMaxLength), blocks };
}

/** A line by itself, with what can be done about it. */
export function lineWithButtons(text: Line, actions: readonly ReplyAction[] = []): Content {
  const said = slackLine(text, nobody);
  return { ...said, blocks: [...said.blocks, ...actionsBlocks(actions, said.text, { on: 'bulletin' })] };
}

/** Buttons below everything; Slack's guidance: one primary button in a message, at most. */
export function actionsBlocks(
  actions: NonNullable<Reply['actions']>,
  about: string,
  origin: Origin,
): KnownBlock[] {
  const elements = replyButtons(actions, about, origin);
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function noticeBlocks(notice: Line): AnyBlock[] {
  return notice.length > 0 ? slackLine(notice, nobody).blocks : [];
}

function spaced(notice: Line): Line {
  return notice.length > 0 ? line`${notice} ` : [];
}
