import type { MessageRef, Reply } from '../../flow/ports/chat.ts';
import { traceOf } from '../log.ts';
import { sorry } from '../refusals.ts';
import { type Content, slackLine } from './card.ts';
import type { SlackContext } from './context.ts';
import { sendReply } from './send-reply.ts';
import { turnAway } from './turn-away.ts';
import type { Typed } from './typed.ts';

/** Words that somebody wrote to the bot, answered below them. */
export async function answerTyped(
  { from, text }: Typed,
  write: (content: Content) => Promise<MessageRef>,
  context: SlackContext,
): Promise<void> {
  const { steps } = context;
  const { userId } = from;
  try {
    const away = await turnAway(from, context);
    const answer = away ?? (await replyTo(userId, text, context));
    const message =
      'title' in answer
        ? await sendReply(answer, text, context.charts, write)
        : await write(slackLine(answer, new Map()));
    const about = 'title' in answer ? answer.about : undefined;
    if (about) await steps.noteSaid({ platform: 'slack', ...message, leadIds: about });
  } catch (error) {
    steps.log.warn({ platform: 'slack', ...traceOf(error) }, 'an answer in Slack was lost');
  }
}

async function replyTo(userId: string, text: string, { steps }: SlackContext): Promise<Reply | typeof sorry> {
  try {
    return await steps.answerCommand({ platform: 'slack', userId, text });
  } catch (error) {
    steps.log.error({ platform: 'slack', ...traceOf(error) }, 'words in Slack could not be answered');
    return sorry;
  }
}
