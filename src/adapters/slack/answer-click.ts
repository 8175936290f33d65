import type { ModalView } from '@slack/types';
import type { ReplyAction } from '../../domain/card/reply-action.ts';
import { type Line, line } from '../../domain/words/line.ts';
import type { Answer } from '../../flow/ports/chat.ts';
import { inTime } from '../in-time.ts';
import { refusal } from '../refusals.ts';
import { askingBack, type Open } from './ask-back.ts';
import { answerUnsupported, attempt } from './attempt.ts';
import type { SlackContext } from './context.ts';
import { preparedModal } from './modals.ts';
import { noteSeen } from './note-seen.ts';
import type { Changed, Pressed, PressedReply } from './parse-action.ts';
import { slackCode } from './translate-error.ts';

type OpenForm = Extract<Pressed, { kind: 'openForm' }>;

/** Told when Slack would not open a modal any more. */
export const tooLate = line`That took too long for Slack to open the form. Try again.`;

/** Slack lets a form open within three seconds of the click ("views.open"). */
const spentTrigger = new Set<string | null>(['expired_trigger_id', 'invalid_trigger_id']);

/** It lets it open once: of a click that it delivers twice, one has opened it. */
const openAlready = 'exchanged_trigger_id';

/** Says something to whoever pressed, and offers what they can do instead. */
export type Tell = (text: Line, offers?: readonly ReplyAction[]) => Promise<void>;

/** A pressed button. */
export async function answerClick(
  pressed: Exclude<Pressed, Changed | PressedReply>,
  slack: { ack: () => Promise<void>; tell: Tell; open: Open },
  context: SlackContext,
): Promise<void> {
  const answer = carryOut(pressed, slack.open, context);
  await inTime(answer, context.ackWithinMs);
  await slack.ack();
  const told = await answer;
  // What was done shows on the card.
  if (!told.done) await slack.tell(told.text, told.offers);
}

async function carryOut(
  pressed: Exclude<Pressed, Changed | PressedReply>,
  open: Open,
  context: SlackContext,
): Promise<Answer> {
  switch (pressed.kind) {
    case 'command': {
      const { from, click, act, triggerId } = pressed;
      const { handoffId } = click;
      const askBack = askingBack(triggerId, click, open);
      return attempt({ from, handoffId }, () => context.steps.respond(click, act, askBack), context);
    }
    case 'openForm': {
      const { from, click } = pressed;
      const { handoffId } = click;
      return attempt({ from, handoffId }, () => openForm(pressed, open, context), context);
    }
    case 'link':
      await noteSeen(pressed.from, pressed.handoffId, context);
      return { done: true, text: [] };
    case 'elsewhere':
      return { done: true, text: [] };
    case 'unsupported':
      return answerUnsupported(pressed, context);
    default:
      return pressed satisfies never;
  }
}

async function openForm(
  { click, form: name, triggerId }: OpenForm,
  open: Open,
  { steps }: SlackContext,
): Promise<Answer> {
  const prepared = await steps.prepareForm(click, name);
  if ('refused' in prepared) return refusal(prepared.refused);
  const isThere = await openInTime(triggerId, preparedModal(prepared, click), open);
  return isThere ? { done: true, text: [] } : refusal(tooLate);
}

/** @returns whether it is there: not when it took too long */
export async function openInTime(triggerId: string, view: ModalView, open: Open): Promise<boolean> {
  try {
    await open(triggerId, view);
  } catch (error) {
    const code = slackCode(error);
    if (spentTrigger.has(code)) return false;
    if (code !== openAlready) throw error;
  }
  return true;
}
