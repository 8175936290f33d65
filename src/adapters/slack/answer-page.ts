import type { ModalView } from '@slack/types';
import type { Line } from '../../domain/words/line.ts';
import { inTime } from '../in-time.ts';
import { traceOf } from '../log.ts';
import { answerClick, openInTime, tooLate } from './answer-click.ts';
import { replyTo } from './answer-pressed.ts';
import { askingBack, type Open } from './ask-back.ts';
import { attempt } from './attempt.ts';
import type { SlackContext } from './context.ts';
import { slackNote } from './modals.ts';
import type { PressedReply } from './parse-action.ts';
import type { PressedOnPage } from './parse-page.ts';
import { replyModal } from './reply-modal.ts';

type Slack = {
  ack: () => Promise<void>;
  open: Open;
  /** Puts a modal on top of the one that was pressed. */
  push: Open;
  update: (viewId: string, view: ModalView) => Promise<unknown>;
};

/**
 * A button of somebody's home, or of an answer in a modal. An answer to the home opens in a modal, and one to a modal takes
 * its place; what became of a lead shows on the home by itself, as for every change.
 */
export async function answerPage(on: PressedOnPage, slack: Slack, context: SlackContext): Promise<void> {
  const { page, pressed } = on;
  const tell = (text: Line) => tellOn(on, text, slack, context);
  if (pressed.kind !== 'reply') {
    const open = page.on === 'home' ? slack.open : slack.push;
    return answerClick(pressed, { ack: slack.ack, tell, open }, context);
  }
  const work = answerReply(on, pressed, { ...slack, tell }, context).catch((error: unknown) =>
    context.steps.log.error({ platform: 'slack', ...traceOf(error) }, 'an answer in a modal was lost'),
  );
  await inTime(work, context.ackWithinMs);
  await slack.ack();
  await work;
}

async function answerReply(
  { page, triggerId }: PressedOnPage,
  pressed: PressedReply,
  { open, update, tell }: Slack & { tell: (text: Line) => Promise<void> },
  context: SlackContext,
): Promise<void> {
  const { from, press } = pressed;
  if (page.on === 'home' && 'command' in press) {
    const { command, again: _, ...click } = press;
    const step = () => context.steps.respond(click, { type: command }, askingBack(triggerId, click, open));
    const answer = await attempt({ from, handoffId: click.handoffId }, step, context);
    if (!answer.done) await tell(answer.text);
    return;
  }
  const said = await replyTo(pressed, context);
  if ('instead' in said) return tell(said.instead);
  const modal = replyModal(said.reply, 'say' in press ? press.say : (press.again ?? ''));
  if (page.on === 'answer') await update(page.viewId, modal);
  else if (triggerId === null || !(await openInTime(triggerId, modal, open))) await tell(tooLate);
}

/** Why nothing came of it: on top of the home, or in the place of the answer. */
async function tellOn(
  { page, userId }: PressedOnPage,
  text: Line,
  { update }: Slack,
  { steps }: SlackContext,
): Promise<void> {
  if (page.on === 'answer') await update(page.viewId, slackNote(text));
  else await steps.openHome({ platform: 'slack', userId, notice: text });
}
