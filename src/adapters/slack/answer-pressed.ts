import type { RespondFn } from '@slack/bolt';
import type { Line } from '../../domain/words/line.ts';
import type { Reply } from '../../flow/ports/chat.ts';
import { inTime } from '../in-time.ts';
import { traceOf } from '../log.ts';
import { sorry } from '../refusals.ts';
import { slackLine } from './card.ts';
import type { SlackContext } from './context.ts';
import type { PressedReply } from './parse-action.ts';
import { turnAway } from './turn-away.ts';
import { answerLater, whisper } from './whisper.ts';

/** A button of an answer, whose place the new answer takes; or of a bulletin, below which it comes. */
export async function answerPressed(
  pressed: PressedReply,
  slack: { ack: () => Promise<void>; respond: RespondFn },
  context: SlackContext,
): Promise<void> {
  const coming = replyTo(pressed, context);
  await inTime(coming, context.ackWithinMs);
  await slack.ack();
  const said = await coming;
  if ('instead' in said) return whisper(slack.respond, slackLine(said.instead, new Map()), context);
  const { press, stays, message } = pressed;
  const answer = { reply: said.reply, asked: 'say' in press ? press.say : (press.again ?? '') };
  if (stays) return answerLater(slack.respond, answer, 'whispered', context);
  await answerLater(slack.respond, answer, 'instead', context);
  const { about } = said.reply;
  if (message && about) await context.steps.noteSaid({ platform: 'slack', ...message, leadIds: about });
}

/** What a step has to say, or why what is there stays as it is. */
export async function replyTo(
  { from, press }: PressedReply,
  context: SlackContext,
): Promise<{ reply: Reply } | { instead: Line }> {
  const { steps } = context;
  try {
    const away = await turnAway(from, context);
    return away ? { instead: away } : { reply: await steps.answerPress(press) };
  } catch (error) {
    steps.log.error({ platform: 'slack', ...traceOf(error) }, 'a button in Slack failed');
    return { instead: sorry };
  }
}
